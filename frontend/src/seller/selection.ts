import type { Product } from "@shared/catalog.contract";
import { computed, ref, watch, type Ref } from "vue";
import type { ProductSearch } from "./product-list";

type Filter = Omit<ProductSearch, "sort" | "page" | "pageSize">;
/** Which products something is to be done with: these, or all that the filter finds, on whatever page. */
export type Target = { ids: string[] } | { filter: Filter };

/** Products that one change may name; of more, all that the filter finds is the way. */
const MOST = 10_000;

export const filterOf = ({ sort: _s, page: _p, pageSize: _n, ...filter }: ProductSearch): Filter =>
	Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));

/** What is selected in the list of products: it stays from page to page, and goes with the filter. */
export function useSelection(
	products: Ref<readonly Product[]>,
	total: Ref<number>,
	search: Ref<ProductSearch>
) {
	const ids = ref(new Set<string>());
	const all = ref(false);
	/** Where a range with Shift begins. */
	let last: string | undefined;

	const page = computed(() => products.value.map(({ id }) => id));
	const has = (id: string) => all.value || ids.value.has(id);
	const count = computed(() => (all.value ? total.value : ids.value.size));
	const pageIs = computed((): boolean | "indeterminate" => {
		const chosen = page.value.filter(has).length;
		return chosen > 0 && (chosen === page.value.length || "indeterminate");
	});

	function clear() {
		ids.value.clear();
		all.value = false;
		last = undefined;
	}
	function put(some: readonly string[], on: boolean) {
		// out of all, what is left are those of this page
		if (all.value) ids.value = new Set(page.value);
		all.value = false;
		for (const id of some)
			if (!on) ids.value.delete(id);
			else if (ids.value.size < MOST) ids.value.add(id);
	}
	function toggle(id: string, range = false) {
		const on = !has(id);
		const [from, to] = [last === undefined ? -1 : page.value.indexOf(last), page.value.indexOf(id)];
		const some =
			range && from >= 0 ? page.value.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
		put(some, on);
		last = id;
	}
	const togglePage = () => put(page.value, pageIs.value !== true);
	const everything = () => (all.value = true);
	/** More match than are on this page, and not all of them are selected. */
	const mayHaveAll = computed(
		() => !all.value && pageIs.value === true && total.value > ids.value.size
	);
	const target = (): Target =>
		all.value ? { filter: filterOf(search.value) } : { ids: [...ids.value] };

	watch(() => JSON.stringify(filterOf(search.value)), clear);
	return { has, count, all, pageIs, mayHaveAll, toggle, togglePage, everything, clear, target };
}
