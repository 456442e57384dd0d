// Full checkouts a second on durable files: PUT cart item, POST order with a key, POST pay, one after the other by so
// many buyers at once. The shop is a process of its own in production's settings; this one only asks, and says how
// busy both were. `tsx bench/checkout.mts [seconds] [buyers,buyers…]`
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { cpus } from "node:os";
import { join } from "node:path";
import { build } from "../scripts/build.mts";
import { bulkProduct } from "../seed/bulk.ts";
import { ShopProcess } from "../tests/helpers/process.ts";
import { quantile } from "./child.mts";

const SECONDS = Number(process.argv[2] ?? 5);
const SIZES = (process.argv[3] ?? "1,8,32").split(",").map(Number);
const PRODUCTS = Number(process.env.PRODUCTS ?? 1000);
const WARM_UP = 1.5;
const STOCK = 1_000_000;
const STEPS = ["cart", "order", "pay"] as const;
const ADDRESS = {
	name: "Ines Marlow",
	line1: "Lindenhof 14",
	city: "Leipzig",
	postalCode: "04109",
	country: "DE"
};

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
/** As little work a request as node:http allows: it must not be this process that is measured. */
function ask<T>(
	base: string,
	method: string,
	path: string,
	token: string,
	body: object,
	key?: string
) {
	const { hostname, port } = new URL(base);
	const text = JSON.stringify(body);
	const headers = {
		"Content-Type": "application/json",
		"Content-Length": Buffer.byteLength(text),
		...(token && { Authorization: `Bearer ${token}` }),
		...(key && { "Idempotency-Key": key })
	};
	return new Promise<T>((resolve, reject) => {
		const req = request({ agent, hostname, port, method, path, headers }, res => {
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

/** Seconds of processor time that a process has had; NaN where the system doesn't tell. */
function processorTime(pid: number): number {
	try {
		const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]!.split(" ");
		return (Number(fields[11]) + Number(fields[12])) / 100;
	} catch {
		return NaN;
	}
}
const ownTime = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
};

await build(console.error, { parts: ["services"] });
// beside the sources: /tmp may be a disk in memory
const dir = mkdtempSync(join(import.meta.dirname, "data-"));
const shop = await ShopProcess.start({
	dir,
	env: {
		NODE_ENV: "production",
		SECRET_KEY: "a secret for the bench, at least 32 bytes long",
		RATE_LIMIT: "0",
		LOG_LEVEL: "error"
	},
	flags: process.env.SHOP_FLAGS?.split(" ") ?? []
});
try {
	await measure(shop.baseUrl);
} finally {
	const { code } = await shop.stop();
	agent.destroy();
	rmSync(dir, { recursive: true, force: true });
	if (code !== 0) console.log(`the shop ended with ${code}:\n${shop.said}`);
}

async function measure(base: string) {
	interface Session {
		accessToken: string;
	}
	const signUp = async (role: string, n: number) => {
		const person = {
			email: `${role}${n}@bench.example`,
			password: "a long password",
			name: "Bench",
			role,
			...(role === "seller" && { shopName: `Bench ${n}` })
		};
		return (await ask<Session>(base, "POST", "/api/auth/register", "", person)).accessToken;
	};
	const all = <T,>(count: number, make: (n: number) => Promise<T>) =>
		Promise.all(Array.from({ length: count }, (_, n) => make(n)));

	const sellers = await all(4, n => signUp("seller", n));
	const buyers = await all(Math.max(...SIZES), n => signUp("buyer", n));
	const skus: string[] = [];
	await all(16, async worker => {
		for (let n = worker; n < PRODUCTS; n += 16) {
			const { images: _images, ...product } = bulkProduct(n);
			const variants = product.variants.map(variant => ({ ...variant, stock: STOCK }));
			skus.push(...variants.map(({ sku }) => sku));
			const made = { ...product, variants };
			await ask(base, "POST", "/api/catalog/products", sellers[n % 4]!, made);
		}
	});
	console.log(`${PRODUCTS} products, ${skus.length} SKUs, ${cpus().length} processors`);

	const times = { cart: [] as number[], order: [] as number[], pay: [] as number[] };
	let measuring = false;
	let done = 0;
	async function checkOut(token: string) {
		const sku = skus[Math.floor(Math.random() * skus.length)]!;
		const items = [{ sku, quantity: 1 }];
		const t0 = performance.now();
		await ask(base, "PUT", `/api/cart/items/${sku}`, token, { quantity: 1 });
		const t1 = performance.now();
		const order = { items, shippingAddress: ADDRESS };
		const { id } = await ask<{ id: string }>(
			base,
			"POST",
			"/api/orders",
			token,
			order,
			randomUUID()
		);
		const t2 = performance.now();
		await ask(base, "POST", `/api/orders/${id}/pay`, token, { paymentToken: "tok_ok" });
		const t3 = performance.now();
		if (!measuring) return;
		done++;
		times.cart.push(t1 - t0);
		times.order.push(t2 - t1);
		times.pay.push(t3 - t2);
	}

	for (const size of SIZES) {
		for (const step of STEPS) times[step].length = 0;
		done = 0;
		let ended = false;
		const running = Promise.all(
			buyers.slice(0, size).map(async token => {
				while (!ended) await checkOut(token);
			})
		);
		const pause = (s: number) => new Promise(resolve => setTimeout(resolve, s * 1000));
		await Promise.race([pause(WARM_UP), running]);
		const pid = shop.process.pid!;
		const before = { at: performance.now(), own: ownTime(), theirs: processorTime(pid) };
		measuring = true;
		await Promise.race([pause(SECONDS), running]);
		measuring = false;
		const took = (performance.now() - before.at) / 1000;
		const busy = (now: number, then: number) => `${Math.round(((now - then) / took) * 100)} %`;
		const spent = processorTime(pid);
		const cpu = [busy(spent, before.theirs), busy(ownTime(), before.own)];
		// what is left to compare by on a machine with other work to do
		const each = ((spent - before.theirs) * 1000) / done;
		ended = true;
		await running;
		const steps = STEPS.map(step => {
			const at = (q: number) => quantile(times[step], q).toFixed(1);
			return `${step} ${at(0.5)}/${at(0.95)}`;
		});
		console.log(
			`${size} buyers: ${(done / took).toFixed(0)} checkouts/s; p50/p95 in ms: ${steps.join(", ")}; ` +
				`processor: shop ${cpu[0]} (${each.toFixed(2)} ms a checkout), this bench ${cpu[1]}` +
				(size === 32 ? " (aim 400/s)" : "")
		);
	}
}
