import type { Params } from "../shared/contract";
import { isLow } from "../shared/stock";
import type { StockNumbers, StockOf } from "./product";
import type { SearchIndex } from "./search";
import { fitting, inOrder, ordered } from "./seller-list";

type Shelf = Params<"catalog.shelf">;
export interface Place {
	sku: string;
	productId: string;
}

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
): { places: Place[]; total: number } {
	const fits = fitting(index, { ...(q !== undefined && { q }) });
	const { stockOf } = index;
	const places: Place[] = [];
	for (const entry of inOrder(ordered(index, sellerId, "title"))) {
		if (entry.card.status === "archived" || (fits && !fits(entry))) continue;
		for (const sku of entry.skus)
			if (!state || isIn[state](stockOf(sku) ?? NONE)) places.push({ sku, productId: entry.id });
	}
	const first = (page - 1) * pageSize;
	const total = places.length;
	if (sort === "title") return { places: places.slice(first, first + pageSize), total };
	const sorted = byNumber(places, stockOf, sort).subarray(first, first + pageSize);
	return { places: Array.from(sorted, key => places[key % PLACES]!), total };
}

/** The places sorted by a quantity of theirs: as numbers that hold both, for those sort fastest. */
function byNumber(
	places: readonly Place[],
	stockOf: StockOf,
	sort: Exclude<Shelf["sort"], "title">
): Float64Array {
	const field = sort.replace("-", "") as "available" | "held" | "sold";
	const down = sort.startsWith("-");
	const keys = new Float64Array(Math.min(places.length, PLACES));
	for (let i = 0; i < keys.length; i++) {
		const quantity = Math.min(stockOf(places[i]!.sku)?.[field] ?? 0, LARGEST - 1);
		keys[i] = (down ? LARGEST - 1 - quantity : quantity) * PLACES + i;
	}
	return keys.sort();
}
