import type { Collection } from "../../mixins/db.mixin";
import type { ErrorCode } from "../shared/errors";
import type { Ledger } from "./ledger";
import * as update from "./stock-update";
import type { Change, StockDocument } from "./stock-update";

interface Host {
	stock: Collection<StockDocument>;
	ledger: Ledger;
	apply(change: Change): Promise<StockDocument | null>;
}
interface Item {
	sku: string;
	delta?: number | undefined;
	set?: number | undefined;
}
interface By {
	sellerId: string;
	operationId: string;
	reason: string;
}
/** The difference that was made, or why none was. */
export type Outcome = { delta: number } | ErrorCode;

/** A shelf that sells while it is counted: so often it is looked at again. */
const TRIES = 8;

/** One SKU, by a difference or to a number: once an operation, and never below zero. */
export async function adjustOne(
	host: Host,
	{ sellerId, operationId, reason }: By,
	{ sku, delta, set }: Item
): Promise<Outcome> {
	for (let n = 0; n < TRIES; n++) {
		const stock = await host.stock.get(sku);
		if (stock?.sellerId !== sellerId) return "NOT_FOUND";
		if (stock.operations[operationId] !== undefined)
			return { delta: await host.ledger.deltaOf(stock, operationId) };
		const by = delta ?? (set ?? stock.available) - stock.available;
		if (by === 0) return { delta: 0 };
		if (stock.available + by < 0) return "OUT_OF_STOCK";
		const change = update.adjust(sku, sellerId, by, operationId, Date.now(), reason);
		// a number is meant for the shelf as it was just counted, a difference for whatever is there
		const seen = delta === undefined && { version: stock.version };
		if (await host.apply({ ...change, query: { ...change.query, ...seen } })) return { delta: by };
	}
	return "VERSION_CONFLICT";
}
