import type { Category } from "../shared/catalog.contract";

/** "table-linen" -> "Table Linen" */
const labelOf = (path: string) =>
	path
		.slice(path.lastIndexOf("/") + 1)
		.replaceAll("-", " ")
		.replace(/(^|\s)\p{Ll}/gu, letter => letter.toUpperCase());

/** The tree of counted paths. A path's parent, which has its products too, never has fewer. */
export function treeOf(counts: { value: string; count: number }[]): Category[] {
	const top: Category[] = [];
	const nodes = new Map<string, Category>();
	for (const { value, count } of counts.toSorted((a, b) => (a.value < b.value ? -1 : 1))) {
		const node = { value, label: labelOf(value), count, children: [] };
		nodes.set(value, node);
		const parent = nodes.get(value.replace(/(^|\/)[^/]*$/, ""));
		(parent?.children ?? top).push(node);
	}
	return top;
}
