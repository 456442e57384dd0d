/** Lists up to this length are counted whenever they are asked for. */
const COUNTED = 1000;
/** Milliseconds that a longer list's size is good for; then it is counted again behind the answer. */
const FRESH = 5000;
/** Milliseconds after which it is counted before the answer. */
const OLD = 60_000;
const MOST = 10_000;

interface Size {
	size: number;
	at: number;
	/** It is being counted again. */
	counting?: Promise<number>;
}

/**
 * How long lists are, in a store that counts by looking at each entry. Short ones are counted, so nobody misses
 * what was just done; the size of a long one is remembered for some seconds.
 */
export class ListSizes {
	private readonly known = new Map<string, Size>();

	constructor(private readonly count: (key: string, limit?: number) => Promise<number>) {}

	async of(key: string): Promise<number> {
		const known = this.known.get(key);
		const age = known ? Date.now() - known.at : Infinity;
		if (age < FRESH) return known!.size;
		const size = await this.count(key, COUNTED + 1);
		if (size <= COUNTED) {
			this.known.delete(key);
			return size;
		}
		const counted = this.recount(key);
		return age < OLD ? known!.size : counted;
	}

	/** Asked for by many at once, it is counted once. */
	private recount(key: string): Promise<number> {
		const known = this.known.get(key) ?? { size: 0, at: -Infinity };
		known.counting ??= this.count(key)
			.then(size => {
				Object.assign(known, { size, at: Date.now() });
				return size;
			})
			.finally(() => delete known.counting);
		known.counting.catch(() => {}); // whoever waits for it is told; else the next one counts again
		this.known.delete(key);
		this.known.set(key, known);
		if (this.known.size > MOST) this.known.delete(this.known.keys().next().value!);
		return known.counting;
	}
}
