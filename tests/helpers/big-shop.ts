import type { Collection } from "../../mixins/db.mixin";
import type { StoredProduct } from "../../services/catalog/product";
import type { StoredReview } from "../../services/catalog/reviews";
import { idOf } from "../../services/id";
import { entryOf, opened, type LedgerEntry } from "../../services/inventory/stock-update";
import type { StockDocument } from "../../services/inventory/stock-update";
import { listsOf } from "../../services/order/lists";
import type { OrderDocument } from "../../services/order/order-document";
import { newOrder } from "../../services/order/place";
import { chargeId, type Charge } from "../../services/payment/provider";
import type { Bucket, Entry } from "../../services/sales/entries";
import type { Day, Goods } from "../../services/sales/rollup";
import type { Notification } from "../../services/shared/notification.contract";
import { PastSales } from "../../seed/past/sales";
import type { Broker } from "../../services/typed";
import { ADDRESS, identity } from "./shop";

/** Whose pages are looked at: with every second product and order of the shop. */
export const seller = identity("seller", "big seller");
export const buyer = identity("buyer", "big buyer");
export interface Size {
	products: number;
	orders: number;
}
interface Tables {
	products: StoredProduct;
	reviews: StoredReview;
	stock: StockDocument;
	movements: LedgerEntry;
	orders: OrderDocument;
	charges: Charge;
	salesEntries: Entry;
	salesBuckets: Bucket;
	salesDays: Day;
	salesGoods: Goods;
	notifications: Notification & { userId: string; lists: string[] };
}
const SERVICE: Record<keyof Tables, string> = {
	products: "catalog",
	reviews: "catalog",
	stock: "inventory",
	movements: "inventory",
	orders: "order",
	charges: "payment",
	salesEntries: "sales",
	salesBuckets: "sales",
	salesDays: "sales",
	salesGoods: "sales",
	notifications: "notification"
};

const AT_ONCE = 500;
const DAY = 86_400_000;
/** Of their time are the orders. */
const DAYS = 90;
const MOST_NOTIFICATIONS = 500;
const WORDS = "stone wool linen oak brass glass clay moss ember harbour willow copper".split(" ");
const KINDS = ["mug", "rug", "lamp", "tray", "bowl", "apron", "chair", "clock", "vase", "basket"];
const pick = <T>(list: T[], i: number) => list[i % list.length]!;
const others = <T>(own: T, role: "seller" | "buyer", i: number) =>
	i % 2 ? identity(role, `${role} ${i % 17}`).id : own;

export const skuOf = (i: number) => `thing-${i}`;
const productId = (i: number) => idOf("p", i);

function productOf(i: number, now: number): StoredProduct {
	const at = new Date(now - i * 1000).toISOString();
	const sellerId = others(seller.id, "seller", i);
	return {
		id: productId(i),
		slug: `thing-${i}`,
		title: `${pick(WORDS, i)} ${pick(WORDS, i * 31 + 7)} ${pick(KINDS, i)} no ${i}`,
		description: `A ${pick(KINDS, i)} of ${pick(WORDS, i * 5)}, made by hand.`,
		category: `home-${i % 6}/${pick(KINDS, i)}s`,
		tags: [pick(WORDS, i * 11)],
		images: [],
		options: [],
		variants: [{ sku: skuOf(i), options: {}, price: 500 + ((i * 7919) % 20_000) }],
		skus: [skuOf(i)],
		sellerId,
		shopName: `Shop ${sellerId.slice(0, 4)}`,
		status: "published",
		ratingSum: 0,
		ratingCount: 0,
		ratingVersion: 0,
		createdAt: at,
		updatedAt: at,
		version: 1,
		revision: 1,
		// longer ago than any replica would look again for what it has missed
		touchedAt: now - DAY + i
	};
}

/** Every tenth thing is low. */
function stockOf({ id, sellerId, title }: StoredProduct, i: number, now: number) {
	const opening = { productId: id, sellerId, title, threshold: 5 };
	const stock = i % 10 === 0 ? 1 + (i % 5) : 1_000_000;
	const { document, key } = opened(skuOf(i), { ...opening, stock }, now - DAY);
	const entry = entryOf(document, key, document.pending[key]!);
	delete document.unledgered;
	document.pending = {};
	return { document, entry };
}

function orderOf(i: number, { products, orders }: Size, now: number): OrderDocument {
	const at = Math.floor(now - DAYS * DAY + ((i + 1) / (orders + 1)) * DAYS * DAY);
	const buyerId = others(buyer.id, "buyer", i);
	const { id, slug, title, sellerId, shopName, variants } = productOf((i * 7) % products, now);
	const { sku, price } = variants[0]!;
	const sellable = { productId: id, slug, title, options: {}, image: null, sellerId, shopName };
	const request = {
		idempotencyKey: `order-${i}`,
		items: [{ sku, quantity: 1 }],
		shippingAddress: ADDRESS
	};
	const order = newOrder(
		idOf("o", buyerId, i),
		buyerId,
		request,
		[{ ...sellable, sku, unitPrice: price, status: "published" }],
		at
	);
	const done: OrderDocument = {
		...order,
		state: "COMPLETED",
		history: ["NEW", "RESERVED", "PAYING", "CONFIRMED", "COMPLETED"],
		version: 5,
		attempt: 1,
		reservedAt: at,
		expiresAt: at + 600_000,
		paidAt: at,
		seq: 2
	};
	delete done.dueAt;
	return { ...done, lists: listsOf(done) };
}

const chargeOf = ({ id: orderId, buyerId, total, createdAt }: OrderDocument): Charge => ({
	id: chargeId(orderId, 1),
	orderId,
	buyerId,
	attempt: 1,
	amount: total,
	currency: "EUR",
	outcome: "captured",
	decidesAt: createdAt,
	createdAt,
	refunded: 0,
	refunds: {}
});
function reviewOf(i: number, product: string, now: number): StoredReview {
	const rating = 1 + (i % 5);
	return {
		id: idOf("r", product, i),
		productId: product,
		userId: idOf("u", i),
		author: "Ada L.",
		rating,
		title: "Good",
		body: "Very good",
		star: `${product}:${rating}`,
		createdAt: new Date(now - i * 1000).toISOString(),
		version: 1
	};
}
const notificationOf = (i: number, userId: string, now: number) => ({
	id: idOf("n", userId, i),
	userId,
	kind: "sale" as const,
	title: "Sold",
	body: "Ready to ship",
	at: new Date(now - i * 1000).toISOString(),
	link: "/seller/orders",
	read: i % 2 === 0,
	lists: [userId, `${userId}.${i % 2 ? "unread" : "read"}`]
});

/** Fills the stores of a running shop, as if all this had been made and bought in it. */
export async function fill(broker: Broker, size: Size, now = Date.now()): Promise<void> {
	function* made<T>(count: number, make: (i: number) => T) {
		for (let i = 0; i < count; i += AT_ONCE)
			yield Array.from({ length: Math.min(AT_ONCE, count - i) }, (_, n) => make(i + n));
	}
	const put = async <T extends keyof Tables>(table: T, documents: Tables[T][]) => {
		const service = broker.getLocalService(SERVICE[table]) as unknown as Record<
			T,
			Collection<Tables[T]>
		>;
		await insert(service[table], documents);
	};

	for (const products of made(size.products, i => productOf(i, now))) {
		const stocks = products.map(product =>
			stockOf(product, Number(product.slug.slice("thing-".length)), now)
		);
		await put("products", products);
		await put(
			"stock",
			stocks.map(({ document }) => document)
		);
		await put(
			"movements",
			stocks.map(({ entry }) => entry)
		);
	}
	const sales = new PastSales(now);
	for (const orders of made(size.orders, i => orderOf(i, size, now))) {
		const entries = orders.flatMap(order => sales.count(order));
		await put("orders", orders);
		await put("charges", orders.map(chargeOf));
		await put("salesEntries", entries);
	}
	const { days, goods } = sales.days();
	await put("salesBuckets", sales.all);
	await put("salesDays", days);
	await put("salesGoods", goods);
	const reviewed = productId(0);
	for (const reviews of made(size.orders, i => reviewOf(i, reviewed, now)))
		await put("reviews", reviews);
	for (const { id } of [seller, buyer]) {
		const count = Math.min(size.orders, MOST_NOTIFICATIONS);
		await put(
			"notifications",
			Array.from({ length: count }, (_, i) => notificationOf(i, id, now))
		);
	}
}

/** All at once, or those that aren't there yet. */
async function insert<T extends { id: string }>(table: Collection<T>, documents: T[]) {
	const { adapter } = table as unknown as {
		adapter: { insertMany(all: object[]): Promise<object> };
	};
	try {
		if (documents.length)
			await adapter.insertMany(documents.map(({ id, ...rest }) => ({ _id: id, ...rest })));
	} catch {
		await Promise.all(documents.map(document => table.create(document)));
	}
}

/** Takes what was filled in into the catalogue's index, which reads all of its store at its start only. */
export async function takenIn(broker: Broker) {
	const { live } = broker.getLocalService("catalog") as unknown as {
		live: { loadProducts(): Promise<void>; fillStock(): Promise<void> };
	};
	await live.loadProducts();
	await live.fillStock();
}
