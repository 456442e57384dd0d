import type { Collection } from "../../mixins/db.mixin";
import { type Bucket, type Line, nothing, type Totals } from "./entries";
import { bucketId, DAY, dayBefore, dayId, dayOf, HOUR, hourOf, QUARTER, sellerOf } from "./places";

/** A quarter of an hour of a day, as compact as it can be: the quarter and its totals. */
type Row = [quarter: number, ...totals: number[]];
type SoldRow = [
	sku: string,
	productId: string,
	title: string,
	units: number,
	revenue: number,
	back?: number
];
/** A seller's day of UTC by quarters of an hour. What is kept as text is handed on without being looked at. */
export interface Day {
	id: string;
	/** Grows with each writing. */
	n: number;
	rows: string;
}
/** What was sold on that day; of the writing with the same number. */
export interface Goods {
	id: string;
	n: number;
	sold: string;
}

const KEYS = Object.keys(nothing()) as (keyof Totals)[];
const TRIES = 20;
const AT_ONCE = 500;
/** A day is summed up an hour after its end: later ones that count in it, refunds say, have it summed up again. */
const REST = HOUR;

/** When the day of a bucket that has just changed is to be summed up. */
export const rollAt = (bucket: string, now: number) =>
	Math.max(now, dayBefore(hourOf(bucket)) + DAY + REST);
/** Days before this one are read as sums: a day later than they are due, so that no one is early. */
export const rolledUpTo = (now: number) => dayBefore(now) - DAY;

/** In their order, though some days of older demo stores were written without. */
export const readRows = ({ id, rows }: Day): [at: number, Totals][] =>
	(JSON.parse(rows) as Row[])
		.sort(([a], [b]) => a - b)
		.map(([quarter, ...values]) => [
			dayOf(id) + quarter * QUARTER,
			Object.fromEntries(KEYS.map((key, i) => [key, values[i] ?? 0])) as unknown as Totals
		]);
export const readGoods = ({ sold }: Goods): Line[] =>
	(JSON.parse(sold) as SoldRow[]).map(([sku, productId, title, units, revenue, back]) => ({
		sku,
		productId,
		title,
		units,
		revenue,
		...(back && { back })
	}));

/** The lines of all that was sold, each SKU of a bucket's quarter for itself. */
export const linesOf = (buckets: readonly Bucket[]): Line[] =>
	buckets.flatMap(({ quarters }) =>
		Object.values(quarters).flatMap(({ skus }) =>
			Object.entries(skus).map(([sku, line]) => ({ sku, ...line }))
		)
	);

/** Adds up by some key of the lines; the last title stands. */
export function summed(lines: Iterable<Line>, keyOf: (line: Line) => string): Map<string, Line> {
	const sums = new Map<string, Line>();
	for (const line of lines) {
		const key = keyOf(line);
		const known = sums.get(key);
		if (known) {
			known.units += line.units;
			known.revenue += line.revenue;
			if (line.back) known.back = (known.back ?? 0) + line.back;
			known.title = line.title;
		} else sums.set(key, { ...line });
	}
	return sums;
}

/** A day's sums from its buckets, in whatever order they come. */
export function dayFrom(some: readonly Bucket[]): { rows: string; sold: string } {
	const buckets = some.toSorted((a, b) => hourOf(a.id) - hourOf(b.id));
	const rows = buckets.flatMap(({ id, quarters }) =>
		Object.entries(quarters).map(([quarter, totals]): Row => [
			((hourOf(id) % DAY) / HOUR) * 4 + Number(quarter),
			...KEYS.map(key => totals[key] ?? 0)
		])
	);
	const sold = [...summed(linesOf(buckets), ({ sku }) => sku).values()].map(
		({ sku, productId, title, units, revenue, back }): SoldRow =>
			back ? [sku, productId, title, units, revenue, back] : [sku, productId, title, units, revenue]
	);
	return { rows: JSON.stringify(rows), sold: JSON.stringify(sold) };
}

/**
 * Sums days up from their buckets, so that a year is some hundred documents. A sum is made anew from all of its
 * buckets and bound to its number, so it may be made twice, by two, or halfway: the buckets stay due until it is done.
 */
export class Rollup {
	constructor(
		private readonly buckets: Collection<Bucket>,
		private readonly days: Collection<Day>,
		private readonly goods: Collection<Goods>
	) {}

	/** Sums up what is due. */
	async run(now = Date.now()): Promise<void> {
		for (;;) {
			const due = await this.buckets.find(
				{ rollAt: { $lte: now } },
				{ sort: ["rollAt"], limit: AT_ONCE }
			);
			const days = new Set(due.map(({ id }) => dayId(sellerOf(id), hourOf(id))));
			for (const id of days) await this.sum(id);
			if (due.length < AT_ONCE) return;
		}
	}

	private async sum(id: string): Promise<void> {
		const [sellerId, start] = [sellerOf(id), dayOf(id)];
		for (let tries = 0; tries < TRIES; tries++) {
			// its number first: whoever reads the buckets earlier can't write later
			const { n } = await this.dayOf(id);
			const buckets = await this.buckets.find(
				{ id: { $gte: bucketId(sellerId, start), $lt: bucketId(sellerId, start + DAY) } },
				{ sort: ["id"], limit: 24 }
			);
			const { rows, sold } = dayFrom(buckets);
			if (!(await this.days.change({ id, n }, { $set: { rows, n: n + 1 } }))) continue;
			await this.sell(id, n + 1, sold);
			for (const { id, stamp, rollAt } of buckets)
				if (rollAt !== undefined)
					await this.buckets.change({ id, stamp }, { $unset: { rollAt: true } });
			return;
		}
		throw new Error(`Day ${id} changes too often to be summed up`);
	}
	private async dayOf(id: string): Promise<Day> {
		await this.days.create({ id, n: 0, rows: "[]" });
		return (await this.days.get(id))!;
	}
	/** The newer writing stays. */
	private async sell(id: string, n: number, sold: string): Promise<void> {
		if (await this.goods.create({ id, n, sold })) return;
		await this.goods.change({ id, n: { $lt: n } }, { $set: { n, sold } });
	}
}
