import { money } from "@common/format";
import type { Product } from "@shared/catalog.contract";
import { computed, ref } from "vue";

/** What a list of products may show beside the product itself, in this order, with its width. */
const WIDTHS = {
	status: "8.5rem",
	category: "minmax(7rem, 12rem)",
	price: "var(--prices)",
	stock: "6rem",
	held: "5rem",
	variants: "5.5rem",
	rating: "5.5rem",
	updated: "8.5rem",
	created: "8.5rem"
} as const;
/** The column of prices is as wide as they are in all of these products, drawn or not; its head wants some room too. */
export const priceWidth = (products: readonly Product[]) =>
	`max(5.5rem, ${Math.max(0, ...products.map(product => pricesOf(product).length))}ch + 1rem)`;
export function pricesOf({ variants }: Product): string {
	const all = variants.map(({ price }) => price);
	const [least, most] = [Math.min(...all), Math.max(...all)];
	return least === most ? money(least) : `${money(least)} – ${money(most)}`;
}
export type Column = keyof typeof WIDTHS;
export const COLUMNS = Object.keys(WIDTHS) as Column[];
const FIRST: readonly Column[] = ["status", "price", "stock", "held", "updated"];
const KEY = "commercify.products.columns";

/** Those of the names that are columns, in the columns' order. */
export const columnsOf = (names: readonly string[]) =>
	COLUMNS.filter(column => names.includes(column));
const kept = () => columnsOf((localStorage.getItem(KEY) ?? FIRST.join()).split(","));

const chosen = ref<Column[]>(kept());

/** The columns that are shown, as chosen in this browser. */
export function useColumns() {
	function choose(columns: readonly string[]) {
		chosen.value = columnsOf(columns);
		localStorage.setItem(KEY, chosen.value.join());
	}
	const toggle = (column: Column) =>
		choose(
			chosen.value.includes(column)
				? chosen.value.filter(other => other !== column)
				: [...chosen.value, column]
		);
	const isDefault = computed(() => chosen.value.join() === FIRST.join());
	/** The widths for the table's grid. */
	const widths = computed(() => chosen.value.map(column => WIDTHS[column]).join(" "));
	return { chosen, choose, toggle, reset: () => choose(FIRST), isDefault, widths };
}
