import { api } from "@common/api";
import { useAsync, useLoad } from "@common/async";
import { optionsText } from "@common/format";
import { useLive, useTopics } from "@common/live";
import { useStock } from "@common/stock.store";
import type { ShelfRow } from "@shared/catalog.contract";
import type { Topic } from "@shared/rooms";
import type { Request } from "@shared/routes";
import { isLow, type SellerStock } from "@shared/stock";
import { computed, reactive, ref, shallowRef, watch } from "vue";
import { useRoute, useRouter, type LocationQuery, type LocationQueryRaw } from "vue-router";
import { pageOf, PAGE_SIZE, PAGE_SIZES } from "./product-list";
import type { Shelf } from "./product-stock";
import { useSoon } from "./soon";

export type BoardSearch = NonNullable<Request<"GET /seller/stock/board">["query"]>;
type Sort = NonNullable<BoardSearch["sort"]>;
type State = NonNullable<BoardSearch["state"]>;
export const STATES: readonly State[] = ["low", "out", "held"];
/** What a click on a column's head asks for: first, and again. */
export const BOARD_SORTS = {
	title: ["title", "title"],
	available: ["available", "-available"],
	held: ["-held", "-held"],
	sold: ["-sold", "sold"]
} as const satisfies Record<string, readonly [Sort, Sort]>;
export type BoardColumn = keyof typeof BOARD_SORTS;
const SORTS: readonly Sort[] = Object.values(BOARD_SORTS).flat();
const SOON = 400;

const text = (value: LocationQuery[string] | undefined) =>
	typeof value === "string" && value ? value : undefined;
export const boardOf = (query: LocationQuery): BoardSearch => ({
	q: text(query.q)?.slice(0, 100),
	state: STATES.find(state => state === query.state),
	sort: SORTS.find(sort => sort === query.sort) ?? "title",
	page: pageOf(query),
	pageSize: PAGE_SIZES.find(size => String(size) === query.size) ?? PAGE_SIZE
});
export function boardQuery(search: BoardSearch, patch: Partial<BoardSearch>): LocationQueryRaw {
	const { q, state, sort, pageSize } = { ...search, ...patch };
	return {
		q,
		state,
		sort: sort === "title" ? undefined : sort,
		size: pageSize === PAGE_SIZE ? undefined : pageSize,
		page: patch.page && patch.page > 1 ? patch.page : undefined
	};
}
export function boardSort(column: BoardColumn, now: Sort | undefined): Sort {
	const [first, second] = BOARD_SORTS[column];
	return now === first ? second : first;
}
export const boardSorted = (column: BoardColumn, now: Sort | undefined) =>
	now?.replace("-", "") !== column ? "none" : now.startsWith("-") ? "descending" : "ascending";

/** Days that what is there lasts if it goes on selling like this; undefined where nothing sells. */
export const daysLeft = (available: number, perDay: number | undefined) =>
	perDay && available > 0 ? available / perDay : undefined;
export const nameOf = ({ title, options }: Pick<ShelfRow, "title" | "options">) =>
	[title, optionsText(options)].filter(Boolean).join(", ");

/** The page of the stock board that the address asks for, kept live. */
export function useStockBoard() {
	const route = useRoute();
	const router = useRouter();
	const stock = useStock();
	const search = computed<BoardSearch>(before =>
		before && route.name !== "stock" ? before : boardOf(route.query)
	);
	const change = (patch: Partial<BoardSearch>) =>
		void router.push({ query: boardQuery(search.value, patch) });
	const key = computed(() => JSON.stringify(search.value));
	const shownFor = ref<string>();
	const waiting = computed(() => shownFor.value !== key.value);
	const { data, error, reload } = useLoad(
		signal => api("GET /seller/stock/board", { query: search.value }, { signal }),
		key
	);
	const rows = shallowRef<ShelfRow[]>([]);
	/** What only its seller may know of a SKU, as the last answer has told it. */
	const told = reactive(new Map<string, Pick<SellerStock, "sold" | "threshold">>());
	const rates = reactive(new Map<string, number>());

	function learn({ sku, productId, available, held, version, at, sold, threshold }: SellerStock) {
		stock.take({ sku, productId, available, held, version, at });
		told.set(sku, { sold, threshold });
	}
	watch(data, page => {
		shownFor.value = key.value;
		rows.value = page?.items ?? [];
		told.clear();
		rows.value.forEach(learn);
		void renew();
	});
	const skus = () => rows.value.map(({ sku }) => sku).join(",");
	/** What isn't pushed: units sold, and how fast. A page has no more SKUs than may be asked for at once. */
	const { run: renew } = useAsync(async () => {
		if (!rows.value.length) return;
		const query = { skus: skus() };
		const [own, pace] = await Promise.all([
			api("GET /seller/stock", { query }),
			api("GET /seller/sales-rates", { query })
		]);
		own.items.forEach(learn);
		for (const { sku, perDay } of pace.items) rates.set(sku, perDay);
	});
	useLive("order.updated", useSoon(renew, SOON));
	useTopics(() => [...new Set(rows.value.map(({ productId }): Topic => `product:${productId}`))]);
	const reloadSoon = useSoon(reload, SOON);
	useLive("product.created", reloadSoon);
	useLive("product.updated", reloadSoon);
	useLive("product.archived", reloadSoon);

	const soldOf = ({ sku, sold }: ShelfRow) => told.get(sku)?.sold ?? sold;
	const thresholdOf = ({ sku, threshold }: ShelfRow) => told.get(sku)?.threshold ?? threshold;
	function shelfOf(row: ShelfRow): Shelf {
		const { available, held } = stock.of(row.sku) ?? row;
		const low = isLow(available, thresholdOf(row));
		const state = available === 0 ? "out" : low ? "low" : "in";
		return { available, held, state, short: state === "in" ? 0 : 1 };
	}
	const daysOf = (row: ShelfRow) => daysLeft(shelfOf(row).available, rates.get(row.sku));
	const total = computed(() => data.value?.total ?? 0);
	const loaded = computed(() => data.value !== undefined);
	const glows = (sku: string) => stock.changed.has(sku);
	return {
		...{ search, change, rows, total, loaded, waiting, error, reload },
		...{ learn, soldOf, thresholdOf, shelfOf, daysOf, glows }
	};
}
export type StockBoard = ReturnType<typeof useStockBoard>;
