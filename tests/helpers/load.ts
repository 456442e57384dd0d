import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, unique } from "./client";
import type { Reply } from "./http";

/** A request that wasn't answered as it should have been. */
export interface Failure {
	at: string;
	route: string;
	got: string;
}
const PAUSE = 25;

/** People who browse, fill carts and buy without a pause; what goes wrong for any of them is written down. */
export class Load {
	readonly failures: Failure[] = [];
	/** Requests answered, by what they were. */
	readonly done: Record<string, number> = {};
	private over = false;
	private readonly running: Promise<void>[] = [];

	constructor(
		private readonly api: string,
		private readonly products: { slug: string; sku: string }[]
	) {}

	/** So many of each: readers, carts, buyers. */
	async start(each: number): Promise<void> {
		for (let n = 0; n < each; n++) {
			const [guest, buyer] = [new Client(this.api), await new Client(this.api).signUp()];
			this.go(() => this.read(guest));
			this.go(() => this.fill(new Client(this.api)));
			this.go(() => this.buy(buyer));
		}
	}
	async stop(): Promise<void> {
		this.over = true;
		await Promise.all(this.running);
	}
	private go(turn: () => Promise<void>): void {
		const run = async () => {
			for (; !this.over; await sleep(PAUSE * (0.5 + Math.random()))) await turn();
		};
		this.running.push(run());
	}
	private any() {
		return this.products[Math.floor(Math.random() * this.products.length)]!;
	}

	private async ask(
		client: Client,
		expected: number,
		...[route, asked]: Parameters<Client["ask"]>
	) {
		const kind = route.replace(/[?].*/, "").replace(/\/[^/]*\d[^/]*/, "/:id");
		const note = (got: string) =>
			this.failures.push({ at: new Date().toISOString(), route, got: got.slice(0, 300) });
		try {
			const reply: Reply = await client.ask(route, asked);
			if (reply.status !== expected) note(`${reply.status} ${reply.text}`);
			else this.done[kind] = (this.done[kind] ?? 0) + 1;
			return reply;
		} catch (err) {
			note(String((err as NodeJS.ErrnoException).code ?? err));
			return null;
		}
	}
	private async read(client: Client): Promise<void> {
		const { slug, sku } = this.any();
		await this.ask(client, 200, `GET /api/catalog/products?q=thing&pageSize=5`);
		await this.ask(client, 200, `GET /api/catalog/products/${slug}`);
		await this.ask(client, 200, `GET /api/catalog/stock?skus=${sku}`);
	}
	private async fill(client: Client): Promise<void> {
		const { sku } = this.any();
		await this.ask(client, 200, `PUT /api/cart/items/${sku}`, { body: { quantity: 2 } });
		await this.ask(client, 200, "GET /api/cart");
		await this.ask(client, 200, `PUT /api/cart/items/${sku}`, { body: { quantity: 0 } });
	}
	private async buy(client: Client): Promise<void> {
		const placed = await this.ask(client, 201, "POST /api/orders", {
			body: { items: [{ sku: this.any().sku, quantity: 1 }], shippingAddress: ADDRESS },
			headers: { "Idempotency-Key": randomUUID() }
		});
		const { id } = (placed?.body ?? {}) as { id?: string };
		if (!id) return;
		const last = Math.random() < 0.3 ? "cancel" : "pay";
		const body = last === "pay" ? { body: { paymentToken: "tok_ok" } } : {};
		await this.ask(client, 200, `POST /api/orders/${id}/${last}`, body);
		await this.ask(client, 200, `GET /api/orders/${id}`);
	}
}
const ADDRESS = {
	name: unique("Ada"),
	line1: "1 Harbour Row",
	city: "Bremen",
	postalCode: "28195",
	country: "DE"
};
