import type { Params } from "../shared/contract";
import { isLow } from "../shared/stock";
import type { StockNumbers, StockOf } from "./product";
import type { SearchIndex } from "./search";
import { eachOf, fitting, ordered } from "./seller-list";

type Shelf = Params<"catalog.shelf">;

const NONE: Pick<StockNumbers, "available" | "held" | "sold" | "threshold"> = {
	available: 0,
	held: 0,
	sold: 0,
	threshold: 0
};
const isIn: Record<NonNullable<Shelf["state"]>, (stock: typeof NONE) => boolean> = {
	low: ({ available, threshold }) => isLow(available, threshold),
	out: ({ available }) => available === 0,
	held: ({ held }) => held > 0
};
/** Places that one number can hold beside a quantity. */
const PLACES = 2 ** 21;
const LARGEST = 2 ** 31;

/** Which of a seller's SKUs are on a page of their board: in the order of their titles, or of a number. */
export function pageOfShelf(
	index: SearchIndex,
	sellerId: string,
	{ q, state, sort, page, pageSize }: Shelf
): { skus: string[]; total: number } {
	const byStock = state !== undefined || sort !== "title";
	const found = index.ownFound(sellerId, ["shelf", q, state, sort], byStock, () => {
		const skus = skusOf(index, sellerId, { q, state });
		return sort === "title" ? skus : byNumber(skus, index.stockOf, sort);
	});
	const first = (page - 1) * pageSize;
	return { skus: found.slice(first, first + pageSize), total: found.length };
}

/** All that fit, by their titles; what is archived isn't sold. */
function skusOf(
	index: SearchIndex,
	sellerId: string,
	{ q, state }: { q: string | undefined; state: Shelf["state"] }
): string[] {
	const fits = fitting(index, { ...(q !== undefined && { q }) });
	const has = state && isIn[state];
	const found: string[] = [];
	eachOf(ordered(index, sellerId, "title"), entry => {
		if (entry.card.status === "archived" || (fits && !fits(entry))) return;
		for (const sku of entry.skus) if (!has || has(index.stockOf(sku) ?? NONE)) found.push(sku);
	});
	return found;
}

/** The SKUs sorted by a quantity of theirs: as numbers that hold both, for those sort fastest. */
function byNumber(
	skus: readonly string[],
	stockOf: StockOf,
	sort: Exclude<Shelf["sort"], "title">
): string[] {
	const field = sort.replace("-", "") as "available" | "held" | "sold";
	const down = sort.startsWith("-");
	const keys = new Float64Array(Math.min(skus.length, PLACES));
	for (let i = 0; i < keys.length; i++) {
		const quantity = Math.min(stockOf(skus[i]!)?.[field] ?? 0, LARGEST - 1);
		keys[i] = (down ? LARGEST - 1 - quantity : quantity) * PLACES + i;
	}
	return Array.from(keys.sort(), key => skus[key % PLACES]!);
}
