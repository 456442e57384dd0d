import type { Card } from "../shared/catalog.contract";
import { isLow } from "../shared/stock";
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
/** A product as the index holds it: all but the stock stays as it is until another takes its place. */
export interface Entry {
	id: string;
	revision: number;
	seller: string;
	published: boolean;
	/** Its category and those above: "kitchen/mugs" and "kitchen". */
	paths: string[];
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

export function entryOf(product: StoredProduct, stockOf: StockOf): Entry {
	const { id, title, category, shopName, description } = product;
	const { price, compareAtPrice } = cheapestOf(product);
	const skus = product.variants.map(variant => variant.sku);
	const tags = product.tags.join(" ");
	return {
		id,
		revision: product.revision,
		seller: product.sellerId,
		published: product.status === "published",
		paths: pathsOf(category),
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
