import type { Product, ProductStatus } from "@shared/catalog.contract";
import type { Options } from "@shared/fields";
import type { Request } from "@shared/routes";
import { centsOf, typedOf, wholeOf } from "./money-input";

/** A product as it stands in the editor: numbers are what was typed. */
export interface Draft {
	title: string;
	description: string;
	category: string;
	tags: string[];
	status: ProductStatus;
	/** When a draft publishes itself; empty where it doesn't. */
	publishAt: string;
	options: DraftOption[];
	/** Also those that the options don't offer any more, so that a value that comes back brings back what was typed. */
	variants: DraftVariant[];
}
export interface DraftOption {
	name: string;
	values: string[];
}
export interface DraftVariant {
	sku: string;
	/** It has a stock document: its SKU stays, and its stock is changed by adjusting it. */
	known: boolean;
	options: Options;
	price: string;
	compareAt: string;
	stock: string;
	threshold: string;
	/** Is this combination made at all? */
	on: boolean;
}
type NewBody = Request<"POST /catalog/products">["body"];
type Body = Omit<NewBody, "variants" | "status" | "images"> & {
	status: ProductStatus;
	variants: (Omit<NewBody["variants"][number], "price" | "stock" | "compareAtPrice"> & {
		price: number | undefined;
		stock?: number | undefined;
		compareAtPrice?: number | null | undefined;
	})[];
};

export const MOST_VARIANTS = 100;
export const blank = (options: Options = {}, like?: DraftVariant): DraftVariant => ({
	sku: "",
	known: false,
	options,
	price: like?.price ?? "",
	compareAt: like?.compareAt ?? "",
	stock: "",
	threshold: like?.threshold ?? "",
	on: true
});
export const emptyDraft = (): Draft => ({
	title: "",
	description: "",
	category: "",
	tags: [],
	status: "published",
	publishAt: "",
	options: [],
	variants: [blank()]
});

/** Options that say something: a name and at least one value. */
const real = (options: readonly DraftOption[]) =>
	options
		.map(({ name, values }) => ({ name: name.trim(), values }))
		.filter(({ name, values }) => name && values.length);
export const combinations = (options: readonly DraftOption[]): Options[] =>
	real(options).reduce<Options[]>(
		(all, { name, values }) =>
			all.flatMap(chosen => values.map(value => ({ ...chosen, [name]: value }))),
		[{}]
	);

const shared = (a: Options, b: Options) => Object.keys(a).filter(name => name in b);
const fits = (a: Options, b: Options) => shared(a, b).every(name => a[name] === b[name]);
const alike = (a: Options, b: Options) => shared(a, b).filter(name => a[name] === b[name]).length;
const isSame = (a: Options, b: Options) =>
	Object.keys(a).length === Object.keys(b).length && alike(a, b) === Object.keys(a).length;
const hasSameNames = (a: Options, b: Options) =>
	Object.keys(a).length === Object.keys(b).length && shared(a, b).length === Object.keys(a).length;

/**
 * A variant for every combination that the options offer. One that was there stays what it is; where options came or went,
 * each variant takes the first combination that it fits; new ones begin with the price of the most similar.
 */
export function matrix(
	options: readonly DraftOption[],
	variants: readonly DraftVariant[]
): DraftVariant[] {
	const wanted = combinations(options).slice(0, MOST_VARIANTS);
	const left = new Set(variants);
	const exact = wanted.map(chosen => {
		const found = [...left].find(variant => isSame(variant.options, chosen));
		if (found) left.delete(found);
		return found;
	});
	const made = wanted.map((chosen, i) => {
		if (exact[i]) return exact[i];
		const moved = [...left].find(
			variant => !hasSameNames(variant.options, chosen) && fits(variant.options, chosen)
		);
		if (moved) {
			left.delete(moved);
			return { ...moved, options: chosen };
		}
		const [like] = [...variants].sort(
			(a, b) => alike(b.options, chosen) - alike(a.options, chosen)
		);
		return blank(chosen, like);
	});
	return [...made, ...left];
}
/** Those that the options offer now. */
export const offered = ({ options, variants }: Pick<Draft, "options" | "variants">) => {
	const wanted = combinations(options).slice(0, MOST_VARIANTS);
	return variants.filter(variant => wanted.some(chosen => isSame(variant.options, chosen)));
};
/** Those that are sold, in the order in which they are sent. */
export const sold = (draft: Pick<Draft, "options" | "variants">) =>
	offered(draft).filter(({ on }) => on);

/** A product in the editor; combinations that it doesn't have are there to be switched on. */
export function draftOf(product: Product): Draft {
	const options = product.options.map(({ name, values }) => ({ name, values: [...values] }));
	const known = product.variants.map(({ sku, options, price, compareAtPrice }) => ({
		...blank({ ...options }),
		sku,
		known: true,
		price: typedOf(price),
		compareAt: typedOf(compareAtPrice)
	}));
	const { title, description, category, tags, status } = product;
	const variants = matrix(options, known).map(variant => ({ ...variant, on: variant.known }));
	const { publishAt = "" } = product;
	return { title, description, category, tags: [...tags], status, publishAt, options, variants };
}

/** What goes to the service. An amount that can't be read stays NaN, so that the contract refuses it at its place. */
export function bodyOf(draft: Draft): Body {
	return {
		title: draft.title,
		description: draft.description,
		category: draft.category.trim(),
		tags: draft.tags,
		status: draft.status,
		publishAt: (draft.status === "draft" && draft.publishAt) || null,
		options: real(draft.options),
		variants: sold(draft).map(variant => ({
			...(variant.sku && { sku: variant.sku }),
			options: variant.options,
			price: variant.known ? (centsOf(variant.price) ?? NaN) : centsOf(variant.price),
			...(variant.known
				? { compareAtPrice: centsOf(variant.compareAt) ?? null }
				: { compareAtPrice: centsOf(variant.compareAt), stock: wholeOf(variant.stock) }),
			...(variant.threshold.trim() && { lowStockThreshold: wholeOf(variant.threshold) })
		}))
	};
}

/** Only what differs from the product as it was loaded; variants hang on their options, and go together. */
export function patchOf(draft: Draft, base: Product): Partial<Body> {
	const [next, before] = [bodyOf(draft), bodyOf(draftOf(base))];
	const keys = (Object.keys(next) as (keyof Body)[]).filter(
		key => JSON.stringify(next[key]) !== JSON.stringify(before[key])
	);
	const shape = keys.some(key => key === "options" || key === "variants");
	const all = shape ? [...new Set([...keys, "options", "variants"] as const)] : keys;
	return Object.fromEntries(all.map(key => [key, next[key]]));
}
/** Tells whether there is something to save. */
export const printOf = (draft: Draft) =>
	JSON.stringify(bodyOf(draft), (_, value: unknown) => (Number.isNaN(value) ? "NaN" : value));
