import type { Collection } from "../../mixins/db.mixin";
import type { Params } from "../shared/contract";
import type { StockDocument } from "./stock-update";

const MOST_SKUS = 10_000;
const TRIES = 10;

/** Gives a product's SKUs its new title, which alerts show; a later one that was here first stands. */
export async function retitle(
	stocks: Collection<StockDocument>,
	{ productId, title, version }: Params<"inventory.retitle">
): Promise<void> {
	for (const { id } of await stocks.find({ productId }, { limit: MOST_SKUS }))
		for (let n = 0; n < TRIES; n++) {
			const stock = await stocks.get(id);
			if (!stock || (stock.titleVersion ?? 0) >= version) break;
			const before = stock.titleVersion ?? { $exists: false };
			const changed = await stocks.change(
				{ id, titleVersion: before },
				{ $set: { title, titleVersion: version } }
			);
			if (changed) break;
		}
}
