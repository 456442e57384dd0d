import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { attempt, forTheWhile, reach, runsHere, type Call, type User, type Way } from "./ask.mts";

const AT_ONCE = 16;
const SIDE = 1200;
const PASSWORD = "demo-shop-2026";
const ADDRESS = {
	name: "Ines Marlow",
	line1: "Lindenhof 14",
	city: "Leipzig",
	postalCode: "04109",
	country: "DE"
};

type SeedPast = (
	broker: NonNullable<Way["broker"]>,
	shop: {
		seller: { id: string; shopName: string };
		buyers: string[];
		products: number;
		orders: number;
	},
	say: (message: string) => void
) => Promise<boolean>;
interface Bulk {
	bulkSku(n: number): string;
	bulkProduct(n: number): {
		title: string;
		images: { file: string; alt: string }[];
		variants: { sku: string; stock: number }[];
	};
}

/** Works through 0 to `count`, some at a time, and says how far it is. */
async function each(count: number, what: string, work: (n: number) => Promise<void>) {
	const start = performance.now();
	const seconds = () => (performance.now() - start) / 1000;
	let next = 0;
	let done = 0;
	let told = 0;
	const worker = async () => {
		while (next < count) {
			await work(next++);
			done++;
			if (seconds() - told < 2) continue;
			told = seconds();
			console.log(`  ${done.toLocaleString("en")} of ${count.toLocaleString("en")} ${what}`);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	console.log(`  ${count.toLocaleString("en")} ${what} in ${seconds().toFixed(1)} s`);
}

async function open(call: Call, role: "seller" | "buyer", n: number): Promise<User> {
	const email = `bulk-${role}-${n}@demo.shop`;
	const shop = role === "seller" && { shopName: `Bulk House ${n + 1}` };
	const person = { email, role, password: PASSWORD, name: `Bulk ${role} ${n + 1}`, ...shop };
	// there from an earlier run: its role is confirmed, which tells the id
	const { id } = await call<{ id: string }>("auth.open", { ...person, emailVerified: true }).catch(
		() => call<{ id: string }>("auth.grantRole", { email, role })
	);
	return { id, role, sid: "seed" };
}
const openAll = (call: Call, role: "seller" | "buyer", count: number) =>
	Promise.all(Array.from({ length: count }, (_, n) => open(call, role, n)));

/** Every SKU that there is. */
async function knownSkus(call: Call): Promise<Set<string>> {
	const known = new Set<string>();
	for (let after = ""; ;) {
		const page = await call<{ sku: string }[]>("inventory.all", { after, limit: 2000 });
		if (!page.length) return known;
		for (const { sku } of page) known.add(sku);
		after = page.at(-1)!.sku;
	}
}

async function paint(files: Set<string>): Promise<void> {
	const { picture } = (await dist("seed/pictures")) as { picture: (file: string) => string };
	const folder = join(process.env.DATA_DIR || "data", "media", "seed");
	mkdirSync(folder, { recursive: true });
	for (const file of files)
		if (!existsSync(join(folder, file))) writeFileSync(join(folder, file), picture(file));
}
const dist = (path: string) => import(new URL(`../dist/${path}.js`, import.meta.url).href);

/** `npm run seed -- --products 10000`: fills a store for load; goes on where an earlier run ended. With `--past` one seller with a year of orders. */
await attempt(async () => {
	const { values } = parseArgs({
		options: {
			products: { type: "string", default: "1000" },
			sellers: { type: "string", default: "20" },
			orders: { type: "string", default: "0" },
			past: { type: "boolean", default: false }
		}
	});
	const [products, sellers, orders] = [values.products, values.sellers, values.orders].map(Number);
	const counts = [products, sellers, orders] as [number, number, number];
	if (!counts.every(count => Number.isSafeInteger(count) && count >= 0) || !counts[1])
		throw new Error("npm run seed -- --products 10000 [--sellers 20] [--orders 0] [--past]");
	if (process.env.NODE_ENV === "production")
		throw new Error("These are goods for trying out, never for production");
	const way = await (values.past ? alone() : reach());
	try {
		await (values.past ? fillPast(way, counts[0], counts[2]) : fill(way.call, ...counts));
	} finally {
		await way.leave();
	}
	return 0;
});

/** A node of its own on the store: nobody else may have it open, but for a database. */
async function alone(): Promise<Way> {
	if (!process.env.MONGO_URI && (await runsHere()))
		throw new Error("Stop the shop first: a past goes straight into its store");
	return forTheWhile();
}

/** One seller with all products, whose orders lie in the year behind us. */
async function fillPast({ call, broker }: Way, products: number, orders: number) {
	const start = performance.now();
	const { seedPast } = (await dist("seed/past")) as { seedPast: SeedPast };
	const { bulkProduct } = (await dist("seed/bulk")) as Bulk;
	const [owner] = await openAll(call, "seller", 1);
	const buyers = await openAll(call, "buyer", 20);
	const seller = { id: owner!.id, shopName: "Bulk House 1" };
	const ids = buyers.map(({ id }) => id);
	const say = (message: string) => console.log(`  ${message}`);
	const made = await seedPast(broker!, { seller, buyers: ids, products, orders }, say);
	await paint(
		new Set(
			Array.from({ length: Math.min(products, 1000) }, (_, n) => bulkProduct(n).images)
				.flat()
				.map(({ file }) => file)
		)
	);
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	console.log(
		made
			? `  done in ${seconds} s: bulk-seller-0@demo.shop, password ${PASSWORD}`
			: "  bulk-seller-0@demo.shop has a past already"
	);
}

async function fill(call: Call, products: number, sellers: number, orders: number) {
	const { bulkSku, bulkProduct } = (await dist("seed/bulk")) as Bulk;
	const owners = await openAll(call, "seller", sellers);
	const known = await knownSkus(call);
	const files = new Set<string>();
	await each(products, "products", async n => {
		if (known.has(`${bulkSku(n)}-1`)) return;
		const { images, ...product } = bulkProduct(n);
		for (const { file } of images) files.add(file);
		const shown = images.map(({ file, alt }) => ({
			url: `/media/seed/${file}`,
			alt,
			width: SIDE,
			height: SIDE
		}));
		await call("catalog.create", { ...product, images: shown }, owners[n % sellers]);
	});
	await paint(files);
	if (!orders) return;

	const buyers = await openAll(call, "buyer", sellers);
	const inStock = Array.from({ length: products }, (_, n) => bulkProduct(n).variants)
		.flat()
		.filter(({ stock }) => stock >= 40);
	let refused = 0;
	await each(orders, "orders", async n => {
		const buyer = buyers[n % buyers.length];
		const items = [{ sku: inStock[(n * 17) % inStock.length]!.sku, quantity: 1 }];
		const order = { idempotencyKey: `bulk-order-${n}`, items, shippingAddress: ADDRESS };
		try {
			const { id } = await call<{ id: string }>("order.place", order, buyer);
			await call("order.pay", { id, paymentToken: "tok_ok" }, buyer);
		} catch (err) {
			if (!/stock/i.test((err as Error).message)) throw err;
			refused++; // sold out meanwhile
		}
	});
	if (refused) console.log(`  ${refused} of them found their goods sold out`);
}
