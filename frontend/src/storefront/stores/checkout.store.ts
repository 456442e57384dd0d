import { api, ApiError } from "@common/api";
import type { Order } from "@shared/order.contract";
import type { Request } from "@shared/routes";
import { defineStore } from "pinia";
import { ref } from "vue";

type Wish = Request<"POST /orders">["body"];
interface Attempt {
	key: string;
	sent: string;
}

const KEPT = "commercify.attempt";
const ROUNDS = 6;
/** Refusals that leave open what became of the order: the same key asks again, and never orders twice. */
const OPEN = new Set([
	"OFFLINE",
	"TIMEOUT",
	"CHECKOUT_PENDING",
	"IDEMPOTENCY_IN_PROGRESS",
	"SERVICE_UNAVAILABLE"
]);

export const isOpen = (error: unknown): error is ApiError =>
	error instanceof ApiError && (OPEN.has(error.code) || error.status >= 500);

/** One key for one wish, until there is an answer: over double clicks, lost answers and reloads. */
export function keyFor(wish: Wish): string {
	const sent = JSON.stringify(wish);
	const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null") as Attempt | null;
	if (kept?.sent === sent) return kept.key;
	const key = crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint32Array(4))].join("-");
	sessionStorage.setItem(KEPT, JSON.stringify({ key, sent } satisfies Attempt));
	return key;
}

export const useCheckout = defineStore("checkout", () => {
	/** Asked more than once: time to say that it is safe to wait. */
	const slow = ref(false);

	async function place(wish: Wish): Promise<Order> {
		slow.value = false;
		const key = keyFor(wish);
		for (let round = 1; ; round++)
			try {
				const order = await api("POST /orders", { key, body: wish });
				sessionStorage.removeItem(KEPT);
				return order;
			} catch (error) {
				if (!isOpen(error)) sessionStorage.removeItem(KEPT);
				if (!isOpen(error) || round === ROUNDS) throw error;
				slow.value = true;
				const pause = error.retryAfter ?? 500 * 2 ** round;
				await new Promise(resolve => setTimeout(resolve, pause * (0.75 + Math.random() / 2)));
			}
	}
	return { slow, place };
});
