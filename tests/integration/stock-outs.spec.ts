import type { ServiceSchema } from "moleculer";
import { db, type Collection } from "../../mixins/db.mixin";
import { newId } from "../../services/id";
import InventoryService from "../../services/inventory/inventory.service";
import type { StockDocument } from "../../services/inventory/stock-update";
import SalesService from "../../services/sales/sales.service";
import { costOf, type Outage } from "../../services/sales/stock-outs";
import type { Result } from "../../services/shared/contract";
import { cluster } from "../helpers/cluster";

/** Reads what the services keep. */
const Store: ServiceSchema = { name: "store", mixins: [db({ salesOutages: {}, stock: {} })] };
const { broker } = cluster([InventoryService, SalesService, Store]);
const store = () =>
	broker.getLocalService("store") as unknown as {
		salesOutages: Collection<Outage>;
		stock: Collection<StockDocument>;
	};

const DAY = 86_400_000;
const as = (id: string) => ({ meta: { user: { id, role: "seller", sid: "s" } } });
async function opened(sellerId: string, stock: number) {
	const sku = `sku-${newId()}`;
	const product = { productId: newId(), sellerId, title: "A mug" };
	await broker.call("inventory.open", { ...product, items: [{ sku, stock }] });
	return { sku, ...product };
}
const adjust = (sku: string, seller: string, delta: number) =>
	broker.call("inventory.adjust", { sku, delta, reason: "correction" }, as(seller));
const insights = (seller: string) => broker.call("sales.insights", {}, as(seller));
async function eventually<T>(read: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
	for (let tries = 0; ; tries++) {
		const value = await read();
		if (isSo(value)) return value;
		if (tries === 500) throw new Error(`Still ${JSON.stringify(value)}`);
		await new Promise(resolve => setTimeout(resolve, 50));
	}
}
type Shown = Result<"sales.insights">["stockOuts"];
const shown = (seller: string, isSo: (outs: Shown) => boolean) =>
	eventually(async () => (await insights(seller)).stockOuts, isSo);

it("keeps the time from the last unit held until there is one again, each once", async () => {
	const seller = newId();
	const { sku, productId } = await opened(seller, 2);
	const orderId = newId();
	const lines = [{ sku, quantity: 2 }];
	await broker.call("inventory.reserve", { orderId, lines, notAfter: Date.now() + 10_000 });
	const [open] = (await shown(seller, ({ items }) => items.length === 1)).items;
	expect(open).toMatchObject({ sku, productId, title: "A mug", perDay: 0, cost: 0 });
	expect(open!.to).toBeUndefined();

	await broker.call("inventory.release", { orderId, lines });
	const [closed] = (await shown(seller, ({ items }) => items[0]?.to !== undefined)).items;
	expect(closed).toMatchObject({ sku, from: open!.from });

	// gone and back again is another time
	await adjust(sku, seller, -2);
	await adjust(sku, seller, 5);
	const { items } = await shown(
		seller,
		({ items }) => items.length === 2 && items.every(({ to }) => to !== undefined)
	);
	expect(items.map(({ cost }) => cost)).toEqual([0, 0]);
	// and nothing is left to tell
	await eventually(
		() => store().stock.get(sku),
		stock => Object.keys(stock?.outs ?? {}).length === 0
	);
});

it("is its seller's alone", async () => {
	const [seller, other] = [newId(), newId()];
	const { sku } = await opened(seller, 1);
	await adjust(sku, seller, -1);
	await shown(seller, ({ items }) => items.length === 1);
	expect((await insights(other)).stockOuts).toEqual({ cost: 0, complete: true, items: [] });
});

it("costs what the SKU would have sold, however often and in whichever order it is told", async () => {
	const seller = newId();
	const { sku, productId, title } = await opened(seller, 9);
	const now = Date.now();
	const at = (ago: number) => new Date(now - ago).toISOString();
	const items = [
		{
			...{ sku, productId, title, options: {}, image: null, sellerId: seller },
			...{ unitPrice: 500, quantity: 14, lineTotal: 7000 }
		}
	];
	await broker.call("sales.record", {
		...{ id: newId(), number: "CM-1", seq: 1, type: "paid", status: "paid", version: 3 },
		...{ at: at(3 * DAY), buyerId: newId(), total: 7000, currency: "EUR", items, parcels: [] }
	});
	await eventually(
		() => broker.call("sales.rates", { skus: `${sku},nobodys-sku` }, as(seller)),
		({ items }) => items[0]!.units === 14
	).then(({ days, items }) => {
		expect(days).toBe(7);
		expect(items).toEqual([
			{ sku, units: 14, perDay: 2 },
			{ sku: "nobodys-sku", units: 0, perDay: 0 }
		]);
	});
	const out = { sku, productId, sellerId: seller, title, version: 7, from: at(2 * DAY) };
	const ended = { ...out, to: at(DAY) };
	for (const told of [ended, out, ended, out]) await broker.call("sales.stockOut", told);
	const { stockOuts } = await broker.call(
		"sales.insights",
		{ from: at(5 * DAY), to: at(0) },
		as(seller)
	);
	// a day at two a day, 5.00 each
	expect(stockOuts).toMatchObject({ cost: 1000, complete: true });
	expect(stockOuts.items).toEqual([
		{ sku, productId, title, from: out.from, to: ended.to, perDay: 2, cost: 1000 }
	]);
});

it("counts only the part that lies in the span", () => {
	const outage: Outage = {
		...{ id: "x", sellerId: "s", sku: "mug", productId: "p", title: "Mug", end: "" },
		...{ from: 10 * DAY, units: 7, revenue: 7000 }
	};
	const cost = (from: number, to: number, ends?: number) =>
		costOf({ ...outage, ...(ends !== undefined && { to: ends }) }, from * DAY, to * DAY).cost;
	expect(cost(0, 12)).toBe(2000); // still out
	expect(cost(0, 20, 11 * DAY)).toBe(1000);
	expect(cost(10.5, 20, 11 * DAY)).toBe(500);
	expect(cost(11, 20, 11 * DAY)).toBe(0);
});

it("tells again what couldn't be told", async () => {
	const seller = newId();
	const { sku, productId } = await opened(seller, 1);
	// as a crash leaves it between the note and the telling
	await store().stock.change(
		{ id: sku },
		{ $set: { "outs.v1": { from: Date.now() - 60_000, to: Date.now() }, outsDue: 1 } }
	);
	const { items } = await eventually(
		async () => (await insights(seller)).stockOuts,
		({ items }) => items.length === 1
	);
	expect(items[0]).toMatchObject({ sku, productId });
}, 40_000);
