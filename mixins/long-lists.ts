/** Lists up to this length are counted whenever they are asked for, and have no edge. */
const SHORT = 1000;
/** So many of a longer one are on this side of its edge. */
const NEAR = 1200;
/** Milliseconds that its size is good for; then it is counted again behind the answer. */
const FRESH = 5000;
/** Milliseconds after which it is counted before the answer. */
const OLD = 60_000;
const MOST = 10_000;

type Sort = string | number;
/** What a store can find out about a list, at a price that may grow with it. */
interface Store {
	count(key: string, limit?: number): Promise<number>;
	/** What the n-th is sorted by. */
	sortOf(key: string, n: number): Promise<Sort | undefined>;
}
interface Known {
	size: number;
	at: number;
	/** What somewhat more than a thousand of the list come up to, and how long it was when that was found. */
	edge?: { sort: Sort; size: number };
	/** It is being looked at. */
	looking?: Promise<number>;
}

/**
 * Remembers of long lists what would be dear to ask each time. Short ones are counted, so nobody misses what was just
 * done; the size of a long one may be some seconds old. Its edge may be as old as it likes: a page that is full on
 * this side of it is right.
 */
export class LongLists {
	private readonly known = new Map<string, Known>();

	constructor(private readonly store: Store) {}

	async size(key: string): Promise<number> {
		const known = this.known.get(key);
		const age = known ? Date.now() - known.at : Infinity;
		if (age < FRESH) return known!.size;
		const size = await this.store.count(key, SHORT + 1);
		if (size <= SHORT) {
			this.known.delete(key);
			return size;
		}
		const looked = this.look(key);
		return age < OLD ? known!.size : looked;
	}
	/** Up to where to look for a page that ends at `end`; undefined when all has to be looked at. */
	edge(key: string, end: number): Sort | undefined {
		return end <= NEAR ? this.known.get(key)?.edge?.sort : undefined;
	}

	/** Wanted by many at once, it is done once. */
	private look(key: string): Promise<number> {
		const known = this.known.get(key) ?? { size: 0, at: -Infinity };
		known.looking ??= this.lookAgain(key, known).finally(() => delete known.looking);
		known.looking.catch(() => {}); // whoever waits for it is told; else the next one looks again
		this.known.delete(key);
		this.known.set(key, known);
		if (this.known.size > MOST) this.known.delete(this.known.keys().next().value!);
		return known.looking;
	}
	private async lookAgain(key: string, known: Known): Promise<number> {
		const size = await this.store.count(key);
		const grown = size - (known.edge?.size ?? -Infinity) > NEAR;
		const sort = grown ? await this.store.sortOf(key, NEAR) : undefined;
		if (sort !== undefined) known.edge = { sort, size };
		Object.assign(known, { size, at: Date.now() });
		return size;
	}
}
