import type { Result } from "../shared/contract";
import { viewOf, type LedgerEntry, type StockDocument } from "./stock-update";

const iso = (ms: number) => new Date(ms).toISOString();

/** A SKU's stock with what its document knows of orders. */
export const inside = (
	stock: StockDocument,
	movements: LedgerEntry[]
): NonNullable<Result<"inventory.inspect">> => ({
	stock: viewOf(stock),
	sellerId: stock.sellerId,
	initial: stock.initial,
	restocked: stock.restocked,
	removed: stock.removed,
	returned: stock.returned,
	held: Object.entries(stock.held).map(([orderId, quantity]) => ({ orderId, quantity })),
	closed: Object.entries(stock.closed).map(([orderId, { as, at }]) => ({
		orderId,
		as,
		at: iso(at)
	})),
	unledgered: Object.keys(stock.pending),
	movements: movements.map(({ version, kind, quantity, ref, at }) => ({
		version,
		kind,
		quantity,
		ref,
		at
	}))
});
