import type { ServiceSchema } from "moleculer";
import { idOf, newId } from "../../services/id";
import SalesService from "../../services/sales/sales.service";
import type { Result, Sent } from "../../services/shared/contract";
import type { OrderChanged } from "../../services/shared/order.contract";
import { remaining, type Refund } from "../../services/shared/refund";
import { cluster } from "../helpers/cluster";

type Facts = Result<"order.facts">;
let facts: Facts = [];
const Orders: ServiceSchema = {
	name: "order",
	actions: {
		facts: ({ params: { after, limit } }: { params: { after: string; limit: number } }) =>
			facts.filter(({ id }) => id > after).slice(0, limit)
	}
};
const { broker } = cluster([SalesService, Orders]);

const ZONE = "Europe/Berlin";
const HOUR = 3_600_000;
const [ann, ben] = [newId(), newId()];

/** An order of a shop that we know everything of. */
interface Sold {
	id: string;
	heldAt: number;
	paidAt?: number;
	/** Units of the first line that were given back, and when. */
	part?: { at: number; quantity: number };
	refundedAt?: number;
	lines: { sku: string; sellerId: string; quantity: number; unitPrice: number }[];
}
/** The same numbers each time. */
let seed = 7;
const chance = (most: number) => (seed = (seed * 48_271) % 2_147_483_647) % most;

function soldBetween(from: number, to: number, count: number): Sold[] {
	return Array.from({ length: count }, (_, i) => {
		const heldAt = from + Math.floor(((to - from) * (i + chance(100) / 100)) / count);
		const lines = [ann, ben].slice(0, 1 + (i % 2)).map((sellerId, n) => ({
			sku: `sku-${sellerId.slice(-3)}-${chance(9)}`,
			sellerId,
			quantity: 2 + chance(3),
			unitPrice: 100 + 10 * n + chance(900)
		}));
		// some are never paid, some long after they were held
		const paidAt = i % 5 === 4 ? undefined : heldAt + chance(i % 7 === 0 ? 40 * 60_000 : 5000);
		const part =
			paidAt && i % 6 === 2 ? { at: paidAt + chance(60 * HOUR), quantity: 1 } : undefined;
		const refundedAt =
			paidAt && i % 6 < 3 && i % 6 > 0 ? (part?.at ?? paidAt) + chance(30 * HOUR) : undefined;
		return {
			id: idOf("o", from, i),
			heldAt,
			lines,
			...(paidAt && { paidAt }),
			...(part && { part }),
			...(refundedAt && { refundedAt })
		};
	});
}

const iso = (at: number) => new Date(at).toISOString();
const itemsOf = ({ lines }: Sold): OrderChanged["items"] =>
	lines.map(line => ({
		...line,
		productId: `product${line.sku.slice(-1)}`,
		title: line.sku,
		options: {},
		image: null,
		lineTotal: line.quantity * line.unitPrice
	}));
const refundOf = (order: Sold): Refund => {
	const [line] = itemsOf(order);
	const { quantity } = order.part!;
	const { sku, productId, sellerId, unitPrice } = line!;
	const amount = quantity * unitPrice;
	const lines = [{ sku, productId, quantity, amount }];
	return { id: idOf("f", order.id), sellerId, lines, amount, shipping: 0, restock: true };
};
const leftOf = (order: Sold) => remaining(itemsOf(order), order.part ? [refundOf(order)] : []);

/** What the order service tells of it, step by step. */
function stepsOf(order: Sold): OrderChanged[] {
	const step = (type: OrderChanged["type"], at: number, more: Partial<OrderChanged> = {}) => ({
		id: order.id,
		number: "CM-1A2B",
		seq: 1,
		type,
		status: "paid" as const,
		version: 3,
		at: iso(at),
		buyerId: idOf("b", 1),
		total: 0,
		currency: "EUR",
		items: itemsOf(order),
		parcels: [],
		reservedAt: iso(order.heldAt),
		...more
	});
	const { heldAt, paidAt, part, refundedAt } = order;
	return [
		step("reserved", heldAt),
		...(paidAt ? [step("paid", paidAt)] : []),
		...(part ? [step("partly_refunded", part.at, { refund: refundOf(order) })] : []),
		...(refundedAt ? [step("refunded", refundedAt, { items: leftOf(order) })] : [])
	];
}
const factsOf = (order: Sold): Facts[number] => ({
	id: order.id,
	state: "COMPLETED",
	version: 3,
	history: [],
	total: 0,
	dirty: false,
	leaseUntil: 0,
	lines: itemsOf(order).map(({ sku, quantity, unitPrice, sellerId, productId, title }) => ({
		sku,
		quantity,
		unitPrice,
		sellerId,
		productId,
		title
	})),
	reservedAt: iso(order.heldAt),
	paidAt: order.paidAt ? iso(order.paidAt) : null,
	refundedAt: order.refundedAt ? iso(order.refundedAt) : null,
	refunds: order.part ? [{ ...refundOf(order), doneAt: iso(order.part.at) }] : []
});

/** A seller's days as somebody counts them who reads every order, by what a clock in Berlin shows. */
function recount(orders: Sold[], sellerId: string, from: number, to: number) {
	const dayOf = (at: number) => new Date(at).toLocaleDateString("en-CA", { timeZone: ZONE });
	const days = new Map<string, Record<"revenue" | "refunds" | "orders" | "units", number>>();
	const totals = { holds: 0, converted: 0 };
	const isIn = (at = 0) => at >= from && at < to;
	const day = (at: number) => {
		const key = dayOf(at);
		const found = days.get(key) ?? { revenue: 0, refunds: 0, orders: 0, units: 0 };
		days.set(key, found);
		return found;
	};
	const worth = (lines: { quantity: number; unitPrice: number }[]) =>
		lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
	for (const order of orders) {
		const own = order.lines.filter(line => line.sellerId === sellerId);
		if (!own.length) continue;
		const { heldAt, paidAt, part, refundedAt } = order;
		if (isIn(heldAt)) totals.holds++;
		if (isIn(heldAt) && paidAt) totals.converted++;
		if (paidAt && isIn(paidAt)) {
			const into = day(paidAt);
			into.orders++;
			into.revenue += worth(own);
			into.units += own.reduce((sum, { quantity }) => sum + quantity, 0);
		}
		if (part && isIn(part.at) && refundOf(order).sellerId === sellerId)
			day(part.at).refunds += refundOf(order).amount;
		if (refundedAt && isIn(refundedAt))
			day(refundedAt).refunds += worth(leftOf(order).filter(line => line.sellerId === sellerId));
	}
	return { days, totals, dayOf };
}

const dashboard = (sellerId: string, params: Sent<"sales.dashboard">) =>
	broker.call(
		"sales.dashboard",
		{ timeZone: ZONE, ...params },
		{ meta: { user: { id: sellerId, role: "seller", sid: "s" } } }
	);

const insights = (sellerId: string, params: Sent<"sales.insights">) =>
	broker.call(
		"sales.insights",
		{ timeZone: ZONE, ...params },
		{ meta: { user: { id: sellerId, role: "seller", sid: "s" } } }
	);

/** A week around each change of the clocks; midnights of Berlin. */
const WEEKS = [
	["2026-03-25T23:00:00Z", "2026-04-01T22:00:00Z"],
	["2025-10-21T22:00:00Z", "2025-10-28T23:00:00Z"]
] as const;
const weeks = WEEKS.map(([from, to]) => ({ from: Date.parse(from), to: Date.parse(to) }));
const orders = weeks.flatMap(({ from, to }) => soldBetween(from, to, 120));

async function expectRecounted() {
	for (const { from, to } of weeks)
		for (const seller of [ann, ben]) {
			const { days, totals: held, dayOf } = recount(orders, seller, from, to);
			const span = { from: iso(from), to: iso(to) };
			const byDay = await dashboard(seller, { ...span, interval: "day" });
			expect(byDay.series).toHaveLength(7);
			for (const { at, ...sums } of byDay.series)
				expect([dayOf(Date.parse(at)), sums]).toEqual([
					dayOf(Date.parse(at)),
					days.get(dayOf(Date.parse(at))) ?? { revenue: 0, refunds: 0, orders: 0, units: 0 }
				]);
			expect(await insights(seller, span)).toMatchObject({
				conversion: held,
				slowMovers: null,
				categories: null
			});
			// the finer and the coarser view are of the same sales
			const byHour = await dashboard(seller, { ...span, interval: "hour" });
			expect(byHour.series).toHaveLength(
				(to - from) / HOUR // a day of 23 hours, or of 25
			);
			for (const key of ["revenue", "refunds", "orders", "units"] as const) {
				const sum = byHour.series.reduce((sum, step) => sum + step[key], 0);
				expect([key, sum]).toEqual([key, byDay.totals[key]]);
			}
			expect(byHour.topProducts).toEqual(byDay.topProducts);
			expect(byDay.topProducts.reduce((sum, { units }) => sum + units, 0)).toBe(byDay.totals.units);
		}
}

it("counts events, in any order and more than once, as somebody would who reads every order", async () => {
	const steps = orders.flatMap(stepsOf).sort((a, b) => (a.at + a.type < b.at + b.type ? 1 : -1));
	for (let i = 0; i < steps.length; i += 50)
		await Promise.all(
			[...steps.slice(i, i + 50), ...steps.slice(i, i + 5)].map(step =>
				broker.call("sales.record", step)
			)
		);
	for (let tries = 0; ; tries++) {
		try {
			await expectRecounted();
			break;
		} catch (err) {
			if (tries === 60) throw err;
			await new Promise(resolve => setTimeout(resolve, 200));
		}
	}
	// nothing changes when it is all told again
	await Promise.all(steps.slice(0, 100).map(step => broker.call("sales.record", step)));
	facts = orders.map(factsOf).sort((a, b) => (a.id < b.id ? -1 : 1));
	expect(await broker.call("sales.rebuild")).toEqual({ orders: orders.length });
	await expectRecounted();
}, 60_000);

it("answers a year in one go, and no longer ones", async () => {
	const year = { from: "2025-06-01T00:00:00Z", to: "2026-06-01T00:00:00Z" };
	const { series, totals } = await dashboard(ann, { ...year, interval: "month" });
	const { days } = recount(orders, ann, Date.parse(year.from), Date.parse(year.to));
	expect(series).toHaveLength(13); // its first month begins in May, in Berlin
	expect(totals.revenue).toBe([...days.values()].reduce((sum, { revenue }) => sum + revenue, 0));
	await expect(dashboard(ann, { ...year, interval: "hour" })).rejects.toMatchObject({
		type: "VALIDATION_FAILED"
	});
});
