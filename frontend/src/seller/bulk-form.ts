import type { BulkAnswer, BulkChange, Rounding } from "@shared/bulk.contract";
import type { ProductStatus } from "@shared/catalog.contract";
import { centsOf, wholeOf } from "./money-input";

export const KINDS = ["price", "stock", "status", "category", "tags"] as const;
export const PRICE_WAYS = ["up", "down", "set"] as const;
export const STOCK_WAYS = ["add", "remove", "set"] as const;
export const ROUNDINGS = ["none", "cent99", "whole"] as const satisfies readonly Rounding[];

/** What the dialog's fields hold, as typed. */
export interface BulkForm {
	kind: (typeof KINDS)[number];
	priceWay: (typeof PRICE_WAYS)[number];
	amount: string;
	rounding: Rounding;
	stockWay: (typeof STOCK_WAYS)[number];
	units: string;
	status: ProductStatus;
	category: string;
	add: string;
	remove: string;
}
export const newForm = (): BulkForm => ({
	kind: "price",
	priceWay: "up",
	amount: "",
	rounding: "none",
	stockWay: "add",
	units: "",
	status: "published",
	category: "",
	add: "",
	remove: ""
});

const MOST_UNITS = 1_000_000;
const MOST_UP = 1000;
const MOST_DOWN = 99;
const MOST_CENTS = 1_000_000_000;

/** "12,5" -> 12.5; undefined if it is no share above 0 with two places at most. */
function percentOf(typed: string): number | undefined {
	const bare = typed.replace(/[\s%]/g, "").replace(",", ".");
	return /^\d{1,4}(\.\d{1,2})?$/.test(bare) && Number(bare) > 0 ? Number(bare) : undefined;
}
const tagsOf = (typed: string) => [
	...new Set(
		typed
			.split(",")
			.map(tag => tag.trim())
			.filter(Boolean)
	)
];

function priceOf({ priceWay, amount, rounding }: BulkForm): BulkChange["price"] {
	if (priceWay === "set") {
		const set = centsOf(amount);
		return set !== undefined && set <= MOST_CENTS ? { set } : undefined;
	}
	const share = percentOf(amount);
	if (share === undefined || share > (priceWay === "up" ? MOST_UP : MOST_DOWN)) return undefined;
	return { percent: priceWay === "up" ? share : -share, rounding };
}
function stockOf({ stockWay, units }: BulkForm): BulkChange["stock"] {
	const number = wholeOf(units);
	if (number === undefined || !(number <= MOST_UNITS)) return undefined;
	if (stockWay === "set") return { set: number };
	return number > 0 ? { delta: stockWay === "add" ? number : -number } : undefined;
}

/** The change that is asked for; undefined as long as something is missing or no number. */
export function changeOf(form: BulkForm): BulkChange | undefined {
	switch (form.kind) {
		case "price": {
			const price = priceOf(form);
			return price && { price };
		}
		case "stock": {
			const stock = stockOf(form);
			return stock && { stock };
		}
		case "status":
			return { status: form.status };
		case "category": {
			const category = form.category.trim();
			return /^[^/]+(\/[^/]+){0,3}$/.test(category) ? { category } : undefined;
		}
		case "tags": {
			const [add, remove] = [tagsOf(form.add), tagsOf(form.remove)];
			const fits = [add, remove].every(
				tags => tags.length <= 20 && tags.every(tag => tag.length <= 40)
			);
			return fits && add.length + remove.length ? { tags: { add, remove } } : undefined;
		}
	}
}

type Shown = NonNullable<BulkAnswer["preview"]>[number];
type Side = Shown["before"];
export interface Words {
	money(cents: number): string;
	count(units: number): string;
	status(status: ProductStatus): string;
	none: string;
}
/** One side of a product in a preview, in a few words: of several variants from the least to the most. */
export function textOf(side: Side, words: Words): string {
	const span = (values: number[], say: (value: number) => string) => {
		const [least, most] = [Math.min(...values), Math.max(...values)];
		return least === most ? say(least) : `${say(least)} – ${say(most)}`;
	};
	return [
		side.prices &&
			span(
				side.prices.map(({ price }) => price),
				words.money
			),
		side.stock &&
			span(
				side.stock.map(({ available }) => available),
				words.count
			),
		side.status && words.status(side.status),
		side.category,
		side.tags && (side.tags.join(", ") || words.none)
	]
		.filter(part => part !== undefined)
		.join(" · ");
}
