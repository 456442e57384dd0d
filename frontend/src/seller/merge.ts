import type { Product } from "@shared/catalog.contract";
import { draftOf, sold, type Draft } from "./draft";

/** One thing that is different in the editor and on the server. */
export interface Difference {
	/** "title", "price <sku>", … */
	key: string;
	sku?: string;
	mine: string;
	theirs: string;
	/** Both have changed it: somebody must choose. */
	clash: boolean;
}
export type Choice = "mine" | "theirs";

const shapeOf = (draft: Draft) => {
	const options = draft.options.map(({ name, values }) => `${name}: ${values.join(", ")}`);
	return [...options, `× ${sold(draft).length}`].join(" · ");
};

/** What somebody may have changed, each as a text to compare and to show. */
function contentOf(draft: Draft): Map<string, string> {
	const prices = draft.variants
		.filter(({ known }) => known)
		.flatMap(({ sku, price, compareAt }): [string, string][] => [
			[`price ${sku}`, price],
			[`compareAt ${sku}`, compareAt]
		]);
	return new Map([
		["title", draft.title],
		["description", draft.description],
		["category", draft.category],
		["tags", draft.tags.join(", ")],
		["status", draft.status],
		["publishAt", draft.status === "draft" ? draft.publishAt : ""],
		["options", shapeOf(draft)],
		...prices
	]);
}

/** All that differs between the editor and the product as it is now; who has changed it follows from what both began with. */
export function differences(base: Product, mine: Draft, theirs: Product): Difference[] {
	const before = contentOf(draftOf(base));
	const now = contentOf(draftOf(theirs));
	return [...contentOf(mine)].flatMap(([key, own]) => {
		const other = now.get(key);
		if (other === undefined || other === own) return [];
		const began = before.get(key);
		const [, sku] = key.split(" ");
		return [
			{
				key,
				...(sku && { sku }),
				mine: own,
				theirs: other,
				clash: began !== own && began !== other
			}
		];
	});
}
/** Whoever has changed something has it; of a clash, the one who looks at it. */
export const firstChoice = (base: Product, { key, mine }: Difference): Choice =>
	contentOf(draftOf(base)).get(key) === mine ? "theirs" : "mine";

/** The editor's new content: what they have now, with what is chosen of mine. */
export function merged(mine: Draft, theirs: Product, choices: ReadonlyMap<string, Choice>): Draft {
	const other = draftOf(theirs);
	const from = (key: string) => (choices.get(key) === "mine" ? mine : other);
	const shape = from("options");
	const of = (draft: Draft, sku: string) => draft.variants.find(variant => variant.sku === sku);
	return {
		title: from("title").title,
		description: from("description").description,
		category: from("category").category,
		tags: from("tags").tags,
		status: from("status").status,
		publishAt: from("publishAt").publishAt,
		options: shape.options,
		variants: shape.variants.map(variant => ({
			...variant,
			threshold: of(mine, variant.sku)?.threshold ?? "",
			...(variant.known && {
				price: of(from(`price ${variant.sku}`), variant.sku)?.price ?? variant.price,
				compareAt: of(from(`compareAt ${variant.sku}`), variant.sku)?.compareAt ?? variant.compareAt
			})
		}))
	};
}
