import { idOf } from "../id";
import type { Result } from "../shared/contract";
import type { OrderChanged } from "../shared/order.contract";

type Facts = Result<"order.facts">[number];

export interface Line {
	sku: string;
	productId: string;
	title: string;
	units: number;
	revenue: number;
}
/** What a paid or refunded order is to one seller: written once, never changed. */
export interface Entry {
	id: string;
	type: "paid" | "refunded";
	sellerId: string;
	/** The bucket that it counts in. */
	bucket: string;
	/** The quarter of that bucket's hour. */
	quarter: number;
	lines: Line[];
	/** The bucket again, until it has counted it. */
	open?: string;
}
export interface Totals {
	revenue: number;
	refunds: number;
	orders: number;
	units: number;
}
export interface Quarter extends Totals {
	skus: Record<string, Omit<Line, "sku">>;
}
/** A seller's sales of an hour, by quarters: some places' days begin at a quarter or half past. */
export interface Bucket {
	id: string;
	quarters: Record<string, Quarter>;
	/** Entries that are counted in here, and may not know it yet. */
	pending: string[];
	/** Another one after each change, so that one who works on an old state can't write. */
	stamp: string;
}

export const QUARTER = 900_000;
/** More SKUs in a quarter of an hour count in the totals only. */
const MOST_SKUS = 500;
export const nothing = (): Totals => ({ revenue: 0, refunds: 0, orders: 0, units: 0 });

/** Sorts by seller, then by time, so that a span is a range of ids. */
export const bucketId = (sellerId: string, at: number) =>
	`${sellerId}:${String(Math.floor(at / (4 * QUARTER))).padStart(8, "0")}`;
export const hourOf = (bucket: string) => Number(bucket.slice(bucket.lastIndexOf(":") + 1));

function entriesOf(
	orderId: string,
	type: Entry["type"],
	at: string,
	lines: readonly (Line & { sellerId: string })[]
): Entry[] {
	const time = Date.parse(at);
	return [...new Set(lines.map(({ sellerId }) => sellerId))].map(sellerId => {
		const bucket = bucketId(sellerId, time);
		return {
			id: idOf("e", orderId, type, sellerId),
			type,
			sellerId,
			bucket,
			quarter: Math.floor(time / QUARTER) % 4,
			lines: lines
				.filter(line => line.sellerId === sellerId)
				.map(({ sellerId: _, ...line }) => line),
			open: bucket
		};
	});
}

/** The entries of a step of an order; of most there are none. */
export function entriesOfEvent({ id, type, at, items }: OrderChanged): Entry[] {
	if (type !== "paid" && type !== "refunded") return [];
	const lines = items.map(({ sku, productId, title, sellerId, quantity, lineTotal }) => ({
		sku,
		productId,
		title,
		sellerId,
		units: quantity,
		revenue: lineTotal
	}));
	return entriesOf(id, type, at, lines);
}

/** The same entries from what an order says of itself. */
export function entriesOfFacts({ id, paidAt, refundedAt, lines: bought }: Facts): Entry[] {
	const lines = bought.map(({ quantity, unitPrice, ...line }) => ({
		...line,
		units: quantity,
		revenue: quantity * unitPrice
	}));
	return [
		...(paidAt ? entriesOf(id, "paid", paidAt, lines) : []),
		...(refundedAt ? entriesOf(id, "refunded", refundedAt, lines) : [])
	];
}

/** The quarters with some more entries in them. */
export function counted(before: Bucket["quarters"], entries: readonly Entry[]): Bucket["quarters"] {
	const quarters = structuredClone(before);
	for (const { type, quarter, lines } of entries) {
		const into = (quarters[quarter] ??= { ...nothing(), skus: {} });
		const worth = lines.reduce((sum, { revenue }) => sum + revenue, 0);
		if (type === "refunded") {
			into.refunds += worth;
			continue;
		}
		into.orders++;
		into.revenue += worth;
		for (const { sku, units, revenue, ...product } of lines) {
			into.units += units;
			const known = Object.hasOwn(into.skus, sku) ? into.skus[sku]! : { units: 0, revenue: 0 };
			if (!Object.hasOwn(into.skus, sku) && Object.keys(into.skus).length >= MOST_SKUS) continue;
			into.skus[sku] = {
				...product,
				units: known.units + units,
				revenue: known.revenue + revenue
			};
		}
	}
	return quarters;
}
