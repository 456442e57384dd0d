import type { Collection } from "../../mixins/db.mixin";
import type { StockDocument } from "./stock-update";

const PAGE = 500;

/** Marks what held something before there was a mark for that: once, when a node starts. */
export async function markHolding(stocks: Collection<StockDocument>): Promise<void> {
	for (;;) {
		const unmarked = await stocks.find(
			{ heldQty: { $gt: 0 }, holding: { $exists: false } },
			{ limit: PAGE }
		);
		for (const { id } of unmarked) await stocks.change({ id }, { $set: { holding: id } });
		if (unmarked.length < PAGE) return;
	}
}
