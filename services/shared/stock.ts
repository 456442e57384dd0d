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

export { DEFAULT_THRESHOLD, isLow, isNewer } from "./stock-rules";
