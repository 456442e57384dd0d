import type { Card } from "../shared/catalog.contract";
import { isLow } from "../shared/stock";
import type { Dimensions } from "./facets";
import {
	cheapestOf,
	commonOf,
	type StockNumbers,
	type StockOf,
	type StoredProduct
} from "./product";
import { fold } from "./text";

/** What MiniSearch reads of a product. Kept, for it wants the same again to forget it. */
export interface Text {
	id: string;
	title: string;
	tags: string;
	category: string;
	shop: string;
	description: string;
}
/** A product as the index holds it: one object for good, so that results which are kept show what is true. */
export interface Entry {
	id: string;
	revision: number;
	published: boolean;
	/** Numbers of its category and those above: "kitchen/mugs" and "kitchen". */
	paths: number[];
	/** Number of its seller. */
	seller: number;
	price: number;
	card: Omit<Card, "available">;
	skus: string[];
	text: Text;
	/** Folded, for a seller's search: title, tags, category and SKUs. */
	haystack: string;
	available: number;
	sold: number;
	/** A variant is low or sold out. */
	short: boolean;
}

/** A description is read this far: enough to be found by, little enough to keep. */
const READ = 240;

export function pathsOf(category: string): string[] {
	const parts = category.split("/");
	return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}

const isShort = (stock: StockNumbers | undefined) =>
	!stock || stock.available === 0 || isLow(stock.available, stock.threshold);

/** The sums over a product's SKUs. */
export function sumsOf(skus: string[], stockOf: StockOf) {
	let available = 0;
	let sold = 0;
	let short = false;
	for (const sku of skus) {
		const stock = stockOf(sku);
		available += stock?.available ?? 0;
		sold += stock?.sold ?? 0;
		short ||= isShort(stock);
	}
	return { available, sold, short };
}

/** Does a search, a filter or a facet see no difference between two states of a product? */
export const sameToAll = (a: Entry, b: Entry) =>
	a.published === b.published &&
	a.price === b.price &&
	a.seller === b.seller &&
	sameText(a.text, b.text) &&
	a.card.rating.average === b.card.rating.average &&
	a.card.rating.count === b.card.rating.count;
export const sameText = (a: Text, b: Text) =>
	a.title === b.title &&
	a.tags === b.tags &&
	a.category === b.category &&
	a.shop === b.shop &&
	a.description === b.description;

export function entryOf(
	product: StoredProduct,
	stockOf: StockOf,
	{ categories, sellers }: Dimensions
): Entry {
	const { id, title, category, shopName, description } = product;
	const { price, compareAtPrice } = cheapestOf(product);
	const skus = product.variants.map(variant => variant.sku);
	const tags = product.tags.join(" ");
	return {
		id,
		revision: product.revision,
		published: product.status === "published",
		paths: pathsOf(category).map(path => categories.take(path)),
		seller: sellers.take(product.sellerId),
		price,
		card: {
			...commonOf(product),
			priceFrom: price,
			...(compareAtPrice !== undefined && { compareAtPrice }),
			variantCount: skus.length
		},
		skus,
		text: { id, title, tags, category, shop: shopName, description: description.slice(0, READ) },
		haystack: fold([title, tags, category, ...skus].join(" ")),
		...sumsOf(skus, stockOf)
	};
}
