import type { Collection } from "../../mixins/db.mixin";
import type { Schema } from "../typed";
import type { Alerts } from "./alerts";
import type { Ledger } from "./ledger";
import type { Change, LedgerEntry, StockDocument } from "./stock-update";
import type { SellerSettings, Thresholds } from "./thresholds";

/** What the stock's handlers have to hand. */
export interface Methods {
	stock: Collection<StockDocument>;
	movements: Collection<LedgerEntry>;
	stockSettings: Collection<SellerSettings>;
	alerts: Alerts;
	ledger: Ledger;
	thresholds: Thresholds;
	telling: NodeJS.Timeout;
	/** Does an operation if it may be done: the document after it, or null. */
	apply(change: Change): Promise<StockDocument | null>;
	owned(sku: string, sellerId: string): Promise<StockDocument>;
	announce(stock: StockDocument): void;
	/** Work that nobody waits for; if it fails a sweep takes it up. */
	inBackground(work: Promise<void>, what: string): void;
}
/** A part of the stock's actions, to be spread into the service. */
export type Part<K extends keyof Schema<"inventory", Methods>["actions"]> = Pick<
	Schema<"inventory", Methods>["actions"],
	K
>;
