import type { Params } from "../shared/contract";
import type { Entry } from "./entry";
import { sliceOf, type Ordered } from "./orders";
import type { OwnOrder } from "./own-lists";
import type { SearchIndex } from "./search";
import { wordsOf } from "./text";

type Own = Params<"catalog.mine">;
export type OwnFilters = Pick<Own, "q" | "status" | "category" | "lowStock">;

const SORTS: Record<Own["sort"], readonly [order: OwnOrder, backwards: boolean]> = {
	newest: ["created", true],
	"-newest": ["created", false],
	title: ["title", false],
	"-title": ["title", true],
	updated: ["updated", true],
	"-updated": ["updated", false],
	stock: ["stock", false],
	"-stock": ["stock", true],
	price: ["price", false],
	"-price": ["price", true]
};

/** Does a product fit? Undefined where all do. */
export function fitting(
	index: SearchIndex,
	{ q = "", status, category, lowStock }: OwnFilters
): ((entry: Entry) => boolean) | undefined {
	const words = wordsOf(q);
	const path = category === undefined ? undefined : index.pathOf(category);
	if (!words.length && [status, path, lowStock].every(value => value === undefined))
		return undefined;
	return ({ card, short, paths, haystack }) =>
		(status === undefined || card.status === status) &&
		(lowStock === undefined || short === lowStock) &&
		(path === undefined || paths.includes(path)) &&
		words.every(word => haystack.includes(word));
}

/** Looks at products in the order in which they are read. */
export function eachOf({ parts, backwards }: Ordered, look: (entry: Entry) => void): void {
	for (let i = 0; i < parts.length; i++) {
		const part = parts[backwards ? parts.length - 1 - i : i]!;
		for (let j = 0; j < part.length; j++) look(part[backwards ? part.length - 1 - j : j]!);
	}
}

/** A seller's products, in order. */
export function ordered(index: SearchIndex, sellerId: string, sort: Own["sort"]): Ordered {
	const [order, backwards] = SORTS[sort];
	const { parts, length } = index.ownedBy(sellerId, order);
	return { parts, length, backwards };
}

/** Which of a seller's products are on a page of their list. */
export function pageOfOwn(
	index: SearchIndex,
	sellerId: string,
	{ sort, page, pageSize, ...filters }: Own
): { ids: string[]; total: number } {
	const own = ordered(index, sellerId, sort);
	const fits = fitting(index, filters);
	const first = (page - 1) * pageSize;
	if (!fits) return { ids: sliceOf(own, first, pageSize).map(({ id }) => id), total: own.length };
	const byStock = filters.lowStock !== undefined || sort.endsWith("stock");
	const found = index.ownFound(sellerId, ["mine", sort, filters], byStock, () => {
		const ids: string[] = [];
		eachOf(own, entry => fits(entry) && ids.push(entry.id));
		return ids;
	});
	return { ids: found.slice(first, first + pageSize), total: found.length };
}
