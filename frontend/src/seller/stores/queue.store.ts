import { api } from "@common/api";
import { useLoad } from "@common/async";
import { useLive } from "@common/live";
import { useSession } from "@common/session.store";
import { defineStore } from "pinia";
import { computed, effectScope } from "vue";
import { useLiveOrders } from "../live-orders";
import { useSoon } from "../soon";

const LATEST = 12;
const GATHER = 300;

/** The latest paid orders, and how many wait for what. Kept by pushed events as long as the app is open. */
export const useQueue = defineStore("queue", () => {
	const session = useSession();
	return effectScope(true).run(() => {
		const list = useLiveOrders(() => (session.isSeller ? { pageSize: LATEST } : undefined));
		const { data: counts, reload } = useLoad(
			async signal =>
				session.isSeller ? api("GET /seller/orders/counts", {}, { signal }) : undefined,
			() => session.isSeller
		);
		const countAgain = useSoon(reload, GATHER);
		useLive("order.updated", () => {
			if (session.isSeller) countAgain();
		});
		const toShip = computed(() =>
			counts.value ? counts.value.unfulfilled + counts.value.partly : 0
		);
		return { ...list, counts, toShip };
	})!;
});
