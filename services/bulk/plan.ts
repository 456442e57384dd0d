import { isDeepStrictEqual } from "node:util";
import type { ProductEdit, ProductFacts } from "../shared/batch.contract";
import type { BulkChange, Rounding } from "../shared/bulk.contract";
import type { ErrorCode } from "../shared/errors";

type Prices = NonNullable<ProductEdit["prices"]>;
export type PriceChange = NonNullable<BulkChange["price"]>;
/** A difference, or a number that is to be on the shelf. */
export interface Shift {
	sku: string;
	delta?: number;
	set?: number;
}
/** One product of a batch: what it was, what it is to be, and, once it was tried, what became of that. */
export interface Row {
	id: string;
	title: string;
	/** Of the product that `after` was made for. */
	version: number;
	/** Only what differs; empty where the product itself stays as it is. */
	before: ProductEdit;
	after: ProductEdit;
	stock: Shift[];
	/** The product's version once it was changed. */
	now?: number;
	/** What came of `stock`. */
	moved?: { sku: string; delta: number }[];
}
export interface Flaw {
	id: string;
	code: ErrorCode;
	sku?: string;
}

const MOST_CENTS = 1_000_000_000;
const MOST_TAGS = 20;

const ROUND: Record<Rounding, (cents: number) => number> = {
	none: cents => cents,
	/** To the nearest that ends in .99 */
	cent99: cents => Math.max(99, Math.round((cents - 99) / 100) * 100 + 99),
	whole: cents => Math.max(100, Math.round(cents / 100) * 100)
};

/** The new price: half a cent goes up, what costs nothing stays free, and nothing becomes free by a percentage. */
export function priceOf(cents: number, { set, percent = 0, rounding = "none" }: PriceChange) {
	const basis = Math.round(percent * 100);
	const raw = set ?? Math.round((cents * (10_000 + basis)) / 10_000);
	const least = set === undefined && cents > 0 ? Math.max(1, raw) : raw;
	return least === 0 ? 0 : ROUND[rounding](least);
}

/** The prices that would be different, before and after. A former price stays while it is above the price. */
function pricesOf(prices: Prices, change: PriceChange): { before: Prices; after: Prices } {
	const before: Prices = [];
	const after: Prices = [];
	for (const known of prices) {
		const price = priceOf(known.price, change);
		const { sku, compareAtPrice } = known;
		if (price === known.price) continue;
		before.push(known);
		const kept = compareAtPrice !== undefined && compareAtPrice > price;
		after.push({ sku, price, ...(kept && { compareAtPrice }) });
	}
	return { before, after };
}

const sameTags = (a: string[], b: string[]) =>
	a.length === b.length && a.every((tag, i) => tag === b[i]);
function tagsOf(tags: string[], { add, remove }: NonNullable<BulkChange["tags"]>): string[] {
	return [...new Set([...tags, ...add])].filter(tag => !remove.includes(tag) || add.includes(tag));
}

function shiftsOf(
	skus: string[],
	{ delta, set }: NonNullable<BulkChange["stock"]>,
	available: ReadonlyMap<string, number>
): Shift[] {
	if (delta !== undefined) return skus.map(sku => ({ sku, delta }));
	return set === undefined
		? []
		: skus.filter(sku => available.get(sku) !== set).map(sku => ({ sku, set }));
}

/** What a change comes to for one product, or why it can't be: then nothing of it is tried. */
export function planOf(
	facts: ProductFacts,
	change: BulkChange,
	available: ReadonlyMap<string, number>
): Row | Flaw {
	const { id, version, title, status, publishAt, category, tags, prices } = facts;
	const row: Row = { id, title, version, before: {}, after: {}, stock: [] };
	if (change.status !== undefined && change.status !== status) {
		row.before.status = status;
		row.after.status = change.status;
		if (publishAt !== null) {
			row.before.publishAt = publishAt;
			row.after.publishAt = null;
		}
	}
	if (change.category !== undefined && change.category !== category) {
		row.before.category = category;
		row.after.category = change.category;
	}
	if (change.tags) {
		const next = tagsOf(tags, change.tags);
		if (next.length > MOST_TAGS) return { id, code: "VALIDATION_FAILED" };
		if (!sameTags(tags, next)) {
			row.before.tags = tags;
			row.after.tags = next;
		}
	}
	if (change.price) {
		const { before, after } = pricesOf(prices, change.price);
		const dear = after.find(({ price }) => price > MOST_CENTS);
		if (dear) return { id, code: "VALIDATION_FAILED", sku: dear.sku };
		if (after.length) {
			row.before.prices = before;
			row.after.prices = after;
		}
	}
	if (change.stock) {
		const skus = prices.map(({ sku }) => sku);
		row.stock = shiftsOf(skus, change.stock, available);
		const short = row.stock.find(
			({ sku, delta = 0 }) => delta < 0 && (available.get(sku) ?? 0) + delta < 0
		);
		if (short) return { id, code: "OUT_OF_STOCK", sku: short.sku };
	}
	return row;
}

/** The way back of a row that was changed, from the state that its bulk has left; null where there is nothing to undo. */
export function undoOf({ id, title, now, before, after, moved = [] }: Row): Row | null {
	const stock = moved.map(({ sku, delta }) => ({ sku, delta: -delta }));
	if (now !== undefined) return { id, title, version: now, before: after, after: before, stock };
	return stock.length ? { id, title, version: 0, before: {}, after: {}, stock } : null;
}

/** What can't be put back as it was may still get its stock back. */
export const stockOf = (row: Row): Row => ({ ...row, before: {}, after: {} });

/** Is what a bulk has made of a product still so, whatever else of it has changed? SKUs that are gone are passed over. */
export function isStill(facts: ProductFacts, { prices, ...fields }: ProductEdit): boolean {
	const now = new Map(facts.prices.map(price => [price.sku, price]));
	const left = prices?.filter(({ sku }) => now.has(sku));
	const sameFields = Object.entries(fields).every(([name, value]) =>
		isDeepStrictEqual(facts[name as keyof typeof fields], value)
	);
	const samePrices = left?.every(price => isDeepStrictEqual(now.get(price.sku), price)) ?? true;
	return sameFields && samePrices && left?.length !== 0;
}

export const isFlaw = (outcome: Row | Flaw): outcome is Flaw => "code" in outcome;
export const isEdit = ({ after }: Row) => Object.keys(after).length > 0;
/** Would anything be different? */
export const isChange = (row: Row) => isEdit(row) || row.stock.length > 0;
/** Is anything different? */
export const isChanged = ({ now, moved = [] }: Row) => now !== undefined || moved.length > 0;
