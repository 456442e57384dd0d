import type { Collection } from "../../mixins/db.mixin";
import InventoryService from "../../services/inventory/inventory.service";
import type { StockDocument } from "../../services/inventory/stock-update";
import { idOf, newId } from "../../services/id";
import { cluster } from "../helpers/cluster";

const { broker } = cluster([InventoryService]);
const seller = { user: { id: idOf("u", "seller"), role: "seller" as const, sid: "s" } };
const heard: { name: string; payload: Record<string, unknown> }[] = [];
beforeAll(() => {
	broker.createService({
		name: "ear",
		events: {
			"stock.*": {
				handler: ctx =>
					void heard.push({
						name: ctx.eventName!,
						payload: ctx.params as Record<string, unknown>
					})
			}
		}
	});
});
const told = (name: string, sku: string) =>
	heard
		.filter(event => event.name === name && event.payload.sku === sku)
		.map(({ payload }) => payload);

let made = 0;
/** A SKU of its own for each test. */
async function stocked(stock: number, threshold = 0) {
	const sku = `sku-${++made}`;
	await broker.call("inventory.open", {
		productId: newId(),
		sellerId: seller.user.id,
		title: `Thing ${made}`,
		items: [{ sku, stock, threshold }]
	});
	const line = (quantity: number) => [{ sku, quantity }];
	return {
		sku,
		now: async () => (await broker.call("inventory.stock", { skus: [sku] }))[0]!,
		reserve: (orderId: string, quantity: number, notAfter = Date.now() + 10_000) =>
			broker.call("inventory.reserve", { orderId, lines: line(quantity), notAfter }),
		commit: (orderId: string, quantity: number) =>
			broker.call("inventory.commit", { orderId, lines: line(quantity) }),
		release: (orderId: string, quantity: number) =>
			broker.call("inventory.release", { orderId, lines: line(quantity) }),
		adjust: (delta: number, operationId?: string) =>
			broker.call(
				"inventory.adjust",
				{ sku, delta, reason: "received", ...(operationId && { operationId }) },
				{ meta: seller }
			)
	};
}
const order = () => idOf("o", newId());
it("never holds more than there is, however many ask at once", async () => {
	const { reserve, now } = await stocked(10);
	const outcomes = await Promise.all(Array.from({ length: 50 }, () => reserve(order(), 1)));
	expect(outcomes.filter(({ outcome }) => outcome === "HELD")).toHaveLength(10);
	expect(await now()).toMatchObject({ available: 0, held: 10 });
});

it("does each operation of an order once, repeated or at once", async () => {
	const { reserve, commit, release, now } = await stocked(10);
	const [sold, given] = [order(), order()];
	await Promise.all([reserve(sold, 2), reserve(sold, 2), reserve(given, 3), reserve(given, 3)]);
	expect(await now()).toMatchObject({ available: 5, held: 5 });
	await Promise.all([commit(sold, 2), commit(sold, 2), release(given, 3), release(given, 3)]);
	expect(await now()).toMatchObject({ available: 8, held: 0, sold: 2 });
	expect(await commit(sold, 2)).toEqual({ sold: true, missing: [] });
	expect(await commit(given, 3)).toMatchObject({ sold: false });
});

it("refuses a reserve that comes after the release, or too late", async () => {
	const { reserve, release, now } = await stocked(10);
	const id = order();
	await release(id, 1);
	expect(await reserve(id, 1)).toMatchObject({ outcome: "CLOSED" });
	expect(await reserve(order(), 1, Date.now() - 1)).toMatchObject({ outcome: "LATE" });
	expect(await now()).toMatchObject({ available: 10, held: 0, version: 1 });
});

it("keeps in its ledger what came once more after the document had forgotten it", async () => {
	const { sku, reserve, release, now } = await stocked(10);
	const { stock } = broker.getLocalService("inventory") as unknown as {
		stock: Collection<StockDocument>;
	};
	const late = order();
	for (let n = 0; n < 3; n++) {
		expect(await reserve(late, 2)).toMatchObject({ outcome: "HELD" });
		await release(late, 2);
		await stock.change({ id: sku }, { $unset: { [`closed.${late}`]: true } });
	}
	expect(await now()).toMatchObject({ available: 10, held: 0, version: 7 });
	const kinds = ["release", "reserve", "release", "reserve", "release", "reserve", "initial"];
	const ledger = async () => {
		const page = { sku, page: 1, pageSize: 10 };
		return (await broker.call("inventory.movements", page, { meta: seller })).items;
	};
	expect((await ledger()).map(({ kind }) => kind)).toEqual(kinds);
	const { findings } = await broker.call("inventory.verify", {});
	expect(findings.filter(({ refs }) => refs.includes(sku))).toEqual([]);
});

it("gives two orders for the same SKUs all or nothing", async () => {
	const [one, two] = [await stocked(1), await stocked(1)];
	const lines = [
		{ sku: one.sku, quantity: 1 },
		{ sku: two.sku, quantity: 1 }
	];
	const notAfter = Date.now() + 10_000;
	const outcomes = await Promise.all([
		broker.call("inventory.reserve", { orderId: order(), lines, notAfter }),
		broker.call("inventory.reserve", { orderId: order(), lines: lines.toReversed(), notAfter })
	]);
	expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(["HELD", "OUT_OF_STOCK"]);
	const loser = outcomes.find(({ outcome }) => outcome !== "HELD")!;
	expect(loser.short[0]).toEqual({ sku: one.sku, available: 0 });
});

it("adjusts by a difference, once per operation, never below zero and only for its seller", async () => {
	const { sku, adjust, now } = await stocked(3);
	await Promise.all([adjust(4, "operation-1"), adjust(4, "operation-1")]);
	expect(await now()).toMatchObject({ available: 7, version: 2 });
	await expect(adjust(-8)).rejects.toMatchObject({ type: "OUT_OF_STOCK" });
	await expect(
		broker.call(
			"inventory.adjust",
			{ sku, delta: 1, reason: "found" },
			{ meta: { user: { ...seller.user, id: idOf("u", "other") } } }
		)
	).rejects.toMatchObject({ type: "NOT_FOUND" });
	expect(await now()).toMatchObject({ available: 7 });
});

it("refuses another adjustment under the name of one that was done", async () => {
	const { sku, adjust, now } = await stocked(3);
	await adjust(4, "operation-2");
	const ask = (other: object) =>
		broker.call(
			"inventory.adjust",
			{ sku, delta: 4, reason: "received", operationId: "operation-2", ...other },
			{ meta: seller }
		);
	for (const other of [{ delta: 5 }, { delta: -4 }, { reason: "found" }, { note: "Box 7" }])
		await expect(ask(other)).rejects.toMatchObject({ type: "IDEMPOTENCY_KEY_REUSED" });
	expect(await ask({})).toMatchObject({ available: 7, version: 2 });
	expect(await now()).toMatchObject({ available: 7, version: 2 });
});

it("keeps a ledger that folds to the stock, newest first", async () => {
	const { sku, reserve, commit, adjust } = await stocked(5);
	const id = order();
	await reserve(id, 2);
	await commit(id, 2);
	await adjust(-1);
	const ledger = await broker.call("inventory.movements", { sku, pageSize: 3 }, { meta: seller });
	expect(ledger).toMatchObject({ total: 4, items: { length: 3 } });
	expect(ledger.items.map(({ kind, quantity, version }) => [kind, quantity, version])).toEqual([
		["remove", 1, 4],
		["commit", 2, 3],
		["reserve", 2, 2]
	]);
	expect(ledger.items[0]).toMatchObject({ available: 2, held: 0, sold: 2, by: seller.user.id });
});

it("alerts once per crossing, and drops the alert with new stock", async () => {
	const { sku, reserve, adjust } = await stocked(6, 3);
	const alerts = async () =>
		(await broker.call("inventory.alerts", { pageSize: 100 }, { meta: seller })).items.filter(
			alert => alert.sku === sku
		);
	for (let i = 0; i < 6; i++) await reserve(order(), 1);
	expect(told("stock.low", sku)).toEqual([expect.objectContaining({ available: 3, threshold: 3 })]);
	expect(told("stock.out", sku)).toHaveLength(1);
	expect(await alerts()).toEqual([expect.objectContaining({ kind: "out", available: 0 })]);
	await adjust(10);
	expect(await alerts()).toEqual([]);
	expect(told("stock.recovered", sku)).toHaveLength(1);
});

it("announces every change with the document's own version", async () => {
	const { sku, reserve } = await stocked(5);
	await Promise.all([reserve(order(), 1), reserve(order(), 1)]);
	const versions = told("stock.changed", sku).map(({ version }) => version);
	expect(versions.toSorted()).toEqual([1, 2, 3]);
});

it("stays small: what no message can reach any more is forgotten", async () => {
	const { reserve, release, sku } = await stocked(100);
	const service = broker.getLocalService("inventory") as unknown as {
		stock: {
			change(q: object, u: object): Promise<unknown>;
			get(id: string): Promise<{ closed: object }>;
		};
	};
	const old = Object.fromEntries(
		Array.from({ length: 100 }, () => [
			`closed.${order()}`,
			{ as: "SOLD", at: Date.now() - 60_000 }
		])
	);
	await service.stock.change({ id: sku }, { $set: old });
	const id = order();
	await reserve(id, 1);
	await release(id, 1);
	expect(Object.keys((await service.stock.get(sku)).closed)).toEqual([id]);
});

it("balances the books after all this", async () => {
	expect(await broker.call("inventory.verify")).toEqual({ checked: made, findings: [] });
});
