import type { Collection } from "../../mixins/db.mixin";
import { Buckets } from "../buckets";
import { idOf } from "../id";
import type { Alert } from "../shared/inventory.contract";
import type { Broker } from "../typed";
import { alertKind, type StockDocument } from "./stock-update";

/** Of one seller's alerts so many at once, and one in so many seconds, are notifications too: more would push all others out. */
const notices = new Buckets(1 / 10, 30);

type Stocks = Collection<StockDocument>;
const MOST_SKUS = 10_000;
/** As many as the catalogue is asked for at a time. */
const AT_ONCE = 1000;
const RANK = { none: 0, low: 1, out: 2 };

/** Those of these SKUs that are for sale; null when nobody can say. */
async function offered(broker: Broker, skus: string[]): Promise<Set<string> | null> {
	try {
		const { skus: found } = await broker.call("catalog.offered", { skus });
		return new Set(found);
	} catch {
		return null;
	}
}

/** Brings a SKU's alert in line with its stock; tells of it once per crossing, whichever replica sees it first. */
export async function raiseAlert(
	stocks: Stocks,
	broker: Broker,
	stock: StockDocument
): Promise<void> {
	const kind = alertKind(stock);
	if (kind === stock.alert?.kind) return;
	// what isn't for sale can't run out; while nobody can say, a seller is rather warned
	const isDue = kind && (await offered(broker, [stock.id]))?.has(stock.id) !== false;
	await bring(stocks, broker, stock, isDue ? kind : undefined, true);
}

/** Alerts are of what is for sale: those of drafts, of archived products and variants that are gone end, others begin. */
export async function reviewAlerts(stocks: Stocks, broker: Broker, productIds: string[]) {
	const found = await stocks.find({ productId: { $in: productIds } }, { limit: MOST_SKUS });
	await review(
		stocks,
		broker,
		found.filter(stock => stock.alert ?? alertKind(stock))
	);
}
/** The same for alerts that are about to be shown; false if all of them stand. */
export async function endStale(stocks: Stocks, broker: Broker, alerts: Alert[]): Promise<boolean> {
	const skus = alerts.map(({ sku }) => sku);
	const standing = skus.length ? await offered(broker, skus) : null;
	const stale = standing ? skus.filter(sku => !standing.has(sku)) : [];
	if (!stale.length) return false;
	await review(stocks, broker, await stocks.find({ id: { $in: stale } }, { limit: stale.length }));
	return true;
}
async function review(stocks: Stocks, broker: Broker, found: StockDocument[]): Promise<void> {
	for (let i = 0; i < found.length; i += AT_ONCE) {
		const some = found.slice(i, i + AT_ONCE);
		const standing = await offered(
			broker,
			some.map(({ id }) => id)
		);
		if (!standing) return;
		// a seller knows what they put on sale: listed, but not told
		for (const stock of some)
			await bring(
				stocks,
				broker,
				stock,
				standing.has(stock.id) ? alertKind(stock) : undefined,
				false
			);
	}
}

async function bring(
	stocks: Stocks,
	broker: Broker,
	stock: StockDocument,
	kind: "low" | "out" | undefined,
	tells: boolean
): Promise<void> {
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
						...(worse && tells && { untold: now })
					},
					$unset: worse && tells ? {} : { untold: true }
				}
			: { $unset: { alert: true, alertOf: true, untold: true } }
	);
	if (!changed) return; // it has moved on, and whoever moved it looks as well
	if (!kind) await broker.emit("stock.recovered", crossingOf(changed, version));
	else if (worse && tells) await tell(stocks, broker, changed);
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
		// of very many at once, as a bulk change makes them, the list of alerts tells better
		if (notices.take(stock.sellerId))
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
