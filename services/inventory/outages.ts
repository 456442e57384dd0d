import type { Collection } from "../../mixins/db.mixin";
import type { Broker } from "../typed";
import type { StockDocument } from "./stock-update";

type Stocks = Collection<StockDocument>;
/** A time in which a SKU is out, in milliseconds, by the version with which it began. */
export interface Outage {
	from: number;
	to?: number;
	/** Its beginning is kept by the sales service; an end that is kept takes it out of the document. */
	told?: true;
}
/** Times that wait to be told; with so many more aren't noted, for nobody has heard of them for long. */
const MOST = 50;

const keyOf = (version: number) => `v${version}`;
const openOf = ({ outs = {} }: StockDocument) =>
	Object.entries(outs).find(([, { to }]) => to === undefined);

/** Notes that a SKU has gone out or come back, whichever replica sees it first; its beginning is when it was last changed. */
export async function noteOutage(stocks: Stocks, broker: Broker, stock: StockDocument) {
	const { id, version, available, changedAt, outs = {} } = stock;
	const open = openOf(stock);
	if ((available === 0) === (open !== undefined)) return;
	if (!open && Object.keys(outs).length >= MOST) return;
	const path = `outs.${open ? open[0] : keyOf(version)}`;
	// bound to the version: whoever has moved it on looks as well
	const noted = await stocks.change(
		{ id, version, [path]: { $exists: open !== undefined } },
		open
			? {
					$set: { [`${path}.to`]: changedAt, outsDue: changedAt },
					$unset: { [`${path}.told`]: true }
				}
			: { $set: { [path]: { from: changedAt }, outsDue: changedAt } }
	);
	// nobody waits for it: what fails is told again
	if (noted) void tellOutages(stocks, broker, noted).catch(() => {});
}

/** Tells what a crash, or a service that was away, kept from being told. */
export async function retellOutages(stocks: Stocks, broker: Broker, now = Date.now()) {
	const due = await stocks.find({ outsDue: { $lte: now } }, { sort: ["outsDue"], limit: 200 });
	for (const stock of due) await tellOutages(stocks, broker, stock);
}

async function tellOutages(stocks: Stocks, broker: Broker, stock: StockDocument): Promise<void> {
	const { id, productId, sellerId, title, outs = {}, outsDue } = stock;
	for (const [key, { from, to, told }] of Object.entries(outs)) {
		if (told) continue;
		try {
			await broker.call("sales.stockOut", {
				sku: id,
				productId,
				sellerId,
				title,
				version: Number(key.slice(1)),
				from: new Date(from).toISOString(),
				...(to !== undefined && { to: new Date(to).toISOString() })
			});
		} catch {
			return; // away: `retellOutages` comes by
		}
		const path = `outs.${key}`;
		await (to === undefined
			? stocks.change(
					{ id, [`${path}.from`]: from, [`${path}.to`]: { $exists: false } },
					{ $set: { [`${path}.told`]: true } }
				)
			: stocks.change({ id, [`${path}.to`]: to }, { $unset: { [path]: true } }));
	}
	// whatever has come since has a time of its own
	if (outsDue !== undefined)
		await stocks.change({ id, outsDue, version: stock.version }, { $unset: { outsDue: true } });
}
