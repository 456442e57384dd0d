import type { ProductStatus } from "@shared/catalog.contract";
import type { Request } from "@shared/routes";
import type { LocationQuery, LocationQueryRaw } from "vue-router";

export type ProductSearch = NonNullable<Request<"GET /seller/products">["query"]>;
type Sort = NonNullable<ProductSearch["sort"]>;

export const PAGE_SIZE = 25;
export const PAGE_SIZES = [25, 50, 100] as const;
const STATUSES: readonly ProductStatus[] = ["published", "draft", "archived"];
const SORTS: readonly Sort[] = [
	"newest",
	"-newest",
	"title",
	"-title",
	"updated",
	"stock",
	"-stock",
	"price",
	"-price"
];

const text = (value: LocationQuery[string] | undefined) =>
	(Array.isArray(value) ? value[0] : value) || undefined;
export const pageOf = (query: LocationQuery) =>
	Math.min(100_000, Math.max(1, Math.trunc(Number(text(query.page))) || 1));

/** The address is the state: what is looked for, as the address says. Nonsense in it is left out. */
export const searchOf = (query: LocationQuery): ProductSearch => ({
	q: text(query.q)?.slice(0, 100),
	status: STATUSES.find(status => status === query.status),
	category: text(query.category)?.slice(0, 80),
	lowStock: query.low === "1" || undefined,
	sort: SORTS.find(sort => sort === query.sort) ?? "newest",
	page: pageOf(query),
	pageSize: PAGE_SIZES.find(size => String(size) === query.size) ?? PAGE_SIZE
});

/** The address of a changed search: defaults are left out, and a new filter begins on page 1. */
export function queryOf(search: ProductSearch, patch: Partial<ProductSearch>): LocationQueryRaw {
	const { q, status, category, lowStock, sort, pageSize } = { ...search, ...patch };
	return {
		q,
		status,
		category,
		low: lowStock ? "1" : undefined,
		sort: sort === "newest" ? undefined : sort,
		size: pageSize === PAGE_SIZE ? undefined : pageSize,
		page: patch.page && patch.page > 1 ? patch.page : undefined
	};
}

export const isFiltered = ({ q, status, category, lowStock }: ProductSearch) =>
	[q, status, category, lowStock].some(value => value !== undefined);

/** The sort that a click on a column's head asks for, and which way the column is sorted now. */
export const SORTABLE = {
	title: ["title", "-title"],
	stock: ["stock", "-stock"],
	price: ["price", "-price"],
	updated: ["updated", "newest"]
} as const satisfies Record<string, readonly [Sort, Sort]>;
export type Sortable = keyof typeof SORTABLE;
export function nextSort(column: Sortable, now: Sort | undefined): Sort {
	const [first, second] = SORTABLE[column];
	return now === first ? second : first;
}
export function ariaSort(column: Sortable, now: Sort | undefined) {
	const at = SORTABLE[column].findIndex(sort => sort === now);
	if (at < 0 || (column === "updated" && at === 1)) return "none";
	const up = column === "updated" ? at === 1 : at === 0;
	return up ? "ascending" : "descending";
}
