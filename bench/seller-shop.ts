// One run of bench/seller.mts: fills a shop with a seller who has a year behind them, prints what each read of the
// seller's pages takes as JSON. `tsx bench/seller-shop.ts products orders`
import type { Broker } from "../services/typed";
import { pastId, seedPast } from "../seed/past";
import { as, identity } from "../tests/helpers/shop";
import { measure, startCore } from "./core-node";

const [products = 10_000, orders = 50_000] = process.argv.slice(2).map(Number);
const RUNS = 30;
const DAY = 86_400_000;
const seller = identity("seller", "seller with a past");

function reads(broker: Broker, now: number): Record<string, () => Promise<unknown>> {
	const me = as(seller);
	const timeZone = "Europe/Berlin";
	const iso = (ago: number) => new Date(now - ago * DAY).toISOString();
	const span = (days: number) => ({ from: iso(days), to: iso(0), timeZone });
	const skus = broker.call("inventory.all", { limit: 100 }).then(all => all.map(({ sku }) => sku));
	const some = async () => (await skus).join();
	const last = Math.floor((orders * 0.9) / 24);
	return {
		"dashboard, today by hour": () => broker.call("sales.dashboard", { timeZone }, me),
		"dashboard, 7 days by hour": () =>
			broker.call("sales.dashboard", { ...span(7), interval: "hour" }, me),
		"dashboard, 30 days by day": () =>
			broker.call("sales.dashboard", { ...span(30), interval: "day" }, me),
		"dashboard, a year by week": () =>
			broker.call("sales.dashboard", { ...span(365), interval: "week" }, me),
		"dashboard, a year by day": () =>
			broker.call("sales.dashboard", { ...span(365), interval: "day" }, me),
		"insights, today": () => broker.call("sales.insights", { timeZone }, me),
		"insights, 30 days": () => broker.call("sales.insights", span(30), me),
		"insights, a year": () => broker.call("sales.insights", span(365), me),
		"sales rates of 100 SKUs": async () => broker.call("sales.rates", { skus: await some() }, me),
		"products, page 1": () => broker.call("catalog.mine", {}, me),
		"products, page 400": () => broker.call("catalog.mine", { page: 400 }, me),
		"products, by stock": () => broker.call("catalog.mine", { sort: "stock" }, me),
		"products, a word": () => broker.call("catalog.mine", { q: "mug" }, me),
		"a product": () => broker.call("catalog.mineOne", { id: pastId(seller.id, 7) }, me),
		"stock of 100 SKUs": async () => broker.call("inventory.mine", { skus: await some() }, me),
		"a SKU's ledger": async () => broker.call("inventory.movements", { sku: (await skus)[0]! }, me),
		"alerts, page 1": () => broker.call("inventory.alerts", {}, me),
		"alerts, page 50": () => broker.call("inventory.alerts", { page: 50 }, me),
		"orders, page 1": () => broker.call("order.incoming", {}, me),
		"orders, paid": () => broker.call("order.incoming", { status: "paid" }, me),
		"orders, the next page": async () => {
			const { next } = (await broker.call("order.incoming", { page: 9 }, me)) as { next: string };
			return broker.call("order.incoming", { after: next }, me);
		},
		"orders, a month": () => broker.call("order.incoming", { from: iso(60), to: iso(30) }, me),
		"orders, page 900": () => broker.call("order.incoming", { page: 900 }, me),
		"orders, last page": () => broker.call("order.incoming", { page: last }, me),
		"orders, the queue's counts": () => broker.call("order.queue", {}, me),
		notifications: () => broker.call("notification.list", {}, me)
	};
}

async function run(): Promise<void> {
	const begun = performance.now();
	const empty = await startCore();
	const buyers = Array.from({ length: 20 }, (_, i) => identity("buyer", `buyer ${i}`).id);
	const shop = { id: seller.id, shopName: "Seller with a past" };
	await seedPast(empty, { seller: shop, buyers, products, orders }, () => {});
	await empty.stop();
	const filled = performance.now() - begun;
	const broker = await startCore();
	const wire = broker as unknown as Broker;
	const figures: Record<string, Awaited<ReturnType<typeof measure>>> = {};
	for (const [name, work] of Object.entries(reads(wire, Date.now())))
		figures[name] = await measure(work, RUNS);
	const verified = await wire.call("ops.verify", { settled: true });
	console.log(JSON.stringify({ filled, figures, ok: verified.ok, checked: verified.checked }));
	process.stdin.resume().once("end", () => void broker.stop().then(() => process.exit(0)));
}
void run();
