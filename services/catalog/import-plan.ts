import { isDeepStrictEqual } from "node:util";
import { codeOf } from "../errors";
import type { ImportRow } from "../shared/catalog.contract";
import type { RowError } from "../shared/import.contract";
import type { StockNumbers } from "./product";
import { changesOf, draftOf } from "./draft";
import type { StoredProduct } from "./product";
import type { VariantPlan } from "./variants";

/** What is known of a SKU's stock. */
export type Shelf = Pick<StockNumbers, "available" | "threshold">;
export interface Target {
	id: string;
	/** null where it is to be made. */
	product: StoredProduct | null;
	rows: ImportRow[];
}
/** What the rows of one product come to. */
export interface ImportPlan {
	errors: RowError[];
	created: number;
	updated: number;
	make?: { product: StoredProduct; plan: VariantPlan };
	change?: {
		set: Partial<StoredProduct>;
		unset: { publishAt?: true };
		added: VariantPlan["added"];
	};
	stock: { line: number; sku: string; set: number }[];
	thresholds: { sku: string; threshold: number }[];
	/** The lines of all rows that are applied. */
	lines: number[];
}

const SHARED = ["title", "description", "category", "tags", "status"] as const;
const REQUIRED = {
	title: "A new product needs a title",
	category: "A new product needs a category"
};

const errorAt = (line: number, code: string, message: string, column?: string): RowError => ({
	line,
	...(column && { column }),
	code,
	message
});

/** What the rows say of their product as a whole, and those that contradict one before them. */
function sharedOf(rows: ImportRow[]) {
	const fields: Partial<Pick<ImportRow, (typeof SHARED)[number]>> = {};
	const errors: RowError[] = [];
	for (const row of rows)
		for (const name of SHARED) {
			if (row[name] === undefined) continue;
			if (fields[name] === undefined) Object.assign(fields, { [name]: row[name] });
			else if (!isDeepStrictEqual(fields[name], row[name]))
				errors.push(
					errorAt(row.line, "CONFLICT", "Another row of this product says otherwise", name)
				);
		}
	return { fields, errors };
}

/** A product's options with what the variants have besides, and without what they alone have given up. */
function optionsAfter(
	{ options, variants }: StoredProduct,
	after: { options: Record<string, string> }[]
): StoredProduct["options"] {
	const uses = (list: { options: Record<string, string> }[], name: string, value: string) =>
		list.some(variant => variant.options[name] === value);
	const names = new Set([
		...options.map(({ name }) => name),
		...after.flatMap(variant => Object.keys(variant.options))
	]);
	return [...names].map(name => {
		const known = options.find(option => option.name === name)?.values ?? [];
		const kept = known.filter(value => uses(after, name, value) || !uses(variants, name, value));
		const all = [...kept, ...after.flatMap(variant => variant.options[name] ?? [])];
		return { name, values: [...new Set(all)] };
	});
}

function makingOf({ id, rows }: Target, owner: Owner, salted: boolean): Making {
	const { fields } = sharedOf(rows);
	const { title = "", description = "", category = "", tags = [], status } = fields;
	const variants = rows.map(
		({ sku, options, price, compareAtPrice, stock = 0, lowStockThreshold }) => ({
			sku,
			...(options && { options }),
			price: price!,
			...(compareAtPrice != null && { compareAtPrice }),
			stock,
			...(lowStockThreshold !== undefined && { lowStockThreshold })
		})
	);
	const given = { title, description, category, tags, images: [], options: [], variants };
	return draftOf(
		id,
		{ ...given, status: status === "draft" ? "draft" : "published" },
		owner,
		salted
	);
}

/** What a new product's rows lack. */
function lacking(rows: ImportRow[]): RowError[] {
	const { fields } = sharedOf(rows);
	const errors = rows
		.filter(({ price }) => price === undefined)
		.map(({ line }) => errorAt(line, "REQUIRED", "A new SKU needs a price", "price"));
	for (const name of ["title", "category"] as const)
		if (fields[name] === undefined)
			errors.push(...rows.map(({ line }) => errorAt(line, "REQUIRED", REQUIRED[name], name)));
	if (fields.status === "archived")
		errors.push(
			...rows.map(({ line }) =>
				errorAt(line, "INVALID_STATE", "A new product is draft or published", "status")
			)
		);
	return errors;
}

/** The variants of a product that is there, after these rows; those of no row stay as they are. */
function variantsAfter(product: StoredProduct, rows: ImportRow[]) {
	const bySku = new Map(rows.map(row => [row.sku, row]));
	const changeOf = (row: ImportRow, known?: Record<string, string>) => ({
		sku: row.sku,
		options: { ...known, ...row.options },
		...(row.price !== undefined && { price: row.price }),
		...(row.compareAtPrice !== undefined && { compareAtPrice: row.compareAtPrice })
	});
	const kept = product.variants.map(variant => {
		const row = bySku.get(variant.sku);
		const { sku, options } = variant;
		return { row, given: row ? changeOf(row, options) : { sku, options } };
	});
	const known = new Set(product.variants.map(({ sku }) => sku));
	const added = rows
		.filter(({ sku }) => !known.has(sku))
		.map(row => ({
			row,
			given: {
				...changeOf(row),
				// the stock of a SKU that comes back is set like any other's
				...(!product.skus.includes(row.sku) && {
					stock: row.stock ?? 0,
					...(row.lowStockThreshold !== undefined && { lowStockThreshold: row.lowStockThreshold })
				})
			}
		}));
	return [...kept, ...added];
}

interface Owner {
	sellerId: string;
	shopName: string;
}
type Making = NonNullable<ImportPlan["make"]>;

/** The rows of a product worked into it, without those that don't fit: each of them says why. */
export function planOf(
	target: Target,
	owner: Owner,
	shelves: ReadonlyMap<string, Shelf>,
	salted = false
): ImportPlan {
	const errors = sharedOf(target.rows).errors;
	let rows = without(target.rows, errors);
	for (;;) {
		const more = target.product ? [] : lacking(rows);
		errors.push(...more);
		rows = without(rows, more);
		const nothing = { errors, created: 0, updated: 0, stock: [], thresholds: [], lines: [] };
		if (!rows.length) return nothing;
		try {
			const plan = target.product
				? changeOf({ ...target, product: target.product, rows }, shelves, salted)
				: makeOf({ ...target, rows }, owner, salted);
			return { ...nothing, ...plan, lines: rows.map(({ line }) => line) };
		} catch (err) {
			const refused = refusalsOf(err, target.product, rows);
			if (!refused) throw err;
			errors.push(...refused);
			rows = without(rows, refused);
		}
	}
}
const without = (rows: ImportRow[], errors: RowError[]) => {
	const wrong = new Set(errors.map(({ line }) => line));
	return rows.filter(({ line }) => !wrong.has(line));
};

function makeOf(target: Target, owner: Owner, salted: boolean): Partial<ImportPlan> {
	return { make: makingOf(target, owner, salted), created: target.rows.length };
}

function changeOf(
	{ product, rows }: Target & { product: StoredProduct },
	shelves: ReadonlyMap<string, Shelf>,
	salted: boolean
): Partial<ImportPlan> {
	const { fields } = sharedOf(rows);
	const after = variantsAfter(product, rows);
	const options = optionsAfter(
		product,
		after.map(({ given }) => given)
	);
	const { set, unset, plan } = changesOf(
		product,
		{ ...fields, options, variants: after.map(({ given }) => given) },
		salted
	);
	const same = (name: keyof StoredProduct) => isDeepStrictEqual(set[name], product[name]);
	const names = (Object.keys(set) as (keyof StoredProduct)[]).filter(name => !same(name));
	const changes = Object.fromEntries(names.map(name => [name, set[name]]));

	const before = new Map(product.variants.map(variant => [variant.sku, variant]));
	const isKnown = ({ sku }: ImportRow) => before.has(sku);
	const now = new Map(plan!.variants.map(variant => [variant.sku, variant]));
	const stock = rows.flatMap(({ line, sku, stock: units }) =>
		units !== undefined && product.skus.includes(sku) && shelves.get(sku)?.available !== units
			? [{ line, sku, set: units }]
			: []
	);
	const thresholds = rows.flatMap(({ sku, lowStockThreshold: threshold }) =>
		threshold !== undefined &&
		product.skus.includes(sku) &&
		shelves.get(sku)?.threshold !== threshold
			? [{ sku, threshold }]
			: []
	);
	const touched = new Set([...stock, ...thresholds].map(({ sku }) => sku));
	for (const { sku } of rows)
		if (!isDeepStrictEqual(before.get(sku), now.get(sku))) touched.add(sku);
	const created = rows.filter(row => !isKnown(row)).length;
	let updated = rows.filter(row => isKnown(row) && touched.has(row.sku)).length;
	// something of the product as a whole: its first row has changed it
	if (names.length && !touched.size) updated = 1;
	return {
		created,
		updated,
		stock,
		thresholds,
		...(names.length && { change: { set: changes, unset, added: plan!.added } })
	};
}

const COLUMN: Record<string, string> = {
	options: "value1",
	lowStockThreshold: "lowStockThreshold"
};

/** Whose rows a refusal of the catalogue is about; null where it is no refusal. */
export function refusalsOf(
	err: unknown,
	product: StoredProduct | null,
	rows: ImportRow[]
): RowError[] | null {
	const code = codeOf(err);
	if (code !== "VALIDATION_FAILED" && code !== "SKU_TAKEN") return null;
	const { errors = [] } = ((err as { data?: object }).data ?? {}) as {
		errors?: { path: string; code: string; message: string }[];
	};
	const given: (ImportRow | undefined)[] = product
		? variantsAfter(product, rows).map(({ row }) => row)
		: rows;
	const { path = "", code: why = code, message = "Not possible" } = errors[0] ?? {};
	const [list, at, field] = path.split(".");
	const row =
		rows.find(({ sku }) => sku === path) ?? (list === "variants" ? given[Number(at)] : undefined);
	const column = field && (COLUMN[field] ?? field);
	return row
		? [errorAt(row.line, why, message, code === "SKU_TAKEN" ? "sku" : column)]
		: rows.map(({ line }) => errorAt(line, why, message));
}
