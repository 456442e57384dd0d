import type { Collection, Document } from "mongodb";
import type { Lists, Span } from "./list-index";
import { windowOf, type Stretch } from "./list-window";
import { LongLists } from "./long-lists";

export type Doc = Document & { _id: string };
type Direction = 1 | -1;
type Order = Record<string, Direction>;

const DAY = 86_400_000;
/** Lists that fall are by time, from now on; those that rise by amounts. */
const startOf = (direction: Direction) =>
	direction < 0 ? { at: -Date.now(), step: DAY } : { at: 0, step: 8 };

/** A span in its list's order, where places rise: what falls is numbered downwards. */
function stretchOf({ from, to }: Span, direction: Direction): Stretch {
	if (direction > 0) return { from: from ?? -Infinity, to: to ?? Infinity };
	return {
		from: to === undefined ? -Infinity : 1 - to,
		to: from === undefined ? Infinity : 1 - from
	};
}
const isEmpty = ({ from, to }: Stretch) => from >= to;

/**
 * The lists of a collection, in the order of one index. MongoDB reads a page there, past what is skipped; servers of its kind
 * may sort all that they find. So a long list is read in a window that holds the page and not much more.
 */
export class MongoLists {
	readonly order: Order;
	private readonly field: string;
	private readonly direction: Direction;
	/** By the queries for lists, or for parts of them. */
	private readonly long = new LongLists((query, limit) => this.count(JSON.parse(query), limit));

	constructor(
		private readonly documents: Collection<Doc>,
		private readonly lists: Lists
	) {
		this.field = lists.sort.replace("-", "");
		this.direction = lists.sort.startsWith("-") ? -1 : 1;
		this.order = { [this.field]: this.direction, _id: this.direction };
	}

	size(key: string, span: Span = {}): Promise<number> {
		const stretch = stretchOf(span, this.direction);
		return isEmpty(stretch)
			? Promise.resolve(0)
			: this.long.size(JSON.stringify(this.within(key, stretch)));
	}
	async page(key: string, offset: number, limit: number, span: Span = {}): Promise<Doc[]> {
		const { direction, field } = this;
		const whole = stretchOf(span, direction);
		const { after } = span;
		if (!after) return this.cut(key, whole, whole, offset, limit);
		// first those with the same value, then all others
		const at = direction * after.sort;
		const past = direction < 0 ? "$lt" : "$gt";
		const alike = { [this.lists.keys]: key, [field]: after.sort, _id: { [past]: after.id } };
		const enough = offset + limit;
		const isIn = at >= whole.from && at < whole.to;
		const equals = isIn ? await this.inOrder(alike, 0, enough) : [];
		const missing = enough - equals.length;
		if (missing === 0) return equals.slice(offset);
		const rest = { ...whole, from: Math.max(whole.from, at + 1) };
		return [...equals, ...(await this.cut(key, whole, rest, 0, missing))].slice(offset);
	}

	/** A page of a stretch that begins within the whole and ends with it. */
	private async cut(key: string, whole: Stretch, stretch: Stretch, offset: number, limit: number) {
		const { direction, long } = this;
		if (isEmpty(stretch)) return [];
		const name = JSON.stringify(this.within(key, whole));
		const edge = stretch === whole ? long.edge(name, offset + limit) : undefined;
		if (edge !== undefined) {
			const near = { from: whole.from, to: edge };
			const found = await this.inOrder(this.within(key, near), offset, limit);
			if (found.length === limit) return found;
		}
		if (!(await long.isLong(name))) return this.inOrder(this.within(key, stretch), offset, limit);
		const count = (part: Stretch, most?: number) => this.count(this.within(key, part), most);
		const size = offset > 0 ? await long.size(name) : Infinity;
		const window = await windowOf(count, stretch, startOf(direction), { offset, limit, size });
		const { skip, backwards } = window;
		if (window.limit === 0) return [];
		if (stretch === whole && !backwards && window.from === whole.from)
			long.keepEdge(name, window.to, window.holds);
		const way = backwards ? this.reverse : this.order;
		const found = await this.inOrder(this.within(key, window), skip, window.limit, way);
		// some may have left since they were counted, and others stand beyond
		const more = backwards ? window.from > stretch.from : window.to < stretch.to;
		if (found.length < window.limit && more)
			return this.inOrder(this.within(key, stretch), offset, limit);
		return backwards ? found.reverse() : found;
	}
	/** What is in a stretch of a list. */
	private within(key: string, { from, to }: Stretch): Record<string, unknown> {
		const { direction, field, lists } = this;
		const [first, end] = direction < 0 ? ["$lte", "$gt"] : ["$gte", "$lt"];
		const bounds = {
			...(from > -Infinity && { [first]: direction * from }),
			...(to < Infinity && { [end]: direction * to })
		};
		return { [lists.keys]: key, ...(Object.keys(bounds).length && { [field]: bounds }) };
	}
	private get reverse(): Order {
		const back: Direction = this.direction < 0 ? 1 : -1;
		return { [this.field]: back, _id: back };
	}
	private count(query: object, limit?: number): Promise<number> {
		return this.documents.countDocuments(query, limit ? { limit } : {});
	}
	private inOrder(query: object, skip: number, limit: number, order = this.order): Promise<Doc[]> {
		return this.documents.find(query).sort(order).skip(skip).limit(limit).toArray();
	}
}
