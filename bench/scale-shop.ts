// One run of bench/scale.mts: fills a shop, prints what each request takes as JSON.
// `tsx bench/scale-shop.ts products orders [part of a request's name]`
import { idOf, newId } from "../services/id";
import type { Broker } from "../services/typed";
import { buyer, fill, seller, skuOf } from "../tests/helpers/big-shop";
import { ADDRESS, as } from "../tests/helpers/shop";
import { measure, startCore } from "./core-node";

const [products = 1000, orders = 1000] = process.argv.slice(2).map(Number);
const RUNS = 40;
/** Milliseconds that a kind of request is asked for at most. */
const PATIENCE = 20_000;
/** Milliseconds until a database has looked at what was filled in: some plan by statistics, and badly without. */
const SETTLE = process.env.MONGO_URI ? 75_000 : 0;

let tried = 0;
const some = (step: number) => (tried++ * step) % Math.min(products, orders / 2);
/** A thing of which there is plenty. */
const plenty = () => skuOf(1 + 10 * (some(7919) % (products / 20)));
function requests(broker: Broker): Record<string, () => Promise<unknown>> {
	const near = { page: 50, pageSize: 10 };
	const last = { page: Math.floor(orders / 2 / 24), pageSize: 24 };
	return {
		"product list": () => broker.call("catalog.search", {}),
		"product list, page 40": () => broker.call("catalog.search", { page: 40 }),
		"search, a rare word": () => broker.call("catalog.search", { q: String(some(7919)) }),
		"search, a common word": () =>
			broker.call("catalog.search", { q: "copper", minPrice: some(31) }),
		product: () => broker.call("catalog.product", { idOrSlug: `thing-${some(7919)}` }),
		reviews: () => broker.call("catalog.reviews", { id: idOf("p", 0) }),
		cart: () => broker.call("cart.get", {}, as(buyer)),
		"orders, page 1": () => broker.call("order.list", {}, as(buyer)),
		"orders, page 50": () => broker.call("order.list", near, as(buyer)),
		"orders, last page": () => broker.call("order.list", last, as(buyer)),
		"an order": () =>
			broker.call("order.get", { id: idOf("o", buyer.id, 2 * some(31)) }, as(buyer)),
		"incoming, page 1": () => broker.call("order.incoming", {}, as(seller)),
		"incoming, paid": () => broker.call("order.incoming", { status: "paid" }, as(seller)),
		"seller's products": () => broker.call("catalog.mine", {}, as(seller)),
		alerts: () => broker.call("inventory.alerts", {}, as(seller)),
		notifications: () => broker.call("notification.list", {}, as(buyer)),
		"dashboard, today": () => broker.call("sales.dashboard", {}, as(seller)),
		"place and pay": async () => {
			const items = [{ sku: plenty(), quantity: 1 }];
			const request = { idempotencyKey: newId(), items, shippingAddress: ADDRESS };
			const { id } = await broker.call("order.place", request, as(buyer));
			await broker.call("order.pay", { id, paymentToken: "tok_ok" }, as(buyer));
		},
		"all stock, 500": () => broker.call("inventory.all", { after: "thing-5", limit: 500 }),
		"all orders, 500": () => broker.call("order.facts", { after: "o8", limit: 500 })
	};
}

async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
	const begun = performance.now();
	const result = await work();
	return [performance.now() - begun, result];
}

async function run(): Promise<void> {
	const empty = await startCore();
	const [filled] = await timed(() => fill(empty as unknown as Broker, { products, orders }));
	await empty.stop();
	const [started, broker] = await timed(startCore);
	const wire = broker as unknown as Broker;
	await new Promise(resolve => setTimeout(resolve, SETTLE));
	for (let i = 0; i < 8; i++)
		await wire.call("cart.put", { sku: plenty(), quantity: 1 }, as(buyer));
	const figures: Record<string, { first: number; p50: number }> = {};
	for (const [name, work] of Object.entries(requests(wire)))
		if (name.includes(process.argv[4] ?? "")) figures[name] = await measure(work, RUNS, PATIENCE);
	const heap = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
	console.log(JSON.stringify({ filled, started, heap, figures }));
	process.stdin.resume().once("end", () => void broker.stop().then(() => process.exit(0)));
}
void run();
