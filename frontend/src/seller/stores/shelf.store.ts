import { api } from "@common/api";
import { useLoad } from "@common/async";
import { useLive } from "@common/live";
import { useSession } from "@common/session.store";
import { defineStore } from "pinia";
import { computed, effectScope } from "vue";
import { useSoon } from "../soon";

const SOON = 1000;

/** How many products there are. */
export const useShelf = defineStore("shelf", () => {
	const session = useSession();
	const { data } = effectScope(true).run(() => {
		const loaded = useLoad(
			async signal =>
				session.isSeller
					? api("GET /seller/products", { query: { pageSize: 1 } }, { signal })
					: undefined,
			() => session.user?.id
		);
		const reloadSoon = useSoon(loaded.reload, SOON);
		useLive("product.created", reloadSoon);
		useLive("product.archived", reloadSoon);
		return loaded;
	})!;
	return { total: computed(() => data.value?.total) };
});
