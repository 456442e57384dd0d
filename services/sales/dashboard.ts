import type { Result } from "../shared/contract";
import type { Dashboard } from "../shared/sales.contract";
import {
	type Bucket,
	hourOf,
	type Line,
	nothing,
	QUARTER,
	type Quarter,
	type Totals
} from "./entries";

const DAY = 86_400_000;
/** Days of sales that the forecast looks back on, and days ahead that it tells of. */
export const LOOK_BACK = 7;
const LOOK_AHEAD = 60;
const MOST = 10;

/** A quarter of an hour with the time of its beginning. */
export type Slot = [at: number, quarter: Quarter];

export const slotsOf = (buckets: readonly Bucket[]): Slot[] =>
	buckets.flatMap(({ id, quarters }) =>
		Object.entries(quarters).map(([quarter, slot]): Slot => [
			(hourOf(id) * 4 + Number(quarter)) * QUARTER,
			slot
		])
	);
export const within = (slots: readonly Slot[], from: number, to: number) =>
	slots.filter(([at]) => at >= from && at < to);

const plus = (a: Totals, b: Totals): Totals => ({
	revenue: a.revenue + b.revenue,
	refunds: a.refunds + b.refunds,
	orders: a.orders + b.orders,
	units: a.units + b.units
});

export function totalsOf(slots: readonly Slot[]): Dashboard["totals"] {
	const sum = slots.reduce((sum, [, slot]) => plus(sum, slot), nothing());
	const averageOrderValue = sum.orders === 0 ? 0 : Math.round(sum.revenue / sum.orders);
	return { ...sum, averageOrderValue };
}

/** The takings of each step, nothing where nothing was sold. */
export function seriesOf(slots: readonly Slot[], steps: readonly number[]): Dashboard["series"] {
	const sums = steps.map(nothing);
	for (const [at, slot] of slots) {
		const i = steps.findLastIndex(start => start <= at);
		if (i >= 0) sums[i] = plus(sums[i]!, slot);
	}
	return steps.map((at, i) => ({ at: new Date(at).toISOString(), ...sums[i]! }));
}

/** Adds up by some key of the lines; the last title stands. */
function summed(slots: readonly Slot[], keyOf: (line: Line) => string): Map<string, Line> {
	const sums = new Map<string, Line>();
	for (const [, { skus }] of slots) {
		for (const [sku, sold] of Object.entries(skus)) {
			const line = { sku, ...sold };
			const known = sums.get(keyOf(line)) ?? { units: 0, revenue: 0 };
			sums.set(keyOf(line), {
				...line,
				units: known.units + line.units,
				revenue: known.revenue + line.revenue
			});
		}
	}
	return sums;
}

export const topProducts = (slots: readonly Slot[]): Dashboard["topProducts"] =>
	[...summed(slots, ({ productId }) => productId).values()]
		.sort((a, b) => b.revenue - a.revenue || b.units - a.units)
		.slice(0, MOST)
		.map(({ productId, title, units, revenue }) => ({ productId, title, units, revenue }));

/** The SKUs that sell, the best first. */
export const soldSkus = (slots: readonly Slot[]): Map<string, number> =>
	new Map(
		[...summed(slots, ({ sku }) => sku).values()]
			.sort((a, b) => b.units - a.units)
			.map(({ sku, units }) => [sku, units])
	);

const perDay = (units: number) => Math.round((units / LOOK_BACK) * 100) / 100;
/** How fast a SKU sold lately; one that didn't, not at all. */
export function rateOf(sku: string, sold: ReadonlyMap<string, number>) {
	const units = sold.get(sku) ?? 0;
	return { sku, units, perDay: perDay(units) };
}

/** Which SKUs will be gone first if they go on selling as in the last days; those gone are no forecast. */
export const runOut = (
	sold: ReadonlyMap<string, number>,
	stock: Result<"inventory.stock">,
	now: number
): Dashboard["runOut"] =>
	stock
		.flatMap(({ sku, available }) => {
			const units = sold.get(sku) ?? 0;
			const days = (available * LOOK_BACK) / units;
			return available > 0 && units > 0 && days <= LOOK_AHEAD
				? [{ sku, available, units, days }]
				: [];
		})
		.sort((a, b) => a.days - b.days)
		.slice(0, MOST)
		.map(({ sku, available, units, days }) => ({
			sku,
			available,
			perDay: perDay(units),
			runsOutAt: new Date(now + days * DAY).toISOString()
		}));
