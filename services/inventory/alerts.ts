import type { Collection } from "../../mixins/db.mixin";
import { idOf } from "../id";
import type { Alert } from "../shared/inventory.contract";
import type { Broker } from "../typed";
import { alertKind, type StockDocument } from "./stock-update";

type Stocks = Collection<StockDocument>;
const RANK = { none: 0, low: 1, out: 2 };

/** Brings a SKU's alert in line with its stock; tells of it once per crossing, whichever replica sees it first. */
export async function raiseAlert(
	stocks: Stocks,
	broker: Broker,
	stock: StockDocument
): Promise<void> {
	const kind = alertKind(stock);
	if (kind === stock.alert?.kind) return;
	const { id: sku, version, sellerId } = stock;
	const worse = RANK[kind ?? "none"] > RANK[stock.alert?.kind ?? "none"];
	const now = Date.now();
	const changed = await stocks.change(
		{
			id: sku,
			version,
			"alert.version": stock.alert ? stock.alert.version : { $exists: false }
		},
		kind
			? {
					$set: {
						alert: { kind, since: stock.alert?.since ?? now, version },
						alertOf: sellerId,
						...(worse && { untold: now })
					},
					$unset: worse ? {} : { untold: true }
				}
			: { $unset: { alert: true, alertOf: true, untold: true } }
	);
	if (!changed) return; // it has moved on, and whoever moved it looks as well
	if (!kind) await broker.emit("stock.recovered", crossingOf(changed, version));
	else if (worse) await tell(stocks, broker, changed);
}

/** Tells of alerts that a crash kept from being told; listeners drop those they know. */
export async function retell(stocks: Stocks, broker: Broker): Promise<void> {
	const untold = await stocks.find({ untold: { $lte: Date.now() } }, { limit: 500 });
	for (const stock of untold) await tell(stocks, broker, stock);
}

/** The seller's page hears it at once; the notification is asked for until it is kept. */
async function tell(stocks: Stocks, broker: Broker, stock: StockDocument) {
	const { kind, version } = stock.alert!;
	const crossing = crossingOf(stock, version);
	await broker.emit(kind === "out" ? "stock.out" : "stock.low", crossing);
	try {
		await broker.call("notification.alert", { ...crossing, kind });
	} catch {
		return; // away: `retell` comes by
	}
	await stocks.change({ id: stock.id, "alert.version": version }, { $unset: { untold: true } });
}
const crossingOf = (
	{ id: sku, productId, sellerId, title, available, threshold }: StockDocument,
	version: number
) => ({ sku, productId, sellerId, title, available, threshold, version });

export const alertOf = ({
	id: sku,
	productId,
	title,
	available,
	threshold,
	alert
}: StockDocument): Alert => ({
	id: idOf("a", sku, alert!.since),
	kind: alert!.kind,
	sku,
	productId,
	title,
	available,
	threshold,
	since: new Date(alert!.since).toISOString()
});
