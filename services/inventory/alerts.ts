import type { Collection } from "../../mixins/db.mixin";
import { Buckets } from "../buckets";
import { idOf } from "../id";
import type { Alert } from "../shared/inventory.contract";
import type { Broker } from "../typed";
import { alertKind, type StockDocument } from "./stock-update";

type Stocks = Collection<StockDocument>;
const RANK = { none: 0, low: 1, out: 2 };
const MOST_SKUS = 10_000;
/** As many as the catalogue is asked for at a time. */
const AT_ONCE = 1000;

/** Tells sellers of what is for sale and gets low or out. */
export class Alerts {
	/** Of one seller's alerts so many at once, and one in so many seconds, are notifications too: more would push all others out. */
	private readonly notices = new Buckets(1 / 10, 30);

	constructor(
		private readonly stocks: Stocks,
		private readonly broker: Broker
	) {}

	/** Brings a SKU's alert in line with its stock; tells of it once per crossing, whichever replica sees it first. */
	async raise(stock: StockDocument): Promise<void> {
		const kind = alertKind(stock);
		if (kind === stock.alert?.kind) return;
		// what isn't for sale can't run out; while nobody can say, a seller is rather warned
		const isDue = kind && (await this.offered([stock.id]))?.has(stock.id) !== false;
		await this.bring(stock, isDue ? kind : undefined, true);
	}

	/** Alerts are of what is for sale: those of drafts, of archived products and variants that are gone end, others begin. */
	async reviewOf(productIds: string[]): Promise<void> {
		const query = { productId: { $in: productIds } };
		const found = await this.stocks.find(query, { limit: MOST_SKUS });
		const due = found.filter(stock => stock.alert ?? alertKind(stock));
		for (let i = 0; i < due.length; i += AT_ONCE) {
			const some = due.slice(i, i + AT_ONCE);
			const standing = await this.offered(some.map(({ id }) => id));
			if (!standing) return;
			for (const stock of some)
				if (!standing.has(stock.id)) await this.bring(stock, undefined, false);
				// a seller knows what they put on sale: listed, but not told
				else if (!stock.alert) await this.bring(stock, alertKind(stock), false);
		}
	}
	/** Ends alerts of what isn't for sale before they are shown; false if all of them stand. */
	async endStale(alerts: Alert[]): Promise<boolean> {
		const skus = alerts.map(({ sku }) => sku);
		const standing = skus.length ? await this.offered(skus) : null;
		const stale = standing ? skus.filter(sku => !standing.has(sku)) : [];
		if (!stale.length) return false;
		for (const stock of await this.stocks.find({ id: { $in: stale } }, { limit: stale.length }))
			await this.bring(stock, undefined, false);
		return true;
	}
	/** Those of these SKUs that are for sale; null when nobody can say. */
	private async offered(skus: string[]): Promise<Set<string> | null> {
		try {
			const { skus: found } = await this.broker.call("catalog.offered", { skus });
			return new Set(found);
		} catch {
			return null;
		}
	}

	private async bring(
		stock: StockDocument,
		kind: "low" | "out" | undefined,
		tells: boolean
	): Promise<void> {
		if (kind === stock.alert?.kind) return;
		const { id: sku, version, sellerId } = stock;
		const worse = RANK[kind ?? "none"] > RANK[stock.alert?.kind ?? "none"];
		const now = Date.now();
		const changed = await this.stocks.change(
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
		if (!kind) await this.broker.emit("stock.recovered", crossingOf(changed, version));
		else if (worse && tells) await this.tell(changed);
	}

	/** Tells of alerts that a crash kept from being told; listeners drop those they know. */
	async retell(): Promise<void> {
		const untold = await this.stocks.find({ untold: { $lte: Date.now() } }, { limit: 500 });
		for (const stock of untold) await this.tell(stock);
	}
	/** The seller's page hears it at once; the notification is asked for until it is kept. */
	private async tell(stock: StockDocument): Promise<void> {
		const { kind, version } = stock.alert!;
		const crossing = crossingOf(stock, version);
		await this.broker.emit(kind === "out" ? "stock.out" : "stock.low", crossing);
		try {
			// of very many at once, as a bulk change makes them, the list of alerts tells better
			if (this.notices.take(stock.sellerId))
				await this.broker.call("notification.alert", { ...crossing, kind });
		} catch {
			return; // away: `retell` comes by
		}
		await this.stocks.change(
			{ id: stock.id, "alert.version": version },
			{ $unset: { untold: true } }
		);
	}
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
