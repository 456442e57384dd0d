import type { ExportedProduct } from "../shared/catalog.contract";
import type { SellerStock } from "../shared/stock";
import { DEFAULT_THRESHOLD } from "../shared/stock";
import type { StoredProduct } from "./product";

/** A product as the export writes it. */
export function toExported(product: StoredProduct, stocks: SellerStock[]): ExportedProduct {
	const { id, slug, title, description, category, tags, status, options, variants } = product;
	const shelves = new Map(stocks.map(stock => [stock.sku, stock]));
	return {
		id,
		slug,
		title,
		description,
		category,
		tags,
		status,
		options: options.map(({ name }) => name),
		variants: variants.map(variant => {
			const { available = 0, threshold = DEFAULT_THRESHOLD } = shelves.get(variant.sku) ?? {};
			return { ...variant, stock: available, threshold };
		})
	};
}
