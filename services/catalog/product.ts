import type { ProductChange } from "../shared/catalog.contract";
import type { Product, ProductStatus, Sellable } from "../shared/catalog.contract";
import type { Image, Options } from "../shared/fields";
import { CURRENCY } from "../shared/money";
import { DEFAULT_THRESHOLD, isLow } from "../shared/stock";
import type { z } from "zod";

export interface StoredVariant {
	sku: string;
	options: Options;
	price: number;
	compareAtPrice?: number;
}
export interface StoredImage extends Image {
	id: string;
}
/** A stock document that is still to be made. */
export interface Unopened {
	sku: string;
	stock: number;
	threshold?: number;
}
export interface StoredProduct {
	id: string;
	slug: string;
	title: string;
	description: string;
	category: string;
	tags: string[];
	images: StoredImage[];
	options: { name: string; values: string[] }[];
	variants: StoredVariant[];
	/** Every SKU that it ever had: none of them can become another product's. */
	skus: string[];
	sellerId: string;
	shopName: string;
	status: ProductStatus;
	ratingSum: number;
	ratingCount: number;
	/** Grows with every recount of the reviews. */
	ratingVersion: number;
	createdAt: string;
	updatedAt: string;
	/** Grows with what its seller changes. */
	version: number;
	/** Grows with every write; says which of two copies is newer. */
	revision: number;
	/** When it was last written, in milliseconds; lets a replica catch up. */
	touchedAt: number;
	/** The last operation on many products that changed it: bars its repetition. */
	editedBy?: string;
	/** Since when stock documents are being made, in milliseconds; absent once they are. */
	openingAt?: number;
	unopened?: Unopened[];
	/** New: not to be seen before its stock is there. */
	unlisted?: boolean;
	/** Of a draft: when it publishes itself, in milliseconds. */
	publishAt?: number;
	/** Since when its stock documents don't know its title: the version that has it. */
	retitled?: number;
	/** What the request that made it asked for, where that may come again. */
	madeFor?: string;
}
/** What is known of a SKU's stock, as far as it is shown. */
export interface StockNumbers {
	available: number;
	held: number;
	version: number;
	sold: number;
	threshold: number;
}
const NO_STOCK: StockNumbers = {
	available: 0,
	held: 0,
	version: 0,
	sold: 0,
	threshold: DEFAULT_THRESHOLD
};
export type StockOf = (sku: string) => StockNumbers | undefined;

/** What every write of a product sets and counts. */
export const touched = (now = Date.now()) => ({
	set: { touchedAt: now, updatedAt: new Date(now).toISOString() },
	inc: { revision: 1, version: 1 }
});

const ratingOf = ({ ratingSum, ratingCount }: StoredProduct) => ({
	average: ratingCount ? Math.round((100 * ratingSum) / ratingCount) / 100 : 0,
	count: ratingCount
});
/** The fields that product and card share. */
export const commonOf = (product: StoredProduct) => ({
	id: product.id,
	slug: product.slug,
	title: product.title,
	category: product.category,
	tags: product.tags,
	images: product.images,
	seller: { id: product.sellerId, shopName: product.shopName },
	status: product.status,
	currency: CURRENCY,
	options: product.options,
	rating: ratingOf(product),
	createdAt: product.createdAt,
	updatedAt: product.updatedAt,
	version: product.version
});

export const toProduct = (product: StoredProduct, stockOf: StockOf): Product => ({
	...commonOf(product),
	description: product.description,
	...(product.publishAt !== undefined && { publishAt: new Date(product.publishAt).toISOString() }),
	variants: product.variants.map(variant => {
		const { available, held, version, threshold } = stockOf(variant.sku) ?? NO_STOCK;
		return {
			...variant,
			stock: { available, held, version, low: isLow(available, threshold) }
		};
	})
});

export const cheapestOf = ({ variants }: StoredProduct): StoredVariant =>
	variants.reduce((best, variant) => (variant.price < best.price ? variant : best));

export const changeOf = (product: StoredProduct): z.output<typeof ProductChange> => ({
	id: product.id,
	slug: product.slug,
	version: product.version,
	priceFrom: cheapestOf(product).price,
	status: product.status,
	sellerId: product.sellerId,
	skus: product.skus
});

export const toSellable = (
	product: StoredProduct,
	{ sku, options, price }: StoredVariant
): Sellable => ({
	sku,
	productId: product.id,
	slug: product.slug,
	title: product.title,
	options,
	image: product.images[0]?.url ?? null,
	unitPrice: price,
	sellerId: product.sellerId,
	shopName: product.shopName,
	status: product.status
});
