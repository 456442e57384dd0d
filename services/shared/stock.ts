import { z } from "zod";
import { Id, Quantity, Sku, Time, Version } from "./fields";

/** The stock of one SKU as anybody may see it. Versions only grow. */
export const Stock = z
	.strictObject({
		sku: Sku,
		productId: Id,
		available: z.int().min(0),
		held: z.int().min(0),
		version: Version,
		at: Time
	})
	.meta({ id: "Stock" });
/** The same with what is its seller's business. */
export const SellerStock = Stock.extend({
	sold: z.int().min(0),
	threshold: z.int().min(0)
}).meta({ id: "SellerStock" });
export const OrderLine = z.strictObject({ sku: Sku, quantity: Quantity });

export type Stock = z.infer<typeof Stock>;
export type SellerStock = z.infer<typeof SellerStock>;
export type OrderLine = z.infer<typeof OrderLine>;

/** Few left: shown to buyers as "3 left". */
export const isLow = (available: number, threshold: number) =>
	available > 0 && available <= threshold;
export const DEFAULT_THRESHOLD = 5;

/** Is the second a newer state than the first? Messages may arrive twice and out of order. */
export const isNewer = (known: { version: number } | undefined, next: { version: number }) =>
	known === undefined || next.version > known.version;
