import type { OrderDocument } from "../../services/order/order-document";
import { factsOf } from "../../services/order/facts";
import { counted } from "../../services/sales/counted";
import { type Bucket, type Entry, entriesOfFacts } from "../../services/sales/entries";
import { DAY, dayId, hourOf, sellerOf } from "../../services/sales/places";
import { type Day, dayFrom, type Goods, rollAt } from "../../services/sales/rollup";

/** The sales of orders of the past, counted and summed up as the sales service does it. */
export class PastSales {
	private readonly buckets = new Map<string, Bucket>();

	constructor(private readonly now: number) {}

	/** The entries of an order, counted. */
	count(order: OrderDocument): Entry[] {
		const entries = entriesOfFacts(factsOf(order)).map(entry => {
			const { open: _, ...closed } = entry;
			return closed;
		});
		for (const entry of entries) {
			const { bucket: id } = entry;
			const quarters = counted(this.buckets.get(id)?.quarters ?? {}, [entry]);
			const rests = hourOf(id) < this.now - 2 * DAY;
			this.buckets.set(id, {
				id,
				quarters,
				pending: [],
				stamp: "past",
				...(!rests && { rollAt: rollAt(id, this.now) })
			});
		}
		return entries;
	}

	get all(): Bucket[] {
		return [...this.buckets.values()];
	}

	/** The sums of the days that are over for long; the service itself sums up the others. */
	days(): { days: Day[]; goods: Goods[] } {
		const byDay = new Map<string, Bucket[]>();
		for (const bucket of this.all) {
			if (bucket.rollAt !== undefined) continue;
			const id = dayId(sellerOf(bucket.id), hourOf(bucket.id));
			byDay.set(id, [...(byDay.get(id) ?? []), bucket]);
		}
		const sums = [...byDay].map(([id, buckets]) => ({ id, n: 1, ...dayFrom(buckets) }));
		return {
			days: sums.map(({ id, n, rows }) => ({ id, n, rows })),
			goods: sums.map(({ id, n, sold }) => ({ id, n, sold }))
		};
	}
}
