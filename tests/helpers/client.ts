import { randomUUID } from "node:crypto";
import type { Result, Sent } from "../../services/shared/contract";
import { ask, type Asked, type Reply } from "./http";
import { ADDRESS } from "./shop";

/** An answer whose body is known by its status. */
export type Told<T> = Omit<Reply, "body"> & { body: T };
export type Session = Result<"auth.register">;
export type Product = Result<"catalog.create">;
export type Order = Result<"order.get">;
type Lines = Sent<"order.place">["items"];

/** Of everybody who signs up here. */
export const PASSWORD = "correct horse battery";

let made = 0;
/** Unique over all processes and runs: a suite may meet a shop that others use too. */
export const unique = (prefix: string) =>
	`${prefix}-${Date.now().toString(36)}${process.pid.toString(36)}-${(made++).toString(36)}`;

/** Somebody with a browser: keeps cookies and the access token, asks over HTTP. */
export class Client {
	token: string | undefined;
	user: Session["user"] | undefined;
	private readonly cookies = new Map<string, string>();

	constructor(readonly baseUrl: string) {}

	async ask(route: string, asked: Asked = {}): Promise<Reply> {
		const reply = await ask(this.baseUrl, route, {
			...(this.token && { token: this.token }),
			...asked,
			headers: { ...(this.cookies.size && { Cookie: this.cookieHeader() }), ...asked.headers }
		});
		for (const cookie of [reply.headers["set-cookie"] ?? []].flat()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
			if (value) this.cookies.set(name!, value);
			else this.cookies.delete(name!);
		}
		return reply;
	}
	private cookieHeader = () =>
		[...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");

	/** Asks for what must succeed. */
	async must<T>(route: string, asked: Asked = {}): Promise<T> {
		const { status, body, text } = await this.ask(route, asked);
		if (status >= 300) throw new Error(`${route}: ${status} ${text}`);
		return body as T;
	}

	async signUp(role: "buyer" | "seller" = "buyer"): Promise<this> {
		const body = {
			email: `${unique(role)}@test.example`,
			password: PASSWORD,
			name: "Some Body",
			role,
			...(role === "seller" && { shopName: unique("Shop") })
		};
		const session = await this.must<Session>("POST /api/auth/register", { body });
		this.token = session.accessToken;
		this.user = session.user;
		return this;
	}

	/** A new product of this seller with one SKU. */
	product(stock: number, price = 1000): Promise<Product> {
		const body: Sent<"catalog.create"> = {
			title: unique("Thing"),
			description: "A thing",
			category: "things",
			variants: [{ sku: unique("sku"), price, stock }]
		};
		return this.must("POST /api/catalog/products", { body });
	}

	putInCart(sku: string, quantity: number): Promise<Told<Result<"cart.get">>> {
		return this.ask(`PUT /api/cart/items/${sku}`, { body: { quantity } });
	}
	place(items: Lines, key: string = randomUUID()): Promise<Told<Order>> {
		return this.ask("POST /api/orders", {
			body: { items, shippingAddress: ADDRESS },
			headers: { "Idempotency-Key": key }
		});
	}
	pay(id: string, paymentToken = "tok_ok"): Promise<Told<Order>> {
		return this.ask(`POST /api/orders/${id}/pay`, { body: { paymentToken } });
	}
	orders(): Promise<Result<"order.list">> {
		return this.must("GET /api/orders?pageSize=100");
	}
	async stock(sku: string) {
		const path = `GET /api/catalog/stock?skus=${sku}`;
		return (await this.must<Result<"catalog.stock">>(path)).items[0]!;
	}
}

/** So many of something, a few at a time. */
export async function times<T>(
	count: number,
	make: (n: number) => Promise<T>,
	atOnce = 16
): Promise<T[]> {
	const all: T[] = [];
	let next = 0;
	const worker = async () => {
		while (next < count) {
			const n = next++;
			all[n] = await make(n);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return all;
}
