import { failField } from "../errors";
import type { Params } from "../shared/contract";
import type { Options } from "../shared/fields";
import type { StoredProduct, StoredVariant, Unopened } from "./product";
import { skuOf } from "./text";

type NewVariant = Params<"catalog.create">["variants"][number];
type ChangedVariant = NonNullable<Params<"catalog.update">["variants"]>[number];
type ProductOptions = StoredProduct["options"];
type Shape = Pick<StoredProduct, "slug" | "options">;

const MOST_OPTIONS = 3;
const MOST_VALUES = 50;

/** What a list of variants comes to. */
export interface VariantPlan {
	variants: StoredVariant[];
	unopened: Unopened[];
	/** For the SKUs that have a stock document already. */
	thresholds: { sku: string; threshold: number }[];
	/** Where each new SKU stands in the request; null when we made it up. */
	added: { sku: string; path: string | null }[];
}

/** The values in the order of the product's options: what tells a variant apart. */
const combinationOf = (options: ProductOptions, chosen: Options) =>
	JSON.stringify(options.map(({ name }) => chosen[name]));

/** What the variants offer between them, for a product that doesn't say. */
export function optionsOf(variants: Pick<NewVariant, "options">[]): ProductOptions {
	const values = new Map<string, Set<string>>();
	for (const { options = {} } of variants)
		for (const [name, value] of Object.entries(options))
			values.set(name, (values.get(name) ?? new Set()).add(value));
	if (values.size > MOST_OPTIONS) failField("options", `At most ${MOST_OPTIONS}`);
	return [...values].map(([name, offered]) => {
		if (offered.size > MOST_VALUES) failField("variants", `At most ${MOST_VALUES} of ${name}`);
		return { name, values: [...offered] };
	});
}

/** Refuses options that no variant could be told apart by. */
export function checkOptions(options: ProductOptions): void {
	const names = new Set<string>();
	options.forEach(({ name, values }, i) => {
		if (/[.$]/.test(name) || name === "__proto__")
			failField(`options.${i}.name`, "A name without . and $");
		if (names.has(name.toLowerCase())) failField(`options.${i}.name`, "Named twice");
		names.add(name.toLowerCase());
		values.forEach((value, j) => {
			if (values.indexOf(value) < j) failField(`options.${i}.values.${j}`, "Listed twice");
		});
	});
}

/** Refuses variants that aren't exactly what the options offer, each once. */
export function checkVariants(options: ProductOptions, variants: StoredVariant[]): void {
	const skus = new Set<string>();
	const combinations = new Set<string>();
	variants.forEach(({ sku, options: chosen, price, compareAtPrice }, i) => {
		const at = `variants.${i}`;
		if (skus.has(sku)) failField(`${at}.sku`, "Named twice");
		skus.add(sku);
		for (const name of Object.keys(chosen))
			if (!options.some(option => option.name === name))
				failField(`${at}.options.${name}`, "Not an option of this product");
		for (const { name, values } of options) {
			if (!Object.hasOwn(chosen, name)) failField(`${at}.options.${name}`, "Choose a value");
			if (!values.includes(chosen[name]!))
				failField(`${at}.options.${name}`, "Not a value of this option");
		}
		const combination = combinationOf(options, chosen);
		if (combinations.has(combination))
			failField(
				options.length ? `${at}.options` : at,
				options.length ? "Another variant has the same options" : "More than one needs options"
			);
		combinations.add(combination);
		if (compareAtPrice !== undefined && compareAtPrice <= price)
			failField(`${at}.compareAtPrice`, "Must be more than the price");
	});
}

const openingOf = (sku: string, { stock = 0, lowStockThreshold }: ChangedVariant): Unopened => ({
	sku,
	stock,
	...(lowStockThreshold !== undefined && { threshold: lowStockThreshold })
});

/** The variants of a new product. `salt` makes generated SKUs differ from those of a product of the same name. */
export function newVariants({ slug, options }: Shape, given: NewVariant[], salt = ""): VariantPlan {
	const taken = new Set(given.flatMap(({ sku }) => sku ?? []));
	const plan: VariantPlan = { variants: [], unopened: [], thresholds: [], added: [] };
	given.forEach((variant, i) => add(plan, { slug, options }, variant, i, taken, salt));
	checkVariants(options, plan.variants);
	return plan;
}

function add(
	plan: VariantPlan,
	{ slug, options }: Shape,
	given: ChangedVariant,
	i: number,
	taken: Set<string>,
	salt: string
): void {
	const { options: chosen = {}, price = failField(`variants.${i}.price`, "Fill this in") } = given;
	const values = options.flatMap(({ name }) => chosen[name] ?? []);
	const sku = given.sku ?? skuOf(slug, salt ? [...values, salt] : values, taken);
	taken.add(sku);
	const compareAtPrice = given.compareAtPrice ?? undefined;
	plan.variants.push({
		sku,
		options: chosen,
		price,
		...(compareAtPrice !== undefined && { compareAtPrice })
	});
	plan.unopened.push(openingOf(sku, given));
	plan.added.push({ sku, path: given.sku ? `variants.${i}.sku` : null });
}

/**
 * The whole new list of a product's variants. One whose SKU (or, without a SKU, whose options) is known changes; others are new;
 * those left out are no longer sold. The stock document of a SKU outlives that, and the SKU remains this product's,
 * so putting it back on the list brings back its stock.
 */
export function changedVariants(
	product: Pick<StoredProduct, "slug" | "options" | "skus" | "variants">,
	given: ChangedVariant[],
	salt = ""
): VariantPlan {
	const { options, variants, skus } = product;
	const taken = new Set([...skus, ...given.flatMap(({ sku }) => sku ?? [])]);
	const plan: VariantPlan = { variants: [], unopened: [], thresholds: [], added: [] };
	given.forEach((change, i) => {
		const known = variants.find(({ sku, options: chosen }) =>
			change.sku === undefined
				? combinationOf(options, chosen) === combinationOf(options, change.options ?? {})
				: sku === change.sku
		);
		const sku = known?.sku ?? change.sku;
		if (sku === undefined || !skus.includes(sku)) {
			if (change.stock === undefined) failField(`variants.${i}.stock`, "Fill this in");
			return add(plan, product, change, i, taken, salt);
		}
		if (change.stock !== undefined)
			failField(`variants.${i}.stock`, "Adjust the stock of a SKU that exists");
		const price = change.price ?? known?.price ?? failField(`variants.${i}.price`, "Fill this in");
		plan.variants.push({
			sku,
			options: change.options ?? known?.options ?? {},
			price,
			...comparison(change.compareAtPrice, known?.compareAtPrice, price)
		});
		if (change.lowStockThreshold !== undefined)
			plan.thresholds.push({ sku, threshold: change.lowStockThreshold });
	});
	checkVariants(options, plan.variants);
	return plan;
}

/** null takes it off; a kept one goes when the price has come up to it. */
function comparison(given: number | null | undefined, known: number | undefined, price: number) {
	if (given === null) return {};
	if (given !== undefined) return { compareAtPrice: given };
	return known !== undefined && known > price ? { compareAtPrice: known } : {};
}
