import type { Product, Variant } from "@shared/catalog.contract";
import { optionsText } from "@common/format";

/** A SKU on the stock board. */
export interface StockRow {
	sku: string;
	productId: string;
	title: string;
	options: string;
	image: string | undefined;
	variant: Variant;
}

/** One row a SKU, in the products' order. */
export const rowsOf = (products: readonly Product[]): StockRow[] =>
	products.flatMap(({ id, title, images, variants }) =>
		variants.map(variant => ({
			sku: variant.sku,
			productId: id,
			title,
			options: optionsText(variant.options),
			image: images[0]?.url,
			variant
		}))
	);
export const nameOf = ({ title, options }: { title: string; options?: string }) =>
	options ? `${title}, ${options}` : title;

/** A whole number as somebody types it; undefined if it is none. */
export function wholeOf(typed: string): number | undefined {
	const bare = typed.trim();
	return /^[+-]?\d{1,7}$/.test(bare) ? Number(bare) : undefined;
}
