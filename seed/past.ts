import type { ServiceBroker } from "moleculer";
import { toSellable, type StoredProduct } from "../services/catalog/product";
import { idOf } from "../services/id";
import type { Charge } from "../services/payment/provider";
import type { OrderDocument } from "../services/order/order-document";
import type { Entry } from "../services/sales/entries";
import type { Broker } from "../services/typed";
import { bulkProduct } from "./bulk";
import { chargeOf, type Ending, GIVEN_BACK, pastOrder } from "./past/orders";
import { PastSales } from "./past/sales";
import { dice, moments } from "./past/shape";
import { PastStock } from "./past/shelf";
import { put } from "./past/store";
import { BUYERS } from "./store";

export interface PastShop {
	seller: { id: string; shopName: string };
	buyers: string[];
	products: number;
	orders: number;
}
type Say = (message: string) => void;

const DAY = 86_400_000;
const TTL = 600_000;
const YEAR = 365 * DAY;
const AT_ONCE = 2000;
const SIDE = 1200;
/** Milliseconds for a step here: the machine has just been filled to the brim, and nobody waits. */
const PATIENCE = 60_000;
/** Of a hundred orders, so many are given back, and so many never paid. */
const REFUNDED = 3;
const EXPIRED = 8;
/** Products in a hundred that came this month, and haven't sold yet. */
const NEW = 3;

export const pastId = (sellerId: string, n: number) => idOf("p", "past", sellerId, n);

function productOf(n: number, { seller, products }: PastShop, now: number): StoredProduct {
	const { images, variants, ...bulk } = bulkProduct(n);
	const isNew = n >= products * (1 - NEW / 100);
	const created = isNew ? now - ((n * 7) % 25) * DAY : now - YEAR - DAY - n * 60_000;
	const at = new Date(created).toISOString();
	const id = pastId(seller.id, n);
	const own = variants.map(({ sku, options, price }) => ({ sku: `p${sku}`, options, price }));
	return {
		...bulk,
		id,
		slug: `past-${id.slice(1, 9)}-${n}`,
		images: images.map(({ file, alt }) => ({
			id: idOf("i", id, file).slice(0, 24),
			url: `/media/seed/${file}`,
			alt,
			width: SIDE,
			height: SIDE
		})),
		variants: own,
		skus: own.map(({ sku }) => sku),
		sellerId: seller.id,
		shopName: seller.shopName,
		status: "published",
		ratingSum: 0,
		ratingCount: 0,
		ratingVersion: 0,
		createdAt: at,
		updatedAt: at,
		version: 1,
		revision: 1,
		touchedAt: now
	};
}

/**
 * A seller with a year behind them, straight into the store of this node: as if everything had been made and bought
 * in the shop, so that its invariants hold and its sales are counted. False when that seller is there already.
 */
export async function seedPast(
	node: ServiceBroker,
	shop: PastShop,
	say: Say,
	now = Date.now()
): Promise<boolean> {
	const { seller, buyers } = shop;
	const first = pastId(seller.id, 0);
	const known = await (node as unknown as Broker).call("order.facts", { limit: 1, after: "" });
	const there = await (node as unknown as Broker)
		.call("catalog.filed", { ids: [first] })
		.then(([category]) => category != null);
	if (there && known.length) return false;

	const random = dice(2026);
	const products = Array.from({ length: shop.products }, (_, n) => productOf(n, shop, now));
	const sellables = products.flatMap(product =>
		product.variants.map(variant => toSellable(product, variant))
	);
	const old = sellables.slice(0, Math.floor(sellables.length * (1 - NEW / 100)) || 1);
	// few things sell much, most sell little; which ones is everybody's own
	const order = old.map((_, i) => i).sort((a, b) => ((a * 7919) % 10_007) - ((b * 7919) % 10_007));
	const some = () => old[order[Math.floor(order.length * random() ** 2.2)]!]!;
	const endings = (): Ending => {
		const lot = random() * 100;
		return lot < REFUNDED ? "REFUNDED" : lot < REFUNDED + EXPIRED ? "EXPIRED" : "COMPLETED";
	};

	const wishes = moments(shop.orders, now, random).map(at => {
		const picked = new Map(
			Array.from({ length: random() < 0.3 ? 2 : 1 }, some).map(sellable => [sellable.sku, sellable])
		);
		const ending = endings();
		// who ordered today can't have given it back yet
		const early = now - at < (GIVEN_BACK + 1) * DAY;
		return {
			at,
			buyerId: buyers[Math.floor(random() * buyers.length)]!,
			address: BUYERS[Math.floor(random() * BUYERS.length)]!.address,
			ending: early && ending === "REFUNDED" ? ("COMPLETED" as const) : ending,
			lines: [...picked.values()].map(sellable => ({
				sellable,
				quantity: random() < 0.15 ? 2 : 1
			}))
		};
	});
	const wanted = new Map<string, number>();
	for (const { lines } of wishes)
		for (const { sellable, quantity } of lines)
			wanted.set(sellable.sku, (wanted.get(sellable.sku) ?? 0) + quantity);

	const stocks = new Map<string, PastStock>();
	for (const [n, product] of products.entries())
		for (const [i, { sku }] of product.variants.entries()) {
			const { id: productId, sellerId, title, createdAt } = product;
			const left = bulkProduct(n).variants[i]!.stock;
			const stock = left + (wanted.get(sku) ?? 0);
			const at = Date.parse(createdAt);
			stocks.set(sku, new PastStock(sku, { productId, sellerId, title }, stock, at));
		}

	const sales = new PastSales(now);
	let [orders, charges, entries] = [[] as OrderDocument[], [] as Charge[], [] as Entry[]];
	const flush = async () => {
		await put(node, "order", "orders", orders);
		await put(node, "payment", "charges", charges);
		await put(node, "sales", "salesEntries", entries);
		[orders, charges, entries] = [[], [], []];
	};
	for (const [n, wish] of wishes.entries()) {
		const made = pastOrder(n, wish, now);
		for (const { sku, quantity } of made.items) {
			const stock = stocks.get(sku)!;
			stock.reserve(made.id, quantity, wish.at);
			if (wish.ending === "EXPIRED") stock.release(made.id, quantity, wish.at + TTL);
			else stock.commit(made.id, quantity, wish.at);
			if (made.refundedAt) stock.takeBack(`${made.id}-all`, quantity, made.refundedAt);
		}
		orders.push(made);
		if (made.paidAt !== undefined) charges.push(chargeOf(made));
		entries.push(...sales.count(made));
		if (orders.length < AT_ONCE) continue;
		await flush();
		say(`${(n + 1).toLocaleString("en")} of ${shop.orders.toLocaleString("en")} orders`);
	}
	await flush();
	const { days, goods } = sales.days();
	await put(node, "sales", "salesBuckets", sales.all);
	await put(node, "sales", "salesDays", days);
	await put(node, "sales", "salesGoods", goods);

	const shelves = [...stocks.values()];
	const outs = shelves.flatMap(stock => {
		const from = stock.finish();
		return from === undefined ? [] : [{ from, stock: stock.document }];
	});
	for (let i = 0; i < shelves.length; i += AT_ONCE) {
		const some = shelves.slice(i, i + AT_ONCE);
		await put(
			node,
			"inventory",
			"movements",
			some.flatMap(({ movements }) => movements)
		);
		await put(
			node,
			"inventory",
			"stock",
			some.map(({ document }) => document)
		);
	}
	await put(node, "catalog", "products", products);
	say(`${products.length.toLocaleString("en")} products, ${stocks.size.toLocaleString("en")} SKUs`);
	for (const { from, stock } of outs)
		await (node as unknown as Broker).call(
			"sales.stockOut",
			{
				sku: stock.id,
				productId: stock.productId,
				sellerId: stock.sellerId,
				title: stock.title,
				version: stock.version,
				from: new Date(from).toISOString()
			},
			{ timeout: PATIENCE }
		);
	return true;
}
