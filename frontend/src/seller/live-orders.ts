import { api, ApiError } from "@common/api";
import { useLoad } from "@common/async";
import { useLive } from "@common/live";
import type { Messages } from "@shared/messages";
import { fulfilmentOf, isOpen } from "@shared/order-rules";
import type { Order } from "@shared/order.contract";
import type { Request } from "@shared/routes";
import { computed, reactive, ref, shallowRef, watch } from "vue";
import { useSoon } from "./soon";

export type OrderSearch = NonNullable<Request<"GET /seller/orders">["query"]>;
type Update = Messages["order.updated"];

const GATHER = 60;
const FETCHED_ALONE = 3;
const FRESH = 4000;
const PAGE_SIZE = 50;

/** Might an order be in such a list, as far as a push says? */
function mayBelong({ status, fulfilment, q }: OrderSearch, update: Update): boolean {
	if (q !== undefined) return false;
	if (fulfilment === "returning") return true;
	if (fulfilment) return fulfilmentOf(update.parcels) === fulfilment;
	return status ? update.status === status : update.status === "paid";
}
/** Is an order in such a list? Words are the service's to look for. */
export function belongs({ status, fulfilment, from, to }: OrderSearch, order: Order): boolean {
	if ((from && order.createdAt < from) || (to && order.createdAt >= to)) return false;
	if (fulfilment === "returning") return order.returns.some(isOpen);
	if (fulfilment) return fulfilmentOf(order.parcels) === fulfilment;
	return !status || order.status === status;
}
const newestFirst = (a: Order, b: Order) =>
	a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1;

/** A list of orders that stays true: a changed one in its place or gone from it, a new one on top. */
export function useLiveOrders(search: () => OrderSearch | undefined) {
	const { data, error, loading, reload } = useLoad(
		async signal => {
			const query = search();
			return (
				query && api("GET /seller/orders", { query: { pageSize: PAGE_SIZE, ...query } }, { signal })
			);
		},
		() => JSON.stringify(search())
	);
	const orders = shallowRef<Order[]>([]);
	const next = ref<string>();
	const loadingMore = ref(false);
	/** Came in while the page was open: they get a quiet highlight. */
	const fresh = reactive(new Set<string>());
	const coming = new Set<string>();
	watch(data, page => {
		orders.value = page?.items ?? [];
		next.value = page?.next;
	});

	function put(order: Order, query: OrderSearch) {
		const others = orders.value.filter(({ id }) => id !== order.id);
		const isNew = others.length === orders.value.length;
		if (!belongs(query, order)) return void (orders.value = others);
		const last = orders.value.at(-1);
		// further down, it comes with its page
		if (isNew && next.value && last && newestFirst(order, last) > 0) return;
		if (isNew) glow(order.id);
		orders.value = [order, ...others].sort(newestFirst);
	}
	function glow(id: string) {
		fresh.add(id);
		setTimeout(() => fresh.delete(id), FRESH);
	}
	/** A few are asked for one by one, a rush all at once. What fails is asked for with the whole list. */
	async function fetchComing(): Promise<void> {
		const ids = [...coming];
		const query = search();
		coming.clear();
		if (!query) return;
		if (ids.length > FETCHED_ALONE) return reload();
		try {
			const come = ids.map(id => api("GET /seller/orders/:id", { path: { id } }));
			for (const order of await Promise.all(come)) put(order, query);
		} catch (refused) {
			if (!(refused instanceof ApiError)) throw refused;
			await reload();
		}
	}
	const fetchSoon = useSoon(fetchComing, GATHER);

	/** The next page, below what is there. */
	async function more(): Promise<void> {
		const query = search();
		const after = next.value;
		if (!query || !after || loadingMore.value) return;
		loadingMore.value = true;
		const asked = JSON.stringify(query);
		try {
			const page = await api("GET /seller/orders", {
				query: { pageSize: PAGE_SIZE, ...query, after }
			});
			if (asked !== JSON.stringify(search()) || next.value !== after) return;
			const known = new Set(orders.value.map(({ id }) => id));
			orders.value = [...orders.value, ...page.items.filter(({ id }) => !known.has(id))];
			next.value = page.next;
		} catch (refused) {
			if (!(refused instanceof ApiError)) throw refused;
			error.value = refused;
		} finally {
			loadingMore.value = false;
		}
	}

	useLive("order.updated", update => {
		const { id, status, version, parcels } = update;
		const query = search();
		if (!query) return;
		const known = orders.value.some(order => order.id === id);
		if (known)
			orders.value = orders.value.map(order =>
				order.id === id && order.version < version ? { ...order, status, version, parcels } : order
			);
		if (!known && !mayBelong(query, update)) return;
		coming.add(id);
		fetchSoon();
	});
	const total = computed(() => Math.max(data.value?.total ?? 0, orders.value.length));
	return {
		orders,
		total,
		fresh,
		loaded: computed(() => data.value !== undefined),
		error,
		loading,
		reload,
		more,
		hasMore: computed(() => next.value !== undefined),
		loadingMore
	};
}
