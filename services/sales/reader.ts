import type { Collection } from "../../mixins/db.mixin";
import { type Bucket, type Line, nothing, type Totals } from "./entries";
import { bucketId, dayAfter, dayBefore, dayId, HOUR, hourOf, QUARTER } from "./places";
import { type Day, type Goods, linesOf, readGoods, readRows, rolledUpTo, summed } from "./rollup";

/** The totals of a quarter of an hour that begins then. */
export type Slot = [at: number, totals: Totals];
type Span = [from: number, to: number];

/** What was sold in a span of whole days; its number grows with each writing of one of them. */
interface Sum {
	id: string;
	n: number;
	lines: () => Line[];
}
const bySku = ({ sku }: Line) => sku;

const PAGE = 500;
/** Rows that are kept as read, of all sellers together. */
const MOST_KEPT = 200_000;

/** What was read of documents with a number, as long as they have that number; those used last stay. */
class Kept<D extends { id: string; n: number }, T> {
	private readonly kept = new Map<string, { n: number; read: T[] }>();
	private rows = 0;

	constructor(private readonly read: (document: D) => T[]) {}

	has(id: string, n: number): boolean {
		return this.kept.get(id)?.n === n;
	}
	get(id: string): T[] {
		return this.kept.get(id)?.read ?? [];
	}
	take(document: D): T[] {
		const { id, n } = document;
		const known = this.kept.get(id);
		const read = known?.n === n ? known.read : this.read(document);
		if (known) this.forget(id);
		this.kept.set(id, { n, read });
		this.rows += read.length + 1;
		for (const oldest of this.kept.keys()) {
			if (this.rows <= MOST_KEPT) break;
			if (oldest !== id) this.forget(oldest);
		}
		return read;
	}
	private forget(id: string) {
		this.rows -= this.get(id).length + 1;
		this.kept.delete(id);
	}
}

/** Reads a seller's sales of any span: past days from their sums, the last two and the edges from their hours. */
export class Reader {
	private readonly rows = new Kept<Day, Slot>(readRows);
	private readonly lines = new Kept<Goods, Line>(readGoods);
	private readonly sums = new Kept<Sum, Line>(({ lines }) => [...summed(lines(), bySku).values()]);

	constructor(
		private readonly buckets: Collection<Bucket>,
		private readonly days: Collection<Day>,
		private readonly goods: Collection<Goods>
	) {}

	/** By quarters of an hour, in their order. */
	async slots(sellerId: string, from: number, to: number, now = Date.now()): Promise<Slot[]> {
		const line = rolledUpTo(now);
		const [past, recent] = await Promise.all([
			this.daysIn(sellerId, [dayBefore(from), Math.min(dayAfter(to), line)]),
			this.hoursIn(sellerId, [Math.max(from, line), to])
		]);
		const isInside = ([at]: Slot) => at >= from && at < to;
		return [
			...past.flatMap(day => this.rows.take(day).filter(isInside)),
			...recent.flatMap(slotsOf).filter(isInside)
		];
	}

	/** Everything that was sold, SKUs more than once; to be looked at only. */
	async sold(sellerId: string, from: number, to: number, now = Date.now()): Promise<Line[]> {
		const line = rolledUpTo(now);
		const [first, last] = [dayAfter(from), Math.min(dayBefore(to), line)];
		// whole days in the middle, hours before and after them
		const edges: Span[] =
			first < last
				? [
						[from, first],
						[last, to]
					]
				: [[from, to]];
		const [hours, days] = await Promise.all([
			Promise.all(edges.map(span => this.hoursIn(sellerId, span))),
			first < last ? this.goodsIn(sellerId, [first, last]) : []
		]);
		const lines = linesOf(hours.flat().map(bucket => within(bucket, from, to)));
		for (const line of days) lines.push(line);
		return lines;
	}

	private async daysIn(sellerId: string, [from, to]: Span): Promise<Day[]> {
		if (from >= to) return [];
		return this.all(this.days, dayId(sellerId, from), dayId(sellerId, to));
	}
	/** Reads only what isn't kept as it now is; a span's sum stays until one of its days is summed up again. */
	private async goodsIn(sellerId: string, span: Span): Promise<readonly Line[]> {
		const days = await this.daysIn(sellerId, span);
		const id = `${sellerId}:${span.join(":")}`;
		const n = days.reduce((sum, day) => sum + day.n, 0);
		if (this.sums.has(id, n)) return this.sums.take({ id, n, lines: () => [] });
		const lines = (await this.goodsOf(days)).flat();
		// what was sold on a day may be written a moment after its number
		const isWhole = days.every(day => this.lines.has(day.id, day.n));
		return isWhole ? this.sums.take({ id, n, lines: () => lines }) : lines;
	}
	private async goodsOf(days: readonly Day[]): Promise<Line[][]> {
		const missing = days.filter(({ id, n }) => !this.lines.has(id, n)).map(({ id }) => id);
		const read = new Map<string, Line[]>();
		for (let i = 0; i < missing.length; i += PAGE) {
			const ids = missing.slice(i, i + PAGE);
			const found = await this.goods.find({ id: { $in: ids } }, { limit: PAGE });
			for (const goods of found) read.set(goods.id, this.lines.take(goods));
		}
		return days.map(({ id }) => read.get(id) ?? this.lines.get(id));
	}
	private async hoursIn(sellerId: string, [from, to]: Span): Promise<Bucket[]> {
		if (from >= to) return [];
		return this.all(this.buckets, bucketId(sellerId, from), bucketId(sellerId, to + HOUR - 1));
	}
	private async all<T extends { id: string }>(
		table: Collection<T>,
		from: string,
		end: string
	): Promise<T[]> {
		const found: T[] = [];
		for (let next = from; ;) {
			const page = await table.find(
				{ id: { $gte: next, $lt: end } },
				{ sort: ["id"], limit: PAGE }
			);
			found.push(...page);
			if (page.length < PAGE) return found;
			next = `${page.at(-1)!.id}~`;
		}
	}
}

const at = ({ id }: Bucket, quarter: string) => hourOf(id) + Number(quarter) * QUARTER;
const slotsOf = (bucket: Bucket): Slot[] =>
	Object.entries(bucket.quarters).map(([quarter, { skus: _, ...totals }]) => [
		at(bucket, quarter),
		{ ...nothing(), ...totals }
	]);
/** A bucket's quarters that lie in a span. */
function within(bucket: Bucket, from: number, to: number): Bucket {
	const quarters = Object.entries(bucket.quarters).filter(([quarter]) => {
		const begun = at(bucket, quarter);
		return begun >= from && begun < to;
	});
	return { ...bucket, quarters: Object.fromEntries(quarters) };
}
