import type { Collection } from "../../mixins/db.mixin";
import { idOf } from "../id";
import type { Params } from "../shared/contract";
import type { StockOut } from "../shared/sales.contract";
import type { Line } from "./entries";
import { DAY, QUARTER } from "./places";

/** A time in which a SKU was out. */
export interface Outage {
	id: string;
	sellerId: string;
	sku: string;
	productId: string;
	title: string;
	/** Milliseconds. */
	from: number;
	to?: number;
	/** By seller and end, so that those that reach into a span are a range; "open" comes after all numbers. */
	end: string;
	/** What the SKU sold in the week before. */
	units: number;
	revenue: number;
}
type Told = Params<"sales.stockOut">;

/** Days before it that say what a SKU would have sold. */
export const WEEK = 7;
const MOST = 2000;
const MOST_SHOWN = 10;
const PAGE = 500;

const endOf = (sellerId: string, at: number | "open") =>
	`${sellerId}:${at === "open" ? at : String(at).padStart(14, "0")}`;
/** A SKU's sales in the week that ended with the quarter of an hour in which it went out. */
export type SalesBefore = (
	sellerId: string,
	sku: string,
	from: number,
	to: number
) => Promise<Pick<Line, "units" | "revenue">>;

/** The times in which SKUs were out, each by the version with which it began: told as often as it takes. */
export class StockOuts {
	constructor(
		private readonly outages: Collection<Outage>,
		private readonly soldBefore: SalesBefore
	) {}

	async record({ sku, productId, sellerId, title, version, ...told }: Told): Promise<void> {
		const id = idOf("x", sku, version);
		const from = Date.parse(told.from);
		const ending = told.to && {
			to: Date.parse(told.to),
			end: endOf(sellerId, Date.parse(told.to))
		};
		const worth = await this.worth(sellerId, sku, from);
		const end = endOf(sellerId, "open");
		const made = { id, sellerId, sku, productId, title, from, end, ...worth, ...ending };
		if (await this.outages.create(made)) return;
		// what has ended stays so, however late its beginning is told
		if (ending)
			await this.outages.change({ id, to: { $exists: false } }, { $set: { ...ending, ...worth } });
	}

	/** Looks up anew what each was worth. */
	async recount(): Promise<void> {
		for (let after = ""; ;) {
			const page = await this.outages.find({ id: { $gt: after } }, { sort: ["id"], limit: PAGE });
			for (const { id, sellerId, sku, from } of page)
				await this.outages.change({ id }, { $set: await this.worth(sellerId, sku, from) });
			if (page.length < PAGE) return;
			after = page.at(-1)!.id;
		}
	}

	/**
	 * Those that reach into a span, and what they cost there until now.
	 * @param missed which of those that go on are of what is for sale
	 */
	async cost(
		sellerId: string,
		from: number,
		to: number,
		now: number,
		missed: (open: Outage[]) => Promise<Outage[]>
	) {
		const [open, closed] = await Promise.all([
			this.outages.find({ end: endOf(sellerId, "open") }, { limit: MOST + 1 }),
			this.outages.find(
				{ end: { $gt: endOf(sellerId, from), $lt: endOf(sellerId, "open") } },
				{ sort: ["end"], limit: MOST + 1 }
			)
		]);
		const items = [...(await missed(open.slice(0, MOST))), ...closed.slice(0, MOST)]
			.filter(outage => outage.from < Math.min(to, now))
			.map(outage => costOf(outage, from, Math.min(to, now)))
			.sort((a, b) => b.cost - a.cost || (a.from < b.from ? 1 : -1));
		return {
			cost: items.reduce((sum, { cost }) => sum + cost, 0),
			complete: open.length <= MOST && closed.length <= MOST,
			items: items.slice(0, MOST_SHOWN)
		};
	}

	private async worth(sellerId: string, sku: string, at: number) {
		const to = Math.ceil(at / QUARTER) * QUARTER;
		const { units, revenue } = await this.soldBefore(sellerId, sku, to - WEEK * DAY, to);
		return { units, revenue };
	}
}

/** What an outage cost in a span, had the SKU gone on selling as before. */
export function costOf(outage: Outage, from: number, to: number): StockOut {
	const { sku, productId, title, units, revenue } = outage;
	const gone = Math.max(0, Math.min(outage.to ?? to, to) - Math.max(outage.from, from));
	return {
		sku,
		productId,
		title,
		from: new Date(outage.from).toISOString(),
		...(outage.to !== undefined && { to: new Date(outage.to).toISOString() }),
		perDay: Math.round((units / WEEK) * 100) / 100,
		cost: Math.round((revenue * gone) / (WEEK * DAY))
	};
}
