// Buyers who put something into the cart, order it and pay, one after the other, and what they buy.
import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { bulkProduct } from "../seed/bulk.ts";
import { quantile } from "./child.mts";

const STEPS = ["cart", "order", "pay"] as const;
const STOCK = 1_000_000;
const WARM_UP = 1.5;
const SELLERS = 4;
const AT_ONCE = 16;
const ADDRESS = {
	name: "Ines Marlow",
	line1: "Lindenhof 14",
	city: "Leipzig",
	postalCode: "04109",
	country: "DE"
};

export interface Checkouts {
	perSecond: number;
	done: number;
	/** Seconds that were measured. */
	took: number;
	/** `cart 3.1/7.2, order …`: p50 and p95 in milliseconds. */
	steps: string;
}
interface Session {
	accessToken: string;
}
const all = <T,>(count: number, make: (n: number) => Promise<T>) =>
	Promise.all(Array.from({ length: count }, (_, n) => make(n)));
const pause = (s: number) => new Promise(resolve => setTimeout(resolve, s * 1000));

/** The people of a bench, and the shop at `base` that they go to. */
export class Buyers {
	private readonly agent = new Agent({ keepAlive: true, maxSockets: 256 });
	private readonly tokens: string[] = [];
	readonly skus: string[] = [];

	constructor(private readonly base: string) {}

	/** As little work a request as node:http allows: it must not be this process that is measured. */
	ask<T>(method: string, path: string, token: string, body: object, key?: string): Promise<T> {
		const { hostname, port } = new URL(this.base);
		const text = JSON.stringify(body);
		const headers = {
			"Content-Type": "application/json",
			"Content-Length": Buffer.byteLength(text),
			...(token && { Authorization: `Bearer ${token}` }),
			...(key && { "Idempotency-Key": key })
		};
		return new Promise<T>((resolve, reject) => {
			const req = request({ agent: this.agent, hostname, port, method, path, headers }, res => {
				const chunks: Buffer[] = [];
				res.on("data", (chunk: Buffer) => chunks.push(chunk));
				res.on("end", () => {
					const said = Buffer.concat(chunks).toString();
					if (res.statusCode! < 300) resolve(JSON.parse(said) as T);
					else reject(new Error(`${method} ${path}: ${res.statusCode} ${said}`));
				});
			});
			req.on("error", reject);
			req.end(text);
		});
	}

	/** So many buyers, and so many products of four sellers. */
	async come(buyers: number, products: number): Promise<void> {
		const sellers = await all(SELLERS, n => this.signUp("seller", n));
		this.tokens.push(...(await all(buyers, n => this.signUp("buyer", n))));
		await all(AT_ONCE, async worker => {
			for (let n = worker; n < products; n += AT_ONCE) {
				const { images: _images, ...product } = bulkProduct(n);
				const variants = product.variants.map(variant => ({ ...variant, stock: STOCK }));
				this.skus.push(...variants.map(({ sku }) => sku));
				const made = { ...product, variants };
				await this.ask("POST", "/api/catalog/products", sellers[n % SELLERS]!, made);
			}
		});
	}

	/** `size` of them check out for so many seconds; `around` marks the span that counts. */
	async checkOut(
		size: number,
		seconds: number,
		around: { start(): void; end(): void } = { start() {}, end() {} }
	): Promise<Checkouts> {
		const times = { cart: [] as number[], order: [] as number[], pay: [] as number[] };
		let measuring = false;
		let ended = false;
		const running = Promise.all(
			this.tokens.slice(0, size).map(async token => {
				while (!ended) {
					const took = await this.once(token);
					if (measuring) STEPS.forEach((step, i) => times[step].push(took[i]!));
				}
			})
		);
		await Promise.race([pause(WARM_UP), running]);
		around.start();
		const start = performance.now();
		measuring = true;
		await Promise.race([pause(seconds), running]);
		measuring = false;
		const took = (performance.now() - start) / 1000;
		around.end();
		ended = true;
		await running;
		const steps = STEPS.map(step => {
			const at = (q: number) => quantile(times[step], q).toFixed(1);
			return `${step} ${at(0.5)}/${at(0.95)}`;
		});
		const done = times.pay.length;
		return { perSecond: done / took, done, took, steps: steps.join(", ") };
	}

	/** One checkout; how many milliseconds each step of it took. */
	private async once(token: string): Promise<number[]> {
		const sku = this.skus[Math.floor(Math.random() * this.skus.length)]!;
		const items = [{ sku, quantity: 1 }];
		const t0 = performance.now();
		await this.ask("PUT", `/api/cart/items/${sku}`, token, { quantity: 1 });
		const t1 = performance.now();
		const order = { items, shippingAddress: ADDRESS };
		const { id } = await this.ask<{ id: string }>(
			"POST",
			"/api/orders",
			token,
			order,
			randomUUID()
		);
		const t2 = performance.now();
		await this.ask("POST", `/api/orders/${id}/pay`, token, { paymentToken: "tok_ok" });
		return [t1 - t0, t2 - t1, performance.now() - t2];
	}
	private async signUp(role: string, n: number): Promise<string> {
		const person = {
			email: `${role}${n}@bench.example`,
			password: "a long password",
			name: "Bench",
			role,
			...(role === "seller" && { shopName: `Bench ${n}` })
		};
		return (await this.ask<Session>("POST", "/api/auth/register", "", person)).accessToken;
	}
	leave(): void {
		this.agent.destroy();
	}
}
