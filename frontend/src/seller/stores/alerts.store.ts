import { api } from "@common/api";
import { useLoad } from "@common/async";
import { useLive, useTopics } from "@common/live";
import { useSession } from "@common/session.store";
import { useStock } from "@common/stock.store";
import type { Alert } from "@shared/inventory.contract";
import type { Topic } from "@shared/rooms";
import { defineStore } from "pinia";
import { computed, effectScope } from "vue";
import { useSoon } from "../soon";

const SHOWN = 100;
const SOON = 250;

/** What is low or out, true by the latest stock: one that has been restocked is gone at once. */
export const useAlerts = defineStore("alerts", () => {
	const session = useSession();
	const stock = useStock();
	const list = effectScope(true).run(() => {
		const loaded = useLoad(
			async signal =>
				session.isSeller
					? api("GET /seller/alerts", { query: { pageSize: SHOWN } }, { signal })
					: undefined,
			() => session.user?.id
		);
		const reloadSoon = useSoon(loaded.reload, SOON);
		useLive("stock.low", reloadSoon);
		useLive("stock.out", reloadSoon);
		useTopics(() => loaded.data.value?.items.map(({ sku }): Topic => `stock:${sku}`));
		return loaded;
	})!;

	const now = (alert: Alert): Alert => {
		const available = stock.of(alert.sku)?.available ?? alert.available;
		return { ...alert, available, kind: available === 0 ? "out" : "low" };
	};
	const items = computed(() =>
		(list.data.value?.items ?? []).map(now).filter(alert => alert.available <= alert.threshold)
	);
	const total = computed(() => {
		const { total = 0, items: told = [] } = list.data.value ?? {};
		return total - (told.length - items.value.length);
	});
	const bySku = computed(() => new Map(items.value.map(alert => [alert.sku, alert])));
	const loaded = computed(() => list.data.value !== undefined);
	const { error, loading, reload } = list;
	return { items, total, bySku, loaded, error, loading, reload };
});
