import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, times, type Order, type Product } from "../helpers/client";
import type { Reply } from "../helpers/http";
import { chance } from "../helpers/kills";
import { ADDRESS } from "../helpers/shop";
import type { Recorder } from "./record";
import { settle, tryOnce } from "./settle";
import type { Shop } from "./shops";

export interface Size {
	buyers: number;
	/** Products that are restocked, repriced and cancelled. */
	products: number;
	stock: number;
	/** Units of the one product that is neither: all must be sold in the end. */
	limited: number;
	/** Milliseconds a buyer waits between two visits. */
	pause: [least: number, most: number];
}
export const USUAL: Size = { buyers: 10, products: 3, stock: 20, limited: 25, pause: [50, 350] };

/** Somebody who buys; what must never be seen by others carries the marker. */
export interface Buyer {
	name: string;
	marker: string;
	client: Client;
}
type Random = ReturnType<typeof chance>;

/** Buyers and a seller who go about their business until they are told to stop. */
export class Crowd {
	readonly buyers: Buyer[] = [];
	seller!: Client;
	products: Product[] = [];
	limited!: Product;
	/** What a fault sells on its own account. */
	private readonly extra: Product[] = [];
	/** When the products were there, with the prices they had. */
	opened: { sku: string; price: number; at: number }[] = [];
	/** What went wrong with the people, not with the shop's answers. */
	readonly failures: string[] = [];
	private going: Promise<unknown> = Promise.resolve();
	private stopping = false;

	constructor(
		private readonly shop: Shop,
		private readonly recorder: Recorder,
		private readonly seed: number,
		readonly size: Size = USUAL
	) {}

	get skus(): string[] {
		return [...this.products, this.limited, ...this.extra].map(({ variants }) => variants[0]!.sku);
	}
	get limitedSku(): string {
		return this.limited.variants[0]!.sku;
	}

	/** One more product, which only the fault buys. */
	async offer(units: number, price = 1300): Promise<string> {
		const at = Date.now();
		const product = await this.seller.product(units, price);
		const { sku } = product.variants[0]!;
		this.extra.push(product);
		this.opened.push({ sku, price, at });
		return sku;
	}

	/** Signs everybody up, while nothing is wrong yet. */
	async gather(): Promise<void> {
		const { baseUrl } = this.shop;
		const at = Date.now();
		this.seller = await new Client(baseUrl).signUp("seller");
		for (let n = 0; n < this.size.products; n++)
			this.products.push(await this.seller.product(this.size.stock, 1000 + 100 * n));
		this.limited = await this.seller.product(this.size.limited, 700);
		for (const { variants } of [...this.products, this.limited])
			this.opened.push({ sku: variants[0]!.sku, price: variants[0]!.price, at });
		await this.recruit(this.size.buyers);
	}
	async recruit(count: number): Promise<void> {
		const known = this.buyers.length;
		const { baseUrl } = this.shop;
		const clients = await times(count, () => new Client(baseUrl).signUp(), 8);
		for (const [n, client] of clients.entries())
			this.buyers.push({ name: `buyer${known + n}`, marker: `m${randomUUID()}`, client });
	}
	start(): void {
		const live = (name: string, seed: number, visit: (random: Random) => Promise<void>) =>
			this.live(visit, chance(seed)).catch((err: unknown) =>
				this.failures.push(`${name}: ${(err as Error).message ?? String(err)}`)
			);
		this.going = Promise.all([
			...this.buyers.map((buyer, n) =>
				live(buyer.name, this.seed * 1000 + n, random => this.visit(buyer, random))
			),
			live("seller", this.seed * 1000 + 999, random => this.tend(random))
		]);
	}
	private async live(visit: (random: Random) => Promise<void>, random: Random): Promise<void> {
		while (!this.stopping) {
			await visit(random);
			await sleep(random.whole(...this.size.pause));
		}
	}
	/** Everybody finishes what is begun. */
	async stop(): Promise<void> {
		this.stopping = true;
		await this.going;
	}

	private async visit(buyer: Buyer, random: Random): Promise<void> {
		const { name: actor, client } = buyer;
		if (random.isSo(0.25)) {
			const sku = this.skus[random.whole(0, this.skus.length - 1)]!;
			const route = `GET /api/catalog/stock?skus=${sku}`;
			return void (await tryOnce(this.recorder, client, { actor, op: "stock", key: sku, route }));
		}
		if (random.isSo(0.1)) return this.fillCart(buyer, random);
		await this.purchase(buyer, random);
	}
	private async fillCart({ name: actor, client }: Buyer, random: Random): Promise<void> {
		const sku = this.skus[random.whole(0, this.skus.length - 1)]!;
		const body = { quantity: random.whole(1, 3) };
		const route = `PUT /api/cart/items/${sku}`;
		await settle(this.recorder, client, { actor, op: "cart", key: sku, route, body });
	}
	/** Lines of one or two products; a third of the wishes are for the limited one. */
	private wish(random: Random): { items: { sku: string; quantity: number }[]; limited: boolean } {
		if (random.isSo(0.35)) return { items: [{ sku: this.limitedSku, quantity: 1 }], limited: true };
		const first = random.whole(0, this.products.length - 1);
		const second = (first + 1) % this.products.length;
		const chosen = random.isSo(0.3) && second !== first ? [first, second] : [first];
		const items = chosen.map(n => ({
			sku: this.products[n]!.variants[0]!.sku,
			quantity: random.whole(1, 2)
		}));
		return { items, limited: false };
	}
	async purchase(buyer: Buyer, random: Random): Promise<void> {
		const { items, limited } = this.wish(random);
		const key = randomUUID();
		const place = () => this.place(buyer, key, items);
		const [reply] = await Promise.all(random.isSo(0.2) ? [place(), place()] : [place()]);
		if (random.isSo(0.1)) await this.reuse(buyer, key, items);
		if (reply.status !== 201) return;
		const order = reply.body as Order;
		if (limited) return this.pay(buyer, order, random, true);
		if (random.isSo(0.15)) return;
		if (random.isSo(0.2)) return this.cancel(buyer, order);
		await this.pay(buyer, order, random, false);
		if (random.isSo(0.1)) await this.cancel(buyer, order);
		// much later, the same click again
		if (random.isSo(0.15)) await place();
	}
	place(buyer: Buyer, key: string, items: unknown) {
		const { name: actor, client, marker } = buyer;
		const body = { items, shippingAddress: { ...ADDRESS, name: marker } };
		const headers = { "Idempotency-Key": key };
		const route = "POST /api/orders";
		return settle(this.recorder, client, { actor, op: "place", key, route, body, headers });
	}
	/** The same key with something else: never an order. */
	private async reuse(buyer: Buyer, key: string, items: { sku: string; quantity: number }[]) {
		const { name: actor, client, marker } = buyer;
		const [line] = items;
		const body = {
			items: [{ ...line!, quantity: line!.quantity + 1 }],
			shippingAddress: { ...ADDRESS, name: marker }
		};
		const headers = { "Idempotency-Key": key };
		const route = "POST /api/orders";
		await settle(this.recorder, client, { actor, op: "reuse", key, route, body, headers });
	}
	/** Pays until there is an answer that decides. */
	pays(
		{ name: actor, client }: Buyer,
		id: string,
		paymentToken = "tok_ok",
		isOpen = ({ status }: Reply) => status === 202
	) {
		const route = `POST /api/orders/${id}/pay`;
		const body = { paymentToken };
		return settle(this.recorder, client, { actor, op: "pay", key: id, route, body, isOpen });
	}
	async pay(buyer: Buyer, order: Order, random: Random, sure: boolean): Promise<void> {
		const { name: actor, client } = buyer;
		const pay = (token: string) => this.pays(buyer, order.id, token);
		if (random.isSo(0.15)) await pay("tok_declined");
		const token = sure || random.isSo(0.85) ? "tok_ok" : "tok_timeout";
		await Promise.all(random.isSo(0.2) ? [pay(token), pay(token)] : [pay(token)]);
		const look = `GET /api/orders/${order.id}`;
		const op = "order";
		await tryOnce(this.recorder, client, { actor, op, key: order.id, route: look });
	}
	private async cancel({ name: actor, client }: Buyer, { id }: Order): Promise<void> {
		const route = `POST /api/orders/${id}/cancel`;
		await settle(this.recorder, client, { actor, op: "cancel", key: id, route, body: {} });
	}

	/** Restocks, takes away, and changes prices. */
	private async tend(random: Random): Promise<void> {
		const product = this.products[random.whole(0, this.products.length - 1)]!;
		if (random.isSo(0.6)) await this.adjust(product, random);
		else await this.reprice(product, random);
		await sleep(random.whole(200, 700));
	}
	private async adjust({ variants }: Product, random: Random): Promise<void> {
		const { sku } = variants[0]!;
		const delta = random.isSo(0.2) ? -1 : random.whole(1, 5);
		const body = { delta, reason: delta < 0 ? "damaged" : "received", operationId: randomUUID() };
		const route = `POST /api/seller/stock/${sku}/adjust`;
		const what = { actor: "seller", op: "adjust", key: body.operationId, route, body };
		await settle(this.recorder, this.seller, what);
	}
	/** Asked at most once: whoever doesn't hear, looks first which version there is. */
	private async reprice({ id, variants }: Product, random: Random): Promise<void> {
		const { sku, options } = variants[0]!;
		const actor = "seller";
		const route = `GET /api/seller/products/${id}`;
		const found = await settle(this.recorder, this.seller, {
			actor,
			op: "product",
			key: sku,
			route
		});
		const { version } = found.body as { version: number };
		const price = 800 + 10 * random.whole(0, 80);
		const body = { version, variants: [{ sku, price, ...(options && { options }) }] };
		await tryOnce(this.recorder, this.seller, {
			actor,
			op: "price",
			key: sku,
			route: `PATCH /api/catalog/products/${id}`,
			body
		});
	}

	/** Buys what is left of the limited product: what expired meanwhile is for sale again. */
	async buyOut(ms = 90_000): Promise<void> {
		const sku = this.limitedSku;
		for (const end = Date.now() + ms; ;) {
			const stock = await this.seller.stock(sku).catch(() => null);
			if (stock && stock.available === 0 && stock.held === 0) return;
			if (Date.now() > end)
				throw new Error(`The limited product isn't sold out: ${JSON.stringify(stock)}`);
			if (!stock || stock.available === 0) {
				await sleep(500);
				continue;
			}
			const buyer = this.buyers[0]!;
			const reply: Reply = await this.place(buyer, randomUUID(), [{ sku, quantity: 1 }]);
			if (reply.status === 201) await this.pay(buyer, reply.body as Order, chance(1), true);
		}
	}
}
