import { useSession } from "@common/session.store";
import { defineStore } from "pinia";
import { effectScope, shallowRef } from "vue";
import type { LocationQuery } from "vue-router";
import { useLiveOrders } from "../live-orders";
import { searchOf } from "../orders";

/** The list of orders that was looked at last: one steps through it from order to order. */
export const useOrderList = defineStore("order-list", () => {
	const session = useSession();
	const query = shallowRef<LocationQuery>();
	const list = effectScope(true).run(() =>
		useLiveOrders(() => (session.isSeller && query.value ? searchOf(query.value) : undefined))
	)!;
	return { ...list, query };
});
