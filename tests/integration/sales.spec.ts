import { randomInt } from "node:crypto";
import type { ServiceSchema } from "moleculer";
import { type Collection, db } from "../../mixins/db.mixin";
import { codeOf } from "../../services/errors";
import { newId } from "../../services/id";
import { counted } from "../../services/sales/counted";
import { type Bucket, type Entry, entriesOfEvent } from "../../services/sales/entries";
import { Ledger } from "../../services/sales/ledger";
import { bucketId, dayId } from "../../services/sales/places";
import type { Day } from "../../services/sales/rollup";
import type { Outage } from "../../services/sales/stock-outs";
import SalesService from "../../services/sales/sales.service";
import type { Result, Sent } from "../../services/shared/contract";
import type { OrderChanged } from "../../services/shared/order.contract";
import { cluster } from "../helpers/cluster";

type Facts = Result<"order.facts">;
let facts: Facts = [];
let stock: Result<"inventory.stock"> = [];
let stockIsDown = false;

/** The two services that sales asks, with what they answer here. */
const Orders: ServiceSchema = {
	name: "order",
	actions: {
		facts: ({ params: { after, limit } }: { params: { after: string; limit: number } }) =>
			facts.filter(({ id }) => id > after).slice(0, limit)
	}
};
const Inventory: ServiceSchema = {
	name: "inventory",
	actions: {
		stock({ params: { skus } }: { params: { skus: string[] } }) {
			if (stockIsDown) throw new Error("down");
			return stock.filter(({ sku }) => skus.includes(sku));
		}
	}
};
const zones = new Map<string, string>();
const Auth: ServiceSchema = {
	name: "auth",
	actions: {
		timeZone: ({ params: { id } }: { params: { id: string } }) => zones.get(id) ?? null
	}
};
/** Reads and writes what the service keeps, as a crash would leave it. */
const Store: ServiceSchema = {
	name: "store",
	mixins: [db({ salesEntries: {}, salesBuckets: {}, salesDays: {}, salesOutages: {} })]
};
const { broker } = cluster([SalesService, Orders, Inventory, Auth, Store]);
const store = () =>
	broker.getLocalService("store") as unknown as {
		salesEntries: Collection<Entry>;
		salesBuckets: Collection<Bucket>;
		salesDays: Collection<Day>;
		salesOutages: Collection<Outage>;
	};

const NOON = "2026-05-04T12:10:00.000Z";
const line = (sellerId: string, sku: string, quantity: number, unitPrice: number) => ({
	sku,
	productId: `product${sku.split("-")[0]}`,
	title: sku.split("-")[0]!,
	options: {},
	image: null,
	sellerId,
	unitPrice,
	quantity,
	lineTotal: quantity * unitPrice
});
const newOrder = (items: OrderChanged["items"], changes: Partial<OrderChanged> = {}) => ({
	id: newId(),
	number: "CM-1A2B",
	seq: 1,
	type: "paid" as const,
	status: "paid" as const,
	version: 3,
	at: NOON,
	buyerId: newId(),
	total: items.reduce((sum, { lineTotal }) => sum + lineTotal, 0),
	currency: "EUR",
	items,
	parcels: [],
	...changes
});
const factsOf = (
	{ id, items, at, total, reservedAt }: OrderChanged,
	refundedAt: string | null = null,
	refunds: Facts[number]["refunds"] = []
) => ({
	id,
	state: "COMPLETED",
	version: 3,
	history: [],
	total,
	dirty: false,
	leaseUntil: 0,
	lines: items.map(({ sku, quantity, unitPrice, sellerId, productId, title }) => ({
		sku,
		quantity,
		unitPrice,
		sellerId,
		productId,
		title
	})),
	reservedAt: reservedAt ?? null,
	paidAt: at,
	refundedAt,
	refunds
});
const dashboard = (sellerId: string, params: Sent<"sales.dashboard"> = {}) =>
	broker.call("sales.dashboard", params, {
		meta: { user: { id: sellerId, role: "seller", sid: "s" } }
	});
const day = { from: "2026-05-04T00:00:00Z", to: "2026-05-05T00:00:00Z" };
const refusal = (call: Promise<unknown>) => call.then(() => "nothing", codeOf);
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
/** Polls until it is so, or says what is not. */
async function eventually(check: () => Promise<void>): Promise<void> {
	for (let tries = 0; ; tries++) {
		try {
			return await check();
		} catch (err) {
			if (tries === 100) throw err;
			await pause(50);
		}
	}
}

describe("the dashboard", () => {
	it("shows what was paid, each seller's own, before refunds", async () => {
		const [ann, ben] = [newId(), newId()];
		const order = newOrder([
			line(ann, "mug-1", 2, 1000),
			line(ann, "mug-2", 1, 1500),
			line(ben, "towel-1", 1, 700)
		]);
		await broker.call("sales.record", order);
		await broker.call("sales.record", { ...order, id: newId(), at: "2026-05-04T13:00:00.000Z" });
		await broker.call("sales.record", {
			...order,
			seq: 2,
			type: "refunded",
			at: "2026-05-04T15:59:59.000Z"
		});
		await eventually(async () => {
			const { totals, previous, series, topProducts, currency } = await dashboard(ann, day);
			expect(totals).toEqual({
				revenue: 7000,
				refunds: 3500,
				orders: 2,
				units: 6,
				averageOrderValue: 3500
			});
			expect(previous).toEqual({
				revenue: 0,
				refunds: 0,
				orders: 0,
				units: 0,
				averageOrderValue: 0
			});
			expect(currency).toBe("EUR");
			expect(series).toHaveLength(24);
			expect(series.map(({ revenue }) => revenue).slice(11, 15)).toEqual([0, 3500, 3500, 0]);
			expect(series[15]).toEqual({
				at: "2026-05-04T15:00:00.000Z",
				revenue: 0,
				refunds: 3500,
				orders: 0,
				units: 0
			});
			expect(topProducts).toEqual([
				{ productId: "productmug", title: "mug", units: 6, revenue: 7000 }
			]);
		});
		expect((await dashboard(ben, day)).totals).toMatchObject({ revenue: 1400, units: 2 });
		const next = { from: day.to, to: "2026-05-06T00:00:00Z" };
		expect((await dashboard(ann, next)).previous).toMatchObject({ revenue: 7000, orders: 2 });
	});

	it("counts by the days of a place, at a quarter of an hour", async () => {
		const seller = newId();
		const pay = (at: string) =>
			broker.call("sales.record", newOrder([line(seller, "mug-1", 1, 100)], { at }));
		// Midnight in Kathmandu is 18:15 UTC.
		await Promise.all(["2026-05-04T18:14:59.999Z", "2026-05-04T18:15:00.000Z"].map(pay));
		await eventually(async () => {
			const { series } = await dashboard(seller, {
				from: "2026-05-03T18:15:00Z",
				to: "2026-05-05T18:15:00Z",
				interval: "day",
				timeZone: "Asia/Kathmandu"
			});
			expect(series.map(({ at, orders }) => [at, orders])).toEqual([
				["2026-05-03T18:15:00.000Z", 1],
				["2026-05-04T18:15:00.000Z", 1]
			]);
		});
	});

	it("counts in the days that the seller's account names, unless it is asked for others", async () => {
		const seller = newId();
		zones.set(seller, "Asia/Kathmandu");
		const { from, timeZone, series } = await dashboard(seller);
		expect([timeZone, from.slice(11), series.length]).toEqual([
			"Asia/Kathmandu",
			"18:15:00.000Z",
			24
		]);
		expect((await dashboard(seller, { timeZone: "UTC" })).from).toMatch(/T00:00/);
		const me = { meta: { user: { id: seller, role: "seller" as const, sid: "s" } } };
		expect((await broker.call("sales.insights", {}, me)).timeZone).toBe("Asia/Kathmandu");
	});

	it("shows today by the hour when nothing is asked for", async () => {
		const seller = newId();
		await broker.call(
			"sales.record",
			newOrder([line(seller, "mug-1", 1, 100)], { at: new Date().toISOString() })
		);
		await eventually(async () => {
			const { from, totals, series, interval } = await dashboard(seller);
			expect(from).toBe(`${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`);
			expect([interval, series.length, totals.orders]).toEqual(["hour", 24, 1]);
		});
	});

	it("tells what runs out at the pace of the last seven days, and does without when it can't", async () => {
		const seller = newId();
		const at = new Date(Date.now() - 86_400_000).toISOString();
		const sold = (sku: string, units: number) =>
			broker.call("sales.record", newOrder([line(seller, sku, units, 100)], { at }));
		await Promise.all([
			sold("fast-1", 70),
			sold("slow-1", 7),
			sold("gone-1", 7),
			sold("calm-1", 1)
		]);
		const shelf = (sku: string, available: number) => ({
			sku,
			productId: newId(),
			available,
			held: 0,
			version: 1,
			at,
			sold: 0,
			threshold: 5
		});
		stock = [shelf("slow-1", 10), shelf("fast-1", 20), shelf("gone-1", 0), shelf("calm-1", 900)];
		await eventually(async () => {
			const { runOut } = await dashboard(seller);
			expect(runOut).toMatchObject([
				{ sku: "fast-1", available: 20, perDay: 10 },
				{ sku: "slow-1", available: 10, perDay: 1 }
			]);
			const days = (Date.parse(runOut[0]!.runsOutAt) - Date.now()) / 86_400_000;
			expect(days).toBeCloseTo(2, 2);
		});
		stockIsDown = true;
		const { runOut } = await dashboard(seller);
		stockIsDown = false;
		expect(runOut).toEqual([]);
	});

	it("does not take for sold, in its rates and forecasts, what is on the shelf again", async () => {
		const seller = newId();
		const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
		const sell = (sku: string, units: number, at = ago(5)) =>
			newOrder([line(seller, sku, units, 100)], { at, paidAt: at });
		const part = (order: OrderChanged, quantity: number, restock: boolean): OrderChanged => {
			const [{ sku, productId, unitPrice }] = order.items as [OrderChanged["items"][number]];
			const amount = quantity * unitPrice;
			const lines = [{ sku, productId, quantity, amount }];
			const refund = { id: newId(), sellerId: seller, lines, amount, shipping: 0, restock };
			return { ...order, seq: 3, type: "partly_refunded", at: ago(2), refund };
		};
		const [whole, some, kept] = [sell("whole-1", 7), sell("some-1", 14), sell("kept-1", 7)];
		// sold before those days: its coming back says nothing of them
		const [long, now] = [sell("long-1", 20, ago(20)), sell("long-1", 7)];
		const refunds = [part(some, 4, true), part(some, 3, true), part(kept, 7, false)];
		const steps = [
			...[whole, some, kept, long, now],
			{ ...whole, seq: 3, type: "refunded" as const, at: ago(2) },
			{ ...long, seq: 3, type: "refunded" as const, at: ago(1) },
			...refunds
		];
		for (const step of steps.toReversed()) await broker.call("sales.record", step);
		const skus = ["whole-1", "some-1", "kept-1", "long-1"];
		stock = skus.map(sku => ({
			sku,
			productId: newId(),
			available: 10,
			held: 0,
			version: 1,
			at: ago(0),
			sold: 0,
			threshold: 5
		}));
		const check = async () => {
			const { items } = await broker.call(
				"sales.rates",
				{ skus: skus.join() },
				{ meta: { user: { id: seller, role: "seller", sid: "s" } } }
			);
			expect(items).toEqual([
				{ sku: "whole-1", units: 0, perDay: 0 },
				{ sku: "some-1", units: 7, perDay: 1 },
				{ sku: "kept-1", units: 7, perDay: 1 },
				{ sku: "long-1", units: 7, perDay: 1 }
			]);
			const { runOut, totals, topProducts } = await dashboard(seller, { from: ago(10) });
			expect(runOut.map(({ sku }) => sku).sort()).toEqual(["kept-1", "long-1", "some-1"]);
			// takings stay what was paid, before refunds
			expect(totals).toMatchObject({ units: 35, revenue: 3500, orders: 4, refunds: 4100 });
			expect(topProducts.reduce((sum, { units }) => sum + units, 0)).toBe(35);
		};
		await eventually(check);
		// the same from the orders
		const refunded = new Map([
			[whole.id, ago(2)],
			[long.id, ago(1)]
		]);
		facts = [whole, some, kept, long, now]
			.map(order =>
				factsOf(
					order,
					refunded.get(order.id) ?? null,
					refunds.flatMap(({ id, at, refund }) =>
						id === order.id ? [{ ...refund!, doneAt: at }] : []
					)
				)
			)
			.sort((a, b) => (a.id < b.id ? -1 : 1));
		await broker.call("sales.rebuild");
		await check();
	});

	it.each<Sent<"sales.dashboard">>([
		{ timeZone: "Nowhere/City" },
		{ from: day.to, to: day.from },
		{ from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z", interval: "hour" },
		{ from: "2020-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z", interval: "month" },
		{ from: "0001-01-01T00:00:00Z", to: "0001-01-02T00:00:00Z" },
		{ to: "9999-12-31T23:59:59Z" }
	])("refuses %j", async params => {
		expect(await refusal(dashboard(newId(), params))).toBe("VALIDATION_FAILED");
	});
});

describe("counting", () => {
	const one = { revenue: 200, orders: 1, units: 2 };

	it("counts an event once, however often and late it comes", async () => {
		const seller = newId();
		const paid = newOrder([line(seller, "mug-1", 2, 100)]);
		const refunded = { ...paid, seq: 2, type: "refunded" as const };
		await Promise.all(
			[refunded, paid, paid, refunded, paid].map(event => broker.call("sales.record", event))
		);
		await eventually(async () =>
			expect((await dashboard(seller, day)).totals).toMatchObject({ ...one, refunds: 200 })
		);
		await broker.call("sales.record", paid);
		await pause(100);
		expect((await dashboard(seller, day)).totals).toMatchObject({ ...one, refunds: 200 });
	});

	it("goes on after a crash between writing an entry and counting it", async () => {
		const seller = newId();
		const [entry] = entriesOfEvent(newOrder([line(seller, "mug-1", 2, 100)]));
		await store().salesEntries.create(entry!);
		await eventually(async () => expect((await dashboard(seller, day)).totals).toMatchObject(one));
	});

	it("does not count twice after a crash between counting an entry and closing it", async () => {
		const seller = newId();
		const [entry] = entriesOfEvent(newOrder([line(seller, "mug-1", 2, 100)]));
		await store().salesBuckets.create({
			id: entry!.bucket,
			quarters: counted({}, [entry!]),
			pending: [entry!.id],
			stamp: newId(),
			rollAt: 1
		});
		await store().salesEntries.create(entry!);
		await eventually(async () => {
			expect((await store().salesEntries.get(entry!.id))!.open).toBeUndefined();
			expect((await store().salesBuckets.get(entry!.bucket))!.pending).toEqual([]);
		});
		expect((await dashboard(seller, day)).totals).toMatchObject(one);
	});

	it("is exact with three nodes that fail before and after any write", async () => {
		const { salesEntries, salesBuckets } = store();
		const seller = newId();
		let faults = 0;
		const shaky = <T extends { id: string }>(collection: Collection<T>) =>
			new Proxy(collection, {
				get(target, key) {
					const found: unknown = Reflect.get(target, key);
					if (typeof found !== "function") return found;
					return async (...args: unknown[]) => {
						const fate = randomInt(12);
						await pause(randomInt(6));
						if (fate === 0 && faults++ >= 0) throw new Error("crashed before");
						const result: unknown = await found.apply(target, args);
						if (fate === 1 && faults++ >= 0) throw new Error("crashed after");
						return result;
					};
				}
			});
		const nodes = Array.from(
			{ length: 3 },
			() => new Ledger(shaky(salesEntries), shaky(salesBuckets), () => {})
		);
		const events = Array.from({ length: 150 }, () => newOrder([line(seller, "mug-1", 2, 100)]));
		await Promise.all(
			events.flatMap(event =>
				nodes.map(async node => {
					await pause(randomInt(1000));
					await node.record(entriesOfEvent(event)).catch(() => {});
				})
			)
		);
		await Promise.all(
			events.map(event =>
				Promise.all(entriesOfEvent(event).map(entry => salesEntries.create(entry)))
			)
		);
		for (let i = 0; i < 20; i++) {
			await Promise.all(nodes.map(node => node.sweep().catch(() => {})));
			await Promise.all(nodes.map(node => node.idle()));
		}
		await eventually(async () => {
			const { totals } = await dashboard(seller, day);
			expect(totals).toMatchObject({ revenue: 30_000, orders: 150, units: 300 });
			expect(await salesEntries.count({ open: bucketId(seller, Date.parse(NOON)) })).toBe(0);
		});
		expect(faults).toBeGreaterThan(20);
	});
});

describe("rebuilding", () => {
	it("comes to the same from the orders alone, and mends what was damaged", async () => {
		const [ann, ben, again] = [newId(), newId(), newId()];
		const order = (seller: string, i: number) =>
			newOrder([line(seller, `mug-${i % 3}`, i + 1, 100), line(seller, "towel-1", 1, 50)], {
				at: new Date(Date.parse(NOON) + i * 1_000_000).toISOString()
			});
		const [paid, told] = [ann, ben].map(seller =>
			Array.from({ length: 12 }, (_, i) => order(seller, i))
		) as [ReturnType<typeof order>[], ReturnType<typeof order>[]];
		for (const event of told) await broker.call("sales.record", event);
		const refunded = "2026-05-04T20:00:00.000Z";
		await broker.call("sales.record", { ...told[0]!, seq: 2, type: "refunded", at: refunded });
		await eventually(async () => expect((await dashboard(ben, day)).totals.orders).toBe(12));

		facts = [...paid, ...told, order(again, 0)]
			.map(event => factsOf(event, event === paid[0] || event === told[0] ? refunded : null))
			.sort((a, b) => (a.id < b.id ? -1 : 1));
		const { id } = entriesOfEvent(told[3]!)[0]!;
		const bucket = (await store().salesEntries.get(id))!.bucket;
		await store().salesBuckets.change({ id: bucket }, { $set: { quarters: {} } });
		await store().salesDays.change(
			{ id: dayId(ben, Date.parse(told[3]!.at)) },
			{ $set: { rows: "[]", n: 99 } }
		);
		expect((await dashboard(ben, day)).totals.orders).toBeLessThan(12);

		expect(await broker.call("sales.rebuild")).toEqual({ orders: 25 });
		const fromEvents = await dashboard(ben, day);
		const fromFacts = await dashboard(ann, day);
		expect(fromEvents.totals).toMatchObject({ orders: 12, refunds: 150 });
		for (const key of ["totals", "series", "topProducts"] as const) {
			expect(fromFacts[key]).toEqual(fromEvents[key]);
		}
		await broker.call("sales.rebuild");
		expect(await dashboard(ann, day)).toEqual(fromFacts);
	});
});
