import type { Result } from "../shared/contract";
import type { Dashboard, Insights } from "../shared/sales.contract";
import { type Line, nothing, type Totals } from "./entries";
import { DAY } from "./places";
import type { Slot } from "./reader";

/** Days of sales that the forecast looks back on, and days ahead that it tells of. */
export const LOOK_BACK = 7;
const LOOK_AHEAD = 60;
const MOST = 10;
/** SKUs whose stock is asked for: those that sell best. */
const MOST_ASKED = 1000;

function add(sum: Totals, more: Totals): Totals {
	sum.revenue += more.revenue;
	sum.refunds += more.refunds;
	sum.orders += more.orders;
	sum.units += more.units;
	sum.holds += more.holds;
	sum.converted += more.converted;
	return sum;
}

const sumOf = (slots: readonly Slot[]) =>
	slots.reduce((sum, [, slot]) => add(sum, slot), nothing());
export const conversionOf = (slots: readonly Slot[]): Insights["conversion"] => {
	const { holds, converted } = sumOf(slots);
	return { holds, converted };
};
export function totalsOf(slots: readonly Slot[]): Dashboard["totals"] {
	const { revenue, refunds, orders, units } = sumOf(slots);
	const averageOrderValue = orders === 0 ? 0 : Math.round(revenue / orders);
	return { revenue, refunds, orders, units, averageOrderValue };
}

/** The takings of each step, nothing where nothing was sold; quickest where the slots come in their order. */
export function seriesOf(slots: readonly Slot[], steps: readonly number[]): Dashboard["series"] {
	const sums = steps.map(nothing);
	let i = 0;
	for (const [at, slot] of slots) {
		while (i > 0 && steps[i]! > at) i--;
		while (i + 1 < steps.length && steps[i + 1]! <= at) i++;
		if (steps[i]! <= at) add(sums[i]!, slot);
	}
	return steps.map((at, i) => {
		const { revenue, refunds, orders, units } = sums[i]!;
		return { at: new Date(at).toISOString(), revenue, refunds, orders, units };
	});
}

export const topProducts = (products: Iterable<Line>): Dashboard["topProducts"] =>
	[...products]
		.sort((a, b) => b.revenue - a.revenue || b.units - a.units)
		.slice(0, MOST)
		.map(({ productId, title, units, revenue }) => ({ productId, title, units, revenue }));

const perDay = (units: number) => Math.round((units / LOOK_BACK) * 100) / 100;
/** Units that were sold and stayed so: what came back can be sold again. */
const gone = (line: Line | undefined) => (line ? Math.max(0, line.units - (line.back ?? 0)) : 0);
/** How fast a SKU sold lately; one that didn't, not at all. */
export function rateOf(sku: string, sold: ReadonlyMap<string, Line>) {
	const units = gone(sold.get(sku));
	return { sku, units, perDay: perDay(units) };
}

/** The SKUs that sell, the best first, as many as are asked about. */
export const bestSellers = (sold: ReadonlyMap<string, Line>): string[] =>
	[...sold.values()]
		.sort((a, b) => gone(b) - gone(a))
		.slice(0, MOST_ASKED)
		.map(({ sku }) => sku);

/** Which SKUs will be gone first if they go on selling as in the last days; those gone are no forecast. */
export const runOut = (
	sold: ReadonlyMap<string, Line>,
	stock: Result<"inventory.stock">,
	now: number
): Dashboard["runOut"] =>
	stock
		.flatMap(({ sku, available }) => {
			const units = gone(sold.get(sku));
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
