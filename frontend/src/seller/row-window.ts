import {
	defaultRangeExtractor,
	measureElement,
	useWindowVirtualizer,
	type Range
} from "@tanstack/vue-virtual";
import { computed, onScopeDispose, ref, watch, type ComponentPublicInstance, type Ref } from "vue";

/** So many rows are all there: a page of the usual size, for a search in the page and a screen reader's own keys. */
const ALL = 25;
const OVERSCAN = 8;
const ROW_HEIGHT = 52;

interface Rows<T> {
	items(): readonly T[];
	/** What a row has as its `data-id`. */
	keyOf(item: T): string;
	/** A row that is there wherever one scrolls to, such as the one that is being changed. */
	kept?(): string | undefined;
}

/**
 * Of a long list only the rows in sight, a few around them, and the one that had the focus last, between its neighbours;
 * on paper all of them. `place` is what a row is bound to, `style` what holds them all.
 */
export function useRowWindow<T>(
	{ items, keyOf, kept }: Rows<T>,
	body: Readonly<Ref<HTMLElement | null>>
) {
	const { focused, printing } = usePlace(body);
	const all = computed(() => printing.value || items().length <= ALL);
	const staying = computed(() => {
		const indexOf = (id: string | undefined) =>
			id === undefined ? -1 : items().findIndex(item => keyOf(item) === id);
		const at = indexOf(focused.value);
		const around = at < 0 ? [] : [at - 1, at, at + 1];
		return [...around, indexOf(kept?.())].filter(index => index >= 0 && index < items().length);
	});

	/** How far down the page the first row is. */
	const top = ref(0);
	function look() {
		if (body.value) top.value = body.value.getBoundingClientRect().top + window.scrollY;
	}
	watch([body, () => items().length], look, { immediate: true, flush: "post" });

	/** How high a row is that was never seen: as the first one that was. */
	const usual = ref<number>();
	function keyAt(index: number): string | number {
		const item = items()[index];
		return item === undefined ? index : keyOf(item);
	}
	/** Only what was laid out is measured: to ask amid drawing would lay out the page for each row. */
	function sizeOf(row: Element, entry: ResizeObserverEntry | undefined): number {
		const { itemSizeCache } = virtualizer.value;
		if (!entry)
			return (
				itemSizeCache.get(keyAt(virtualizer.value.indexFromElement(row))) ??
				usual.value ??
				ROW_HEIGHT
			);
		const size = measureElement(row, entry, virtualizer.value);
		usual.value ??= size;
		return size;
	}
	const virtualizer = useWindowVirtualizer(
		computed(() => {
			const [stay, every, height] = [staying.value, all.value, usual.value ?? ROW_HEIGHT];
			return {
				count: items().length,
				estimateSize: () => height,
				overscan: OVERSCAN,
				scrollMargin: top.value,
				getItemKey: (index: number) => keyAt(index),
				rangeExtractor: (range: Range) =>
					every
						? Array.from({ length: range.count }, (_, index) => index)
						: [...new Set([...defaultRangeExtractor(range), ...stay])].sort((a, b) => a - b),
				measureElement: sizeOf
			};
		})
	);
	function measure(row: Element | ComponentPublicInstance | null) {
		const element: unknown = row && "$el" in row ? row.$el : row;
		virtualizer.value.measureElement(element instanceof Element ? element : null);
	}

	const placeOf = (index: number, gap: number) => ({
		ref: measure,
		"data-index": index,
		"aria-rowindex": index + 2,
		style: gap ? `margin-top: ${gap}px` : undefined
	});
	const parts = computed(() => virtualizer.value.getVirtualItems());
	const rows = computed(() =>
		parts.value.flatMap(({ index, start }, at) => {
			const item = items()[index];
			if (item === undefined) return [];
			const gap = start - (parts.value[at - 1]?.end ?? top.value);
			return [{ item, key: keyOf(item), place: placeOf(index, gap) }];
		})
	);
	/** As high as all rows: the page stays as it is while others are drawn. */
	const style = computed(() =>
		all.value
			? undefined
			: { height: `${virtualizer.value.getTotalSize()}px`, alignContent: "start" }
	);
	return { rows, style };
}

/** Which row had the focus last, and is the page being printed? */
function usePlace(body: Readonly<Ref<HTMLElement | null>>) {
	const [focused, printing] = [ref<string>(), ref(false)];
	const over = new AbortController();
	const { signal } = over;
	onScopeDispose(() => over.abort());
	document.addEventListener(
		"focusin",
		({ target }) => {
			const row = target instanceof Element && target.closest<HTMLElement>("[data-id]");
			if (row && body.value?.contains(row)) focused.value = row.dataset.id;
		},
		{ signal }
	);
	window.addEventListener("beforeprint", () => (printing.value = true), { signal });
	window.addEventListener("afterprint", () => (printing.value = false), { signal });
	return { focused, printing };
}
