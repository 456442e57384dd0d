import type { Entry } from "./entry";
import { SortedList } from "./sorted-list";

type Compare = (a: Entry, b: Entry) => number;
const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
const by =
	(key: (entry: Entry) => string | number): Compare =>
	(a, b) =>
		compare(key(a), key(b)) || compare(a.id, b.id);

/** What a seller's products can be in order of; the other way round is the same list from its end. */
const ORDERS = {
	created: by(({ card }) => card.createdAt),
	updated: by(({ card }) => card.updatedAt),
	title: by(({ haystack }) => haystack),
	stock: by(({ available }) => available),
	price: by(({ price }) => price)
};
export type OwnOrder = keyof typeof ORDERS;
type Lists = Partial<Record<OwnOrder, SortedList<Entry>>>;

/** Entries held in all lists together; past it the lists of the seller who has looked least lately go. */
const MOST_HELD = 2_000_000;

/**
 * The products of those sellers who look at theirs, in the orders that they look at. A list is sorted when it is first
 * asked for; from then on each change puts one product in its place.
 */
export class OwnLists {
	/** By the seller's number, the least lately asked first. */
	private readonly kept = new Map<number, Lists>();
	/** How often each seller's products, and their stock, were other than before. */
	private readonly productRevs: number[] = [];
	private readonly stockRevs: number[] = [];

	/** A seller's products in an order; `all` gives them the first time. */
	list(seller: number, order: OwnOrder, all: () => Iterable<Entry>): SortedList<Entry> {
		const lists = this.kept.get(seller) ?? {};
		this.kept.delete(seller);
		this.kept.set(seller, lists);
		const known = lists[order];
		if (known) return known;
		const made = (lists[order] = new SortedList(ORDERS[order]));
		made.load([...all()]);
		this.shrink(seller);
		return made;
	}
	/** Changes when something does that a list may depend on: its products, and if so their stock. */
	stamp(seller: number, byStock: boolean): string {
		return `${this.productRevs[seller]}.${byStock ? this.stockRevs[seller] : ""}`;
	}
	restocked(entry: Entry): void {
		this.stockRevs[entry.seller] = (this.stockRevs[entry.seller] ?? 0) + 1;
	}
	add(entry: Entry): void {
		this.renewed(entry);
		for (const list of Object.values(this.kept.get(entry.seller) ?? {})) list.add(entry);
	}
	/** Changes an entry by `change` into `next`, and its place in the orders where it has another then. */
	change(entry: Entry, next: Entry, change: () => void): void {
		const lists = this.kept.get(entry.seller);
		const moved = lists
			? (Object.keys(lists) as OwnOrder[]).filter(order => ORDERS[order](entry, next) !== 0)
			: [];
		for (const order of moved) lists![order]!.remove(entry);
		change();
		for (const order of moved) lists![order]!.add(entry);
	}

	renewed(entry: Entry): void {
		this.productRevs[entry.seller] = (this.productRevs[entry.seller] ?? 0) + 1;
	}

	private shrink(asking: number): void {
		let held = 0;
		for (const lists of this.kept.values())
			for (const { length } of Object.values(lists)) held += length;
		for (const [seller, lists] of this.kept) {
			if (held <= MOST_HELD || seller === asking) return;
			for (const { length } of Object.values(lists)) held -= length;
			this.kept.delete(seller);
		}
	}
}
