import { announce } from "@common/announce";
import { api } from "@common/api";
import { useLoad } from "@common/async";
import { serverNow } from "@common/clock";
import { useLive } from "@common/live";
import { computed, onScopeDispose, ref, watch, type Ref } from "vue";

/** One order of the visitor's that stays true. */
export function useLiveOrder(id: Ref<string>) {
	const loaded = useLoad(
		signal => api("GET /orders/:id", { path: { id: id.value } }, { signal }),
		id
	);
	const { data: order, reload } = loaded;
	useLive(
		"order.updated",
		({ id: which, status, parcels, version }) => {
			if (which !== order.value?.id || version <= order.value.version) return;
			order.value = { ...order.value, status, parcels };
			void reload();
		},
		() => `order:${id.value}`
	);
	return { ...loaded, order };
}

const SAID = [5, 1];

/** Milliseconds until then by the server's clock; said aloud only twice, 5 minutes and 1 minute before. */
export function useCountdown(until: () => string | undefined, say: (minutes: number) => string) {
	const now = ref(serverNow());
	const timer = setInterval(() => (now.value = serverNow()), 250);
	onScopeDispose(() => clearInterval(timer));
	const left = computed(() => {
		const end = until();
		return end ? Math.max(0, Date.parse(end) - now.value) : undefined;
	});
	watch(left, (ms, before) => {
		if (ms === undefined || before === undefined) return;
		const minute = SAID.find(minutes => before > minutes * 60_000 && ms <= minutes * 60_000);
		if (minute) announce(say(minute));
	});
	return left;
}
