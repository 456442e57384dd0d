import type { Doc } from "./journal";
import { OrderedList } from "./ordered-list";

/** Lists that documents say themselves to be in, each in an order that needs no sorting when it is read. */
export interface Lists {
	/** The field with the list's key, or with an array of the keys of several lists. */
	keys: string;
	/** The field with a whole number that a list is ordered by, "-createdAt" for the largest first. Ids decide between equals. */
	sort: string;
}

/** A part of a list, by what it is sorted by. */
export interface Span {
	/** The least value. */
	from?: number | undefined;
	/** The value that all are below. */
	to?: number | undefined;
	/** Where to go on: a document of the list, or where one has been. */
	after?: { sort: number; id: string } | undefined;
}

interface Entry {
	key: string;
	sort: number;
	id: string;
}
interface Change {
	oldDoc: Doc;
	newDoc: Doc;
}

const compare = <T extends string | number>(a: T, b: T) => (a === b ? 0 : a < b ? -1 : 1);

/**
 * The lists of an embedded store, all in one order as MongoDB's compound index of key, sort and id has them. It stands
 * among NeDB's indexes, which tell it of every change, of its old state, and of what is rolled back.
 */
export class ListIndex {
	readonly fieldName: string;
	private readonly sort: string;
	private readonly descends: boolean;
	private entries: OrderedList<Entry>;

	/** @param docsOf the documents with these ids, in their order */
	constructor(
		{ keys, sort }: Lists,
		private readonly docsOf: (ids: string[]) => Doc[]
	) {
		this.fieldName = keys;
		this.sort = sort.replace("-", "");
		this.descends = sort.startsWith("-");
		const direction = this.descends ? -1 : 1;
		this.compare = (a, b) =>
			compare(a.key, b.key) || direction * (compare(a.sort, b.sort) || compare(a.id, b.id));
		this.entries = new OrderedList(this.compare);
	}
	private readonly compare: (a: Entry, b: Entry) => number;

	size(key: string, span: Span = {}): number {
		return Math.max(0, this.end(key, span) - this.start(key, span));
	}
	page(key: string, offset: number, limit: number, span: Span = {}): Doc[] {
		const start = this.start(key, span) + offset;
		const count = Math.min(limit, this.end(key, span) - start);
		const found = count > 0 ? this.entries.slice(start, count) : [];
		return this.docsOf(found.map(({ id }) => id));
	}

	// From here on it is what NeDB asks of an index.

	insert(docs: Doc | Doc[]): void {
		for (const doc of [docs].flat()) for (const entry of this.of(doc)) this.entries.add(entry);
	}
	remove(docs: Doc | Doc[]): void {
		for (const doc of [docs].flat()) for (const entry of this.of(doc)) this.entries.remove(entry);
	}
	update(changes: Doc | Change[], newDoc?: Doc): void {
		const pairs = Array.isArray(changes) ? changes : [{ oldDoc: changes, newDoc: newDoc! }];
		for (const { oldDoc, newDoc } of pairs) this.move(oldDoc, newDoc);
	}
	revertUpdate(changes: Doc | Change[], newDoc?: Doc): void {
		const pairs = Array.isArray(changes) ? changes : [{ oldDoc: changes, newDoc: newDoc! }];
		for (const { oldDoc, newDoc } of pairs) this.move(newDoc, oldDoc);
	}
	reset(docs: Doc | Doc[] = []): void {
		this.entries = new OrderedList(this.compare);
		const lists = new Map<string, Entry[]>();
		for (const doc of [docs].flat())
			for (const entry of this.of(doc)) {
				const list = lists.get(entry.key);
				if (list) list.push(entry);
				else lists.set(entry.key, [entry]);
			}
		// in their order, each has its place beside the one before
		for (const key of [...lists.keys()].sort())
			for (const entry of lists.get(key)!.sort(this.compare)) this.entries.add(entry);
	}
	getMatching(keys: unknown): Doc[] {
		const asked = new Set([keys].flat().filter(key => typeof key === "string"));
		return [...new Set([...asked].flatMap(key => this.page(key, 0, Infinity)))];
	}
	getBetweenBounds(): never {
		throw new Error(`${this.fieldName} has lists, and no ranges of them`);
	}

	/** Where a list begins, or the part of it. */
	private start(key: string, { from, to, after }: Span = {}): number {
		const outside = (entry: Entry) =>
			(this.descends
				? to !== undefined && entry.sort >= to
				: from !== undefined && entry.sort < from) ||
			(after !== undefined && this.compare(entry, { key, ...after }) <= 0);
		return this.entries.rank(entry => entry.key < key || (entry.key === key && outside(entry)));
	}
	/** Where it is over. */
	private end(key: string, { from, to }: Span = {}): number {
		const inside = ({ sort }: Entry) =>
			this.descends ? from === undefined || sort >= from : to === undefined || sort < to;
		return this.entries.rank(entry => entry.key < key || (entry.key === key && inside(entry)));
	}
	private move(from: Doc, to: Doc): void {
		const [before, after] = [this.of(from), this.of(to)];
		const has = (entries: Entry[], { key, sort }: Entry) =>
			entries.some(entry => entry.key === key && entry.sort === sort);
		for (const entry of before) if (!has(after, entry)) this.entries.remove(entry);
		for (const entry of after) if (!has(before, entry)) this.entries.add(entry);
	}
	private of(doc: Doc): Entry[] {
		const { _id: id, [this.fieldName]: keys = [], [this.sort]: sort } = doc;
		const unique = [...new Set([keys].flat() as string[])];
		return unique.map(key => ({ key, sort: sort as Entry["sort"], id }));
	}
}
