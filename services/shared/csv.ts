import { z } from "zod";

/** The columns of the import and of the export, in the export's order. */
export const COLUMNS = [
	"product",
	"sku",
	"title",
	"description",
	"category",
	"tags",
	"status",
	"option1",
	"value1",
	"option2",
	"value2",
	"price",
	"compareAtPrice",
	"stock",
	"lowStockThreshold"
] as const;
export type Column = (typeof COLUMNS)[number];
/** Which heading of a file stands for a column. */
export type Mapping = Partial<Record<Column, string>>;
export const Mapping = z.partialRecord(z.enum(COLUMNS), z.string().max(200));

/** What a spreadsheet takes for a formula, also behind the apostrophes that we put there ourselves. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
/** A cell that no spreadsheet runs; `unguarded` gives back exactly what went in, whatever it was. */
export const guarded = (text: string) => (FORMULA.test(text) ? `'${text}` : text);
export const unguarded = (text: string) =>
	text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;

/** In quotes wherever any of the three delimiters, a quote, a line's end or an outer space could be misread. */
const quoted = (text: string) =>
	/[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
/** A line of CSV (RFC 4180), guarded. */
export const csvLine = (cells: readonly string[]) =>
	`${cells.map(cell => quoted(guarded(cell))).join(",")}\r\n`;

/** Tags in one cell: by commas; one inside a tag is written `\,`. */
export const joinTags = (tags: readonly string[]) =>
	tags.map(tag => tag.replace(/[\\,]/g, "\\$&")).join(", ");
export const splitTags = (text: string): string[] =>
	(text.match(/(?:\\[^]|[^\\,]|\\$)+/g) ?? [])
		.map(part => part.trim().replace(/\\([\\,])/g, "$1"))
		.filter(Boolean);

/** 1999 as "19.99". */
export const decimalOf = (cents: number) =>
	`${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
/** "19.99", "19,9" and "€ 19" in cents; null where it could be read in two ways, such as 1.234. */
export function centsOf(text: string): number | null {
	const match = /^(?:€|EUR)?\s*(\d{1,8})(?:[.,](\d{1,2}))?\s*(?:€|EUR)?$/.exec(text);
	return match && Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
}

/** Headings that other shops' files have, in small letters and without spaces. */
const ALIASES: Record<Column, readonly string[]> = {
	product: ["productid", "handle", "parent", "parentsku", "group", "produkt", "artikel"],
	sku: ["variantsku", "itemnumber", "artikelnummer", "artikelnr", "artnr"],
	title: ["name", "productname", "titel", "bezeichnung", "produktname"],
	description: ["body", "bodyhtml", "text", "beschreibung"],
	category: ["productcategory", "type", "kategorie", "warengruppe"],
	tags: ["keywords", "schlagworte", "schlagwörter", "stichworte"],
	status: ["state", "zustand"],
	option1: ["option1name", "optionname1"],
	value1: ["option1value", "optionvalue1", "wert1"],
	option2: ["option2name", "optionname2"],
	value2: ["option2value", "optionvalue2", "wert2"],
	price: ["variantprice", "unitprice", "preis", "verkaufspreis"],
	compareAtPrice: ["variantcompareatprice", "listprice", "rrp", "uvp", "streichpreis"],
	stock: [
		"quantity",
		"qty",
		"inventory",
		"variantinventoryqty",
		"bestand",
		"lagerbestand",
		"menge"
	],
	lowStockThreshold: ["threshold", "reorderpoint", "minstock", "meldebestand", "mindestbestand"]
};
const folded = (heading: string) => heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** The columns that headings look like: by name first, then as others call them; each heading once. */
export function guessMapping(headings: readonly string[]): Mapping {
	const free = new Map(headings.toReversed().map(heading => [folded(heading), heading]));
	const mapping: Mapping = {};
	const take = (column: Column, names: readonly string[]) => {
		const name = mapping[column] === undefined && names.find(known => free.has(known));
		if (!name) return;
		mapping[column] = free.get(name)!;
		free.delete(name);
	};
	for (const column of COLUMNS) take(column, [folded(column)]);
	for (const column of COLUMNS) take(column, ALIASES[column]);
	return mapping;
}

const EXAMPLES: Record<Column, string>[] = ["S", "L"].map((size, i) => ({
	product: "rain-jacket",
	sku: `rain-jacket-${size.toLowerCase()}`,
	title: "Rain jacket",
	description: "Keeps you dry.",
	category: "clothes/jackets",
	tags: "outdoor, rain",
	status: "draft",
	option1: "Size",
	value1: size,
	option2: "Colour",
	value2: "Moss",
	price: "89.90",
	compareAtPrice: i ? "" : "99.90",
	stock: "12",
	lowStockThreshold: "3"
}));
/** A file to begin with: the columns, and a product of two variants. */
export const templateCsv = () =>
	[COLUMNS, ...EXAMPLES.map(row => COLUMNS.map(column => row[column]))].map(csvLine).join("");
