import { useSession } from "@common/session.store";
import { defineStore } from "pinia";
import { computed, effectScope } from "vue";
import { useLiveOrders } from "../live-orders";
import { canShip } from "../orders";

export const LATEST = 100;

/** The latest paid orders: the work that waits. Kept by pushed events as long as the app is open. */
export const useQueue = defineStore("queue", () => {
	const session = useSession();
	const search = () => (session.isSeller ? { page: 1, pageSize: LATEST } : undefined);
	const list = effectScope(true).run(() => useLiveOrders(search))!;
	const toShip = computed(() => list.orders.value.filter(canShip).length);
	return { ...list, toShip };
});
