import { pauseAfter } from "@common/async";
import { useCatchUp, useLive, useTopics } from "@common/live";
import { api, ApiError } from "@common/api";
import { useSession } from "@common/session.store";
import { useStock } from "@common/stock.store";
import type { Cart, CartItem } from "@shared/cart.contract";
import type { Topic } from "@shared/rooms";
import { defineStore } from "pinia";
import { computed, effectScope, ref, shallowRef, watch } from "vue";

const SOON = 250;

/** The cart as the server sees it now; whatever moves under it brings it here again. */
export const useCart = defineStore("cart", () => {
	const cart = shallowRef<Cart>();
	const error = shallowRef<ApiError>();
	/** The drawer at the side. */
	const open = ref(false);
	const stock = useStock();
	const session = useSession();

	const count = computed(
		() => cart.value?.items.reduce((sum, item) => sum + item.quantity, 0) ?? 0
	);
	const problems = computed(() => cart.value?.items.filter(item => item.problem) ?? []);
	const quantityOf = (sku: string) =>
		cart.value?.items.find(item => item.sku === sku)?.quantity ?? 0;

	/** Calls one after the other, so that the last answer is the newest. */
	let last: Promise<unknown> = Promise.resolve();
	function queued(work: () => Promise<Cart>): Promise<void> {
		const done = last.then(work).then(next => {
			cart.value = next;
			error.value = undefined;
		});
		last = done.catch(() => {});
		return done;
	}
	let again: ReturnType<typeof setTimeout> | undefined;
	function load(): Promise<void> {
		clearTimeout(again);
		return queued(() => api("GET /cart")).catch((refused: unknown) => {
			if (!(refused instanceof ApiError)) throw refused;
			error.value = refused;
			if (refused.passing) again = setTimeout(load, pauseAfter(refused));
		});
	}
	const put = (sku: string, quantity: number) =>
		queued(() => api("PUT /cart/items/:sku", { path: { sku }, body: { quantity } }));
	const add = (sku: string, quantity: number) =>
		put(sku, Math.min(999, quantityOf(sku) + quantity));
	const clear = () => queued(() => api("DELETE /cart"));
	/** What solves an item's problem: the number to put; the present price counts as seen then. */
	const fix = ({ sku, quantity, available, problem }: CartItem) =>
		put(
			sku,
			problem === "INSUFFICIENT_STOCK"
				? Math.min(quantity, available)
				: problem === "PRICE_CHANGED"
					? quantity
					: 0
		);

	let soon: ReturnType<typeof setTimeout> | undefined;
	function loadSoon() {
		clearTimeout(soon);
		soon = setTimeout(load, SOON);
	}
	/** Does this stock change what the cart says of an item? */
	const touches = ({ sku, quantity, available, problem }: CartItem): boolean => {
		const known = stock.of(sku);
		if (!known || known.available === available) return false;
		return (
			known.available < quantity || problem === "OUT_OF_STOCK" || problem === "INSUFFICIENT_STOCK"
		);
	};

	effectScope(true).run(() => {
		watch([() => session.known, () => session.user?.id], ([known]) => known && load(), {
			immediate: true
		});
		useCatchUp(load);
		useLive("cart.changed", loadSoon);
		useLive("product.updated", ({ id }) => {
			if (cart.value?.items.some(item => item.productId === id)) loadSoon();
		});
		useTopics(() =>
			cart.value?.items.flatMap(({ sku, productId }): Topic[] => [
				`stock:${sku}`,
				`product:${productId}`
			])
		);
		watch(
			() => cart.value?.items.some(touches),
			touched => touched && loadSoon()
		);
	});
	return { cart, error, open, count, problems, quantityOf, load, put, add, clear, fix };
});
