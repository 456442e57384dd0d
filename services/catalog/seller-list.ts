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

/** Products in the order in which they are read. */
export function* inOrder({ parts, backwards }: Ordered): Generator<Entry> {
	if (!backwards) for (const part of parts) yield* part;
	else
		for (let i = parts.length; i-- > 0;)
			for (let j = parts[i]!.length; j-- > 0;) yield parts[i]![j]!;
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
	const ids: string[] = [];
	let total = 0;
	for (const entry of inOrder(own)) {
		if (!fits(entry)) continue;
		if (total >= first && ids.length < pageSize) ids.push(entry.id);
		total++;
	}
	return { ids, total };
}
