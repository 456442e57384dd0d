import { computed, onScopeDispose, ref, watch, type ComputedRef } from "vue";

const FIRST = 15;
const STEP = 10;

/** A page of rows, drawn some a frame: the first ones are there at once, and nothing typed meanwhile waits for the last. */
export function useGradualRows<T>(
	items: () => readonly T[],
	keyOf: (item: T) => string
): ComputedRef<readonly T[]> {
	const drawn = ref(FIRST);
	let frame = 0;
	function grow() {
		cancelAnimationFrame(frame);
		if (drawn.value >= items().length) return;
		frame = requestAnimationFrame(() => {
			drawn.value += STEP;
			grow();
		});
	}
	watch(
		items,
		(now, before = []) => {
			// another page begins anew; the same one, renewed, stays as it is
			const known = new Set(before.map(keyOf));
			if (!now.some(item => known.has(keyOf(item)))) drawn.value = FIRST;
			grow();
		},
		{ immediate: true }
	);
	onScopeDispose(() => cancelAnimationFrame(frame));
	return computed(() => items().slice(0, drawn.value));
}
