import { defaultRangeExtractor, useWindowVirtualizer, type Range } from "@tanstack/vue-virtual";
import { computed, onMounted, ref, watch, type ComponentPublicInstance, type Ref } from "vue";

/** So many rows are all there, for a search in the page and a screen reader's own keys. */
const ALL = 100;
const OVERSCAN = 15;
const ROW_HEIGHT = 52;

/** Of a long list only the rows in sight, a few around them, and the one that has the focus; `gap` is the room of those left out. */
export function useRowWindow<T extends { id: string }>(
	items: () => readonly T[],
	body: Readonly<Ref<HTMLElement | null>>
) {
	/** How far down the page the first row is. */
	const top = ref(0);
	const focused = () => {
		const row = document.activeElement?.closest<HTMLElement>("[data-id]");
		return row && body.value?.contains(row)
			? items().findIndex(({ id }) => id === row.dataset.id)
			: -1;
	};
	function shown(range: Range): number[] {
		if (range.count <= ALL) return Array.from({ length: range.count }, (_, index) => index);
		const inSight = defaultRangeExtractor(range);
		const kept = focused();
		return kept < 0 ? inSight : [...new Set([...inSight, kept])].sort((a, b) => a - b);
	}
	const virtualizer = useWindowVirtualizer(
		computed(() => ({
			count: items().length,
			estimateSize: () => ROW_HEIGHT,
			overscan: OVERSCAN,
			scrollMargin: top.value,
			getItemKey: (index: number) => items()[index]?.id ?? index,
			rangeExtractor: shown
		}))
	);
	function look() {
		if (body.value) top.value = body.value.getBoundingClientRect().top + window.scrollY;
	}
	onMounted(look);
	watch(() => items().length, look, { flush: "post" });
	const parts = computed(() => virtualizer.value.getVirtualItems());
	const rows = computed(() =>
		parts.value.flatMap(({ index, start }, at) => {
			const item = items()[index];
			const above = parts.value[at - 1]?.end ?? top.value;
			return item ? [{ item, index, gap: start - above }] : [];
		})
	);
	const below = computed(() => {
		const end = parts.value.at(-1)?.end ?? top.value;
		return virtualizer.value.getTotalSize() - (end - top.value);
	});
	function measure(row: Element | ComponentPublicInstance | null) {
		const element: unknown = row && "$el" in row ? row.$el : row;
		virtualizer.value.measureElement(element instanceof Element ? element : null);
	}
	return { rows, below, measure };
}
