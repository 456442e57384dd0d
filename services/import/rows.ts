import { ImportRow } from "../shared/catalog.contract";
import { centsOf, COLUMNS, splitTags, unguarded, type Column } from "../shared/csv";
import type { RowError } from "../shared/import.contract";
import type { RawRow } from "./reader";

type Cells = Record<Column, string | null>;

/** A number in cells such as "1200"; anything else is left for the check to refuse. */
const integerOf = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : text);

/** What each cell means. An empty one says nothing: what is there stays. */
const READ: Partial<Record<Column, (text: string) => unknown>> = {
	sku: text => text.toLowerCase(),
	status: text => text.toLowerCase(),
	tags: splitTags,
	price: text => centsOf(text) ?? text,
	compareAtPrice: text => centsOf(text) ?? text,
	stock: integerOf,
	lowStockThreshold: integerOf
};
const WORDS: Partial<Record<Column, string>> = {
	price: "An amount such as 19.90",
	compareAtPrice: "An amount such as 19.90, or nothing",
	stock: "A whole number",
	lowStockThreshold: "A whole number",
	status: "draft, published or archived",
	category: "Such as kitchen/mugs"
};

function optionsOf(cells: Cells): Record<string, string> | undefined {
	const pairs = ([1, 2] as const).flatMap(n => {
		const [name, value] = [cells[`option${n}`], cells[`value${n}`]];
		return name && value ? [[name, value] as const] : [];
	});
	return pairs.length ? Object.fromEntries(pairs) : undefined;
}
const OPTION = /^(option|value)(\d)$/;

/** A row as the catalogue takes it, or what is wrong with it. */
export function rowOf(raw: RawRow): { row: ImportRow } | { errors: RowError[] } {
	const { line, sameAs, tooMany, tooWide, tooLong } = raw;
	const error = (code: string, message: string, column?: string): RowError => ({
		line,
		...(column && { column }),
		code,
		message
	});
	if (tooLong) return { errors: [error("ROW_TOO_LONG", "This row is too long")] };
	if (tooWide)
		return { errors: [error("TOO_MANY_CELLS", "More cells than headings: is a comma unquoted?")] };
	const cells = Object.fromEntries(
		COLUMNS.map((column, i) => [column, unguardedCell(raw.cells[i] ?? null)])
	) as Cells;
	if (!cells.sku) return { errors: [error("REQUIRED", "Every row needs a SKU", "sku")] };
	if (sameAs !== undefined)
		return { errors: [error("DUPLICATE_SKU", `Line ${sameAs} has the same SKU`, "sku")] };
	if (tooMany)
		return {
			errors: [error("TOO_MANY_VARIANTS", "A product has at most 100 variants", "product")]
		};
	const errors: RowError[] = [];
	for (const n of [1, 2] as const)
		if (Boolean(cells[`option${n}`]) !== Boolean(cells[`value${n}`]))
			errors.push(error("INCOMPLETE", "An option has a name and a value", `value${n}`));
	if (cells.option1 && cells.option1 === cells.option2)
		errors.push(error("DUPLICATE_OPTION", "Both options have the same name", "option2"));

	const given: Record<string, unknown> = { line, key: cells.product || cells.sku.toLowerCase() };
	for (const column of COLUMNS) {
		const text = cells[column];
		if (!text || column === "product" || OPTION.test(column)) continue;
		given[column] = READ[column]?.(text) ?? text;
	}
	// only here does an empty cell say something: no longer reduced
	if (cells.compareAtPrice === "") given.compareAtPrice = null;
	const options = optionsOf(cells);
	if (options) given.options = options;
	const { success, data, error: refused } = ImportRow.safeParse(given);
	for (const { path, code, message } of refused?.issues ?? []) {
		const column = columnOf(path, cells);
		errors.push(error(code.toUpperCase(), WORDS[column as Column] ?? message, column));
	}
	return success && !errors.length ? { row: data } : { errors };
}

/** Cells are trimmed where they stand; the apostrophe of ours comes off. */
const unguardedCell = (text: string | null) => (text === null ? null : unguarded(text));

function columnOf([first, name]: PropertyKey[], cells: Cells): string {
	if (first === "key") return "product";
	if (first !== "options") return String(first);
	return name === cells.option2 ? "value2" : "value1";
}
