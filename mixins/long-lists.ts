/** Lists up to this length are counted whenever they are asked for. */
const SHORT = 1000;
/** Milliseconds that the size of a longer one is good for; then it is counted again behind the answer. */
const FRESH = 5000;
/** Milliseconds after which it is counted before the answer. */
const OLD = 60_000;
const MOST = 10_000;

interface Known {
	size: number;
	at: number;
	/** It is being counted. */
	counting?: Promise<number>;
}

/** A place in a list with at least so many before it, as long as none leaves. */
interface Edge {
	to: number;
	before: number;
	at: number;
}

/**
 * Remembers the sizes of long lists, which would be dear to count each time. Short ones are counted, so nobody misses what
 * was just done; the size of a long one may be some seconds old. However old the edge of its first pages is,
 * a page that is full on this side of it is right; a new one only keeps that side short.
 */
export class LongLists {
	private readonly known = new Map<string, Known>();
	private readonly edges = new Map<string, Edge>();
	/** What has been asked in this very turn: an answer that was on its way before a write may not know of it. */
	private readonly asked = new Map<string, Promise<number>>();

	/** @param count the length of a list, at a price that may grow with it, up to a limit */
	constructor(private readonly count: (key: string, limit?: number) => Promise<number>) {}

	async size(key: string): Promise<number> {
		const known = this.known.get(key);
		const age = known ? Date.now() - known.at : Infinity;
		if (age < FRESH) return known!.size;
		const size = await this.upToLong(key);
		if (size <= SHORT) {
			this.known.delete(key);
			return size;
		}
		const counted = this.countAll(key);
		return age < OLD ? known!.size : counted;
	}
	/** Is it, or was it within the last minute? */
	async isLong(key: string): Promise<boolean> {
		const known = this.known.get(key);
		if (known && Date.now() - known.at < OLD) return true;
		return (await this.upToLong(key)) > SHORT;
	}

	/** Up to where to look first for a page that ends with the `end`-th. */
	edge(key: string, end: number): number | undefined {
		const { at = 0, before = 0, to } = this.edges.get(key) ?? {};
		return before >= end && Date.now() - at < OLD ? to : undefined;
	}
	keepEdge(key: string, to: number, before: number): void {
		keep(this.edges, key, { to, before, at: Date.now() });
	}

	/** A page and the size beside it are one question. */
	private upToLong(key: string): Promise<number> {
		const asked = this.asked.get(key) ?? this.count(key, SHORT + 1);
		if (!this.asked.has(key)) queueMicrotask(() => this.asked.delete(key));
		this.asked.set(key, asked);
		return asked;
	}
	/** Wanted by many at once, it is counted once. */
	private countAll(key: string): Promise<number> {
		const known = this.known.get(key) ?? { size: 0, at: -Infinity };
		known.counting ??= this.count(key)
			.then(size => Object.assign(known, { size, at: Date.now() }).size)
			.finally(() => delete known.counting);
		known.counting.catch(() => {}); // whoever waits for it is told; else the next one counts again
		keep(this.known, key, known);
		return known.counting;
	}
}

/** The oldest is forgotten where there are too many. */
function keep<T>(map: Map<string, T>, key: string, value: T): void {
	map.delete(key);
	map.set(key, value);
	if (map.size > MOST) map.delete(map.keys().next().value!);
}
