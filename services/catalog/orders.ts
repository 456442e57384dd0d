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

type Lists = Record<Exclude<Order, "-price">, SortedList<Entry>>;
const NAMES = ["newest", "price", "rating", "popular"] as const;
/** Products in order, in parts; `backwards` ones are to be read from the end. */
export interface Ordered {
	parts: readonly (readonly Entry[])[];
	length: number;
	backwards: boolean;
}

/** All published products in every order, kept so by each change: no request sorts them. */
export class Orders {
	private readonly lists: Lists = {
		newest: new SortedList(ORDERS.newest),
		price: new SortedList(ORDERS.price),
		rating: new SortedList(ORDERS.rating),
		popular: new SortedList(ORDERS.popular)
	};

	/** "-price" is the list by price from its end. */
	all(order: Order): Ordered {
		const backwards = order === "-price";
		const { parts, length } = this.lists[backwards ? "price" : (order as keyof Lists)];
		return { parts, length, backwards };
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
	/** Changes an entry, and its place in those orders where it has another then. */
	change(entry: Entry, next: Entry): void {
		const moved = NAMES.filter(name => ORDERS[name](entry, next) !== 0);
		for (const name of moved) this.lists[name].remove(entry);
		Object.assign(entry, next);
		for (const name of moved) this.lists[name].add(entry);
	}
	resold(entry: Entry, sold: number): void {
		this.lists.popular.remove(entry);
		entry.sold = sold;
		this.lists.popular.add(entry);
	}
}

/** The products of a page; it costs no more on the last one. */
export function sliceOf(
	{ parts, length, backwards }: Ordered,
	from: number,
	count: number
): Entry[] {
	const to = Math.min(from + count, length);
	let left = backwards ? length - to : from;
	let missing = to - from;
	const found: Entry[] = [];
	for (const part of missing > 0 ? parts : []) {
		if (left < part.length) {
			const piece = part.slice(left, left + missing);
			found.push(...piece);
			missing -= piece.length;
			if (missing === 0) break;
		}
		left = Math.max(0, left - part.length);
	}
	return backwards ? found.reverse() : found;
}
