import { onScopeDispose, ref, watch, type Ref } from "vue";

/** Is a table wider than its room? Then it scrolls sideways; elsewhere its head stays in sight as the page scrolls. */
export function useTooWide(table: Readonly<Ref<HTMLElement | null>>): Ref<boolean> {
	const tooWide = ref(false);
	const observer = new ResizeObserver(() => {
		const now = table.value;
		if (now) tooWide.value = now.scrollWidth > now.clientWidth;
	});
	watch(
		table,
		now => {
			observer.disconnect();
			if (!now) return;
			observer.observe(now);
			// the head is as wide as all columns
			if (now.firstElementChild) observer.observe(now.firstElementChild);
		},
		{ immediate: true, flush: "post" }
	);
	onScopeDispose(() => observer.disconnect());
	return tooWide;
}
