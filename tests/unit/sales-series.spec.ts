import { pastOrder } from "../../seed/past/orders";
import { PastSales } from "../../seed/past/sales";
import { dice, moments } from "../../seed/past/shape";
import { BUYERS } from "../../seed/store";
import { seriesOf, totalsOf } from "../../services/sales/dashboard";
import { dayId } from "../../services/sales/places";
import { readRows } from "../../services/sales/rollup";
import type { Slot } from "../../services/sales/reader";
import { stepsOf } from "../../services/shared/calendar";
import { Interval } from "../../services/shared/sales.contract";

const DAY = 86_400_000;
const QUARTER = 900_000;
const NOW = Date.parse("2026-11-23T02:30:00Z");
const SELLER = "u0123456789abcdef";
const ZONES = ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"];
const KEYS = ["revenue", "refunds", "orders", "units"] as const;

/** Steps of at most 400 each, over the whole of the slots. */
function expectWhole(slots: Slot[]) {
	const all = slots.map(([at]) => at).sort((a, b) => a - b);
	const from = all[0]!;
	const to = all.at(-1)! + QUARTER;
	for (const timeZone of ZONES)
		for (const interval of Interval.options) {
			const span = interval === "hour" ? 15 * DAY : 390 * DAY;
			for (let start = from; start < to; start += span) {
				const end = Math.min(to, start + span);
				const some = slots.filter(([at]) => at >= start && at < end);
				const series = seriesOf(some, stepsOf(interval, start, end, timeZone, 400)!);
				const totals = totalsOf(some);
				for (const key of KEYS) {
					const sum = series.reduce((sum, step) => sum + step[key], 0);
					expect([timeZone, interval, start, key, sum]).toEqual([
						timeZone,
						interval,
						start,
						key,
						totals[key]
					]);
				}
			}
		}
}

const past = () => {
	const random = dice(7);
	const sales = new PastSales(NOW);
	for (const [n, at] of moments(3000, NOW, random).entries()) {
		const ending = n % 9 === 0 && NOW - at > 2 * DAY ? "REFUNDED" : "COMPLETED";
		const sku = `past-${n % 7}`;
		const sellable = {
			sku,
			productId: `p${n % 7}`,
			slug: sku,
			title: sku,
			options: {},
			image: null,
			unitPrice: 100 + n,
			sellerId: SELLER,
			shopName: "Past",
			status: "published" as const
		};
		const { address } = BUYERS[0]!;
		const lines = [{ sellable, quantity: 1 + (n % 2) }];
		sales.count(pastOrder(n, { buyerId: "b1", lines, address, at, ending }, NOW));
	}
	return sales.days().days.toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

it("shows in the series of a seeded past all that is in its totals, in any interval and time zone", () => {
	const days = past();
	expect(days.length).toBeGreaterThan(300);
	for (const { id, rows } of days) {
		const quarters = (JSON.parse(rows) as number[][]).map(([quarter]) => quarter!);
		expect([id, quarters]).toEqual([id, quarters.toSorted((a, b) => a - b)]);
	}
	expectWhole(days.flatMap(readRows));
});

it("does so for rows that were written in no order", () => {
	const random = dice(11);
	const days = Array.from({ length: 40 }, (_, i) => {
		const quarters = Array.from({ length: 96 }, (_, quarter) => quarter)
			.filter(() => random() < 0.4)
			.map(quarter => ({ quarter, lot: random() }))
			.sort((a, b) => a.lot - b.lot);
		const rows = quarters.map(({ quarter }) => [
			quarter,
			...Array.from({ length: 6 }, () => Math.floor(random() * 1000))
		]);
		return { id: dayId(SELLER, NOW - (40 - i) * DAY), n: 1, rows: JSON.stringify(rows) };
	});
	const slots = days.flatMap(readRows);
	expect(slots.map(([at]) => at)).toEqual(slots.map(([at]) => at).sort((a, b) => a - b));
	expectWhole(slots);
	expectWhole(
		slots
			.map(slot => ({ slot, lot: random() }))
			.sort((a, b) => a.lot - b.lot)
			.map(({ slot }) => slot)
	);
});
