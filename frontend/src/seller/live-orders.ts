import { api, ApiError } from "@common/api";
import { useLoad } from "@common/async";
import { useLive } from "@common/live";
import type { Messages } from "@shared/messages";
import type { Order } from "@shared/order.contract";
import type { Request } from "@shared/routes";
import { computed, reactive, shallowRef, watch } from "vue";
import { useSoon } from "./soon";

export type OrderSearch = NonNullable<Request<"GET /seller/orders">["query"]>;
type Update = Messages["order.updated"];

const GATHER = 60;
const FETCHED_ALONE = 3;
const FRESH = 4000;

/** Does an order belong on the first page of such a list? */
const belongs = ({ status = "paid", page = 1 }: OrderSearch, update: Update) =>
	page === 1 && update.status === status;

/** A page of orders that stays true: a changed one in its place, a new one on top. */
export function useLiveOrders(search: () => OrderSearch | undefined) {
	const { data, error, loading, reload } = useLoad(
		async signal => {
			const query = search();
			return query && api("GET /seller/orders", { query }, { signal });
		},
		() => JSON.stringify(search())
	);
	const orders = shallowRef<Order[]>([]);
	/** Came in while the page was open: they get a quiet highlight. */
	const fresh = reactive(new Set<string>());
	const coming = new Set<string>();
	watch(data, page => (orders.value = page?.items ?? []));

	function put(order: Order) {
		const others = orders.value.filter(({ id }) => id !== order.id);
		if (others.length === orders.value.length) glow(order.id);
		orders.value = [order, ...others].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
	}
	function glow(id: string) {
		fresh.add(id);
		setTimeout(() => fresh.delete(id), FRESH);
	}
	/** A few are asked for one by one, a rush all at once. What fails is asked for with the whole list. */
	async function fetchComing(): Promise<void> {
		const ids = [...coming];
		coming.clear();
		if (ids.length > FETCHED_ALONE) return reload();
		try {
			const come = ids.map(id => api("GET /seller/orders/:id", { path: { id } }));
			(await Promise.all(come)).forEach(put);
		} catch (refused) {
			if (!(refused instanceof ApiError)) throw refused;
			await reload();
		}
	}
	const fetchSoon = useSoon(fetchComing, GATHER);

	useLive("order.updated", update => {
		const { id, status, version, parcels } = update;
		const query = search();
		if (!query) return;
		if (orders.value.some(order => order.id === id))
			orders.value = orders.value.map(order =>
				order.id === id && order.version < version ? { ...order, status, version, parcels } : order
			);
		else if (belongs(query, update)) {
			coming.add(id);
			fetchSoon();
		}
	});
	const total = computed(() => Math.max(data.value?.total ?? 0, orders.value.length));
	return {
		orders,
		total,
		fresh,
		loaded: computed(() => data.value !== undefined),
		error,
		loading,
		reload
	};
}
