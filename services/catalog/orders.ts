import type { Entry } from "./entry";
import { SortedList } from "./sorted-list";

type Compare = (a: Entry, b: Entry) => number;
export type Order = "newest" | "price" | "-price" | "rating" | "popular";

const byId: Compare = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const byTime: Compare = (a, b) =>
	a.card.createdAt < b.card.createdAt ? 1 : a.card.createdAt > b.card.createdAt ? -1 : 0;
const rated = ({ card: { rating } }: Entry) => rating;

/** The id breaks every tie: a page is the same page however often it is asked for. */
export const ORDERS: Record<Order, Compare> = {
	newest: (a, b) => byTime(a, b) || byId(a, b),
	price: (a, b) => a.price - b.price || byId(a, b),
	"-price": (a, b) => b.price - a.price || byId(b, a),
	rating: (a, b) =>
		rated(b).average - rated(a).average || rated(b).count - rated(a).count || byId(a, b),
	popular: (a, b) => b.sold - a.sold || byId(a, b)
};

/** All published products in every order, kept so by each change: no request sorts them. */
export class Orders {
	private readonly lists = {
		newest: new SortedList(ORDERS.newest),
		price: new SortedList(ORDERS.price),
		rating: new SortedList(ORDERS.rating),
		popular: new SortedList(ORDERS.popular)
	};

	/** "-price" is the list by price from its end. */
	all(order: Order) {
		const backwards = order === "-price";
		const list = this.lists[backwards ? "price" : (order as Exclude<Order, "-price">)];
		return { entries: list.sorted(), backwards };
	}
	load(entries: Entry[]): void {
		for (const list of Object.values(this.lists)) list.load(entries);
	}
	add(entry: Entry): void {
		for (const list of Object.values(this.lists)) list.add(entry);
	}
	remove(entry: Entry): void {
		for (const list of Object.values(this.lists)) list.remove(entry);
	}
	resold(entry: Entry, sold: number): void {
		this.lists.popular.remove(entry);
		entry.sold = sold;
		this.lists.popular.add(entry);
	}
}

const MOST_SEARCHES = 200;
const MOST_ENTRIES = 1_000_000;

/** Results of searches, each for as long as its stamp stands; the least lately used go first. */
export class Found<T extends { entries: readonly unknown[] }> {
	private readonly kept = new Map<string, { stamp: string; hits: T }>();
	private held = 0;

	get(key: string, stamp: string, find: () => T): T {
		const known = this.kept.get(key);
		this.drop(key);
		const hits = known?.stamp === stamp ? known.hits : find();
		this.kept.set(key, { stamp, hits });
		this.held += hits.entries.length;
		for (const [oldest] of this.kept) {
			if (oldest === key || (this.kept.size <= MOST_SEARCHES && this.held <= MOST_ENTRIES)) break;
			this.drop(oldest);
		}
		return hits;
	}
	private drop(key: string): void {
		this.held -= this.kept.get(key)?.hits.entries.length ?? 0;
		this.kept.delete(key);
	}
}
