import type { ExportedProduct } from "../shared/catalog.contract";
import { COLUMNS, csvLine, decimalOf, joinTags, type Column } from "../shared/csv";

/** Characters after which a piece of the export ends: a product more has room in any message. */
export const PIECE = 500_000;

export const headLine = csvLine(COLUMNS);

/** A product's lines, one a variant. */
export const linesOf = (product: ExportedProduct): string =>
	product.variants
		.map(({ sku, options, price, compareAtPrice, stock, threshold }) => {
			const [option1 = "", option2 = ""] = product.options;
			const row: Record<Column, string> = {
				product: product.slug,
				sku,
				title: product.title,
				description: product.description,
				category: product.category,
				tags: joinTags(product.tags),
				status: product.status,
				option1,
				value1: options[option1] ?? "",
				option2,
				value2: options[option2] ?? "",
				price: decimalOf(price),
				compareAtPrice: compareAtPrice === undefined ? "" : decimalOf(compareAtPrice),
				stock: String(stock),
				lowStockThreshold: String(threshold)
			};
			return csvLine(COLUMNS.map(column => row[column]));
		})
		.join("");
