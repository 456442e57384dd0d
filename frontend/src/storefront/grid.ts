import type { Card } from "@shared/catalog.contract";
import type { Answer, Request } from "@shared/routes";
import type { LocationQuery, LocationQueryRaw } from "vue-router";

export type Search = NonNullable<Request<"GET /catalog/products">["query"]>;
export type Found = Answer<"GET /catalog/products">;

export const SORTS = ["newest", "popular", "rating", "price", "-price"] as const;
export const PAGE_SIZE = 24;

const text = (value: LocationQuery[string] | undefined) =>
	(Array.isArray(value) ? value[0] : value) || undefined;
function whole(value: LocationQuery[string] | undefined): number | undefined {
	const number = Number(text(value) ?? NaN);
	return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** The address is the state: what the search is, as the address says. Nonsense in it is left out. */
export function searchOf(query: LocationQuery): Search {
	const q = text(query.q)?.slice(0, 100);
	const sort = text(query.sort);
	const fallback = q ? "relevance" : "newest";
	const seller = text(query.seller);
	return {
		q,
		category: text(query.category)?.slice(0, 80),
		seller: seller && /^[a-z0-9]{8,40}$/.test(seller) ? seller : undefined,
		minPrice: whole(query.minPrice),
		maxPrice: whole(query.maxPrice),
		inStock: query.inStock === "true" || undefined,
		sort: SORTS.find(known => known === sort) ?? fallback,
		page: Math.min(100_000, Math.max(1, whole(query.page) ?? 1)),
		pageSize: PAGE_SIZE
	};
}

/** The address of a changed search: defaults are left out, and a new filter begins on page 1. */
export function queryOf(search: Search, patch: Partial<Search>): LocationQueryRaw {
	const next = { ...search, ...patch };
	return {
		q: next.q || undefined,
		category: next.category,
		seller: next.seller,
		minPrice: next.minPrice,
		maxPrice: next.maxPrice,
		inStock: next.inStock ? "true" : undefined,
		sort:
			next.sort === (next.q ? "relevance" : "newest") || next.sort === "relevance"
				? undefined
				: next.sort,
		page: "page" in patch && patch.page! > 1 ? patch.page : undefined
	};
}

export const isFiltered = ({ q, category, seller, minPrice, maxPrice, inStock }: Search) =>
	[q, category, seller, minPrice, maxPrice, inStock].some(value => value !== undefined);

/** Newer states of what is shown, each in its place: nothing moves under the finger. */
export const refreshed = (shown: readonly Card[], next: readonly Card[]): Card[] =>
	shown.map(card => next.find(({ id }) => id === card.id) ?? card);
/** What has come in since. */
export const added = (shown: readonly Card[], next: readonly Card[]): Card[] =>
	next.filter(card => !shown.some(({ id }) => id === card.id));
/** Is all that is shown still in its place, and only more after it? */
export const follows = (shown: readonly Card[], next: readonly Card[]): boolean =>
	shown.every(({ id }, at) => next[at]?.id === id);

/** Page numbers around the present one; 0 is a gap. */
export function pagesOf(page: number, last: number): number[] {
	const near = [1, page - 1, page, page + 1, last].filter(n => n >= 1 && n <= last);
	const shown = [...new Set(near)].sort((a, b) => a - b);
	return shown.flatMap((n, i) => (i > 0 && n - shown[i - 1]! > 1 ? [0, n] : [n]));
}
