import type { Variant } from "@shared/catalog.contract";
import type { Options } from "@shared/fields";

const likeness = (a: Options, b: Options) =>
	Object.keys(a).filter(name => a[name] === b[name]).length;

/** The variant with that value of that option, and else as like the chosen one as there is. */
export function withOption(
	variants: readonly Variant[],
	chosen: Options,
	name: string,
	value: string
): Variant | undefined {
	return variants
		.filter(variant => variant.options[name] === value)
		.sort((a, b) => likeness(b.options, chosen) - likeness(a.options, chosen))[0];
}

/** Does exactly this combination exist, and is there any of it? */
export function stateOf(
	variants: readonly Variant[],
	chosen: Options,
	name: string,
	value: string,
	availableOf: (variant: Variant) => number
): "there" | "soldOut" | "missing" {
	const found = variants.find(({ options }) =>
		Object.entries({ ...chosen, [name]: value }).every(([key, wanted]) => options[key] === wanted)
	);
	if (!found) return "missing";
	return availableOf(found) > 0 ? "there" : "soldOut";
}

/** What a product page opens with: the first that is there. */
export const firstOf = (variants: readonly Variant[], availableOf: (variant: Variant) => number) =>
	variants.find(variant => availableOf(variant) > 0) ?? variants[0];
