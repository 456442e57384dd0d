import { api, ApiError } from "@common/api";
import { useAsync } from "@common/async";
import { computed, onScopeDispose, ref, watch, type Ref } from "vue";
import { useI18n } from "vue-i18n";
import { useCountdown, useLiveOrder } from "./live-order";

const POLL = 2000;
const TRIES = 3;

/** Paying an order: each way it may go, and what is true meanwhile. */
export function usePayment(id: Ref<string>) {
	const { t } = useI18n();
	const { order, error, reload } = useLiveOrder(id);
	const token = ref("tok_ok");
	/** The answer was lost: the same call again is safe, and says what became of it. */
	const unsure = ref(false);

	/** A refusal may mean that the order has moved on: looks before it says so. */
	async function orLook(work: () => Promise<typeof order.value>) {
		try {
			order.value = await work();
		} catch (refused) {
			await reload();
			throw refused;
		}
	}
	async function send(round = 1): Promise<typeof order.value> {
		try {
			return await api("POST /orders/:id/pay", {
				path: { id: id.value },
				body: { paymentToken: token.value }
			});
		} catch (refused) {
			unsure.value = refused instanceof ApiError && refused.passing && round < TRIES;
			if (!unsure.value) throw refused;
			await new Promise(resolve => setTimeout(resolve, 1000 * round));
			return send(round + 1);
		}
	}
	const pay = useAsync(() => orLook(send));
	const answer = useAsync((approve: boolean) =>
		orLook(() =>
			api("POST /payments/:id/confirm", {
				path: { id: order.value!.payment!.id },
				body: { approve }
			})
		)
	);
	const cancel = useAsync(() =>
		orLook(() => api("POST /orders/:id/cancel", { path: { id: id.value }, body: {} }))
	);

	const left = useCountdown(
		() => (order.value?.status === "reserved" ? order.value.expiresAt : undefined),
		n => t("pay.heldSoon", { n }, n)
	);
	const over = computed(() => left.value === 0);
	const phase = computed(() => {
		const { status, payment } = order.value ?? {};
		if (status === "paying") return payment?.status === "challenge" ? "challenge" : "waiting";
		return status === "reserved" || status === "pending" ? "open" : "ended";
	});
	/** While the bank decides, or the hold has just run out, the server says what is true. */
	const timer = setInterval(() => {
		if (phase.value === "waiting" || order.value?.status === "pending" || over.value) void reload();
	}, POLL);
	onScopeDispose(() => clearInterval(timer));
	watch(over, ended => ended && void reload());

	return { order, error, reload, token, unsure, pay, answer, cancel, left, over, phase };
}
