import type { Params } from "../shared/contract";
import type { Entry } from "./entry";
import { Counts, type Dimensions, type Facets } from "./facets";
import type { Ordered } from "./orders";
import { wordsOf } from "./text";

export type Filters = Omit<Params<"catalog.search">, "page" | "pageSize">;
/** Everything that fits, in order. */
export interface Hits extends Ordered {
	facets: Facets;
}

/** More words than these tell nothing and cost time. */
const MOST_WORDS = 8;

/** The words to look for; null when nothing is asked yet, such as by the first letter of a word. */
export function asked(q: string | undefined): string[] | null {
	if (!q?.trim()) return null;
	const words = wordsOf(q).slice(0, MOST_WORDS);
	const telling = words.filter(word => !/^[a-z0-9]$/.test(word));
	return telling.length || !words.length ? telling : null;
}

/** Those that fit the filters, and for each facet how many would fit with another choice of it. */
export function matching(candidates: Ordered, filters: Filters, dimensions: Dimensions): Hits {
	const { minPrice = 0, maxPrice = Infinity, inStock } = filters;
	const { categories, sellers } = dimensions;
	const category = filters.category === undefined ? null : categories.find(filters.category);
	const seller = filters.seller === undefined ? null : sellers.find(filters.seller);
	const { parts, backwards } = candidates;
	const counts = new Counts(dimensions);
	const found: Entry[] = [];
	let min = Infinity;
	let max = -Infinity;
	for (const part of parts)
		for (const entry of part) {
			if (inStock && entry.available === 0) continue;
			const fits = category === null || entry.paths.includes(category);
			const sells = seller === null || entry.seller === seller;
			const costs = entry.price >= minPrice && entry.price <= maxPrice;
			if (sells && costs) counts.category(entry);
			if (fits && costs) counts.seller(entry);
			if (fits && sells) {
				if (entry.price < min) min = entry.price;
				if (entry.price > max) max = entry.price;
				if (costs) found.push(entry);
			}
		}
	return { parts: [found], length: found.length, backwards, facets: counts.facets(min, max) };
}

const MOST_SEARCHES = 200;
const MOST_ENTRIES = 1_000_000;

/** Results of searches, each for as long as its stamp stands; the least lately used go first. */
export class Found<T extends { length: number }> {
	private readonly kept = new Map<string, { stamp: string; hits: T }>();
	private held = 0;

	get(key: string, stamp: string, find: () => T): T {
		const known = this.kept.get(key);
		this.drop(key);
		const hits = known?.stamp === stamp ? known.hits : find();
		this.kept.set(key, { stamp, hits });
		this.held += hits.length;
		for (const [oldest] of this.kept) {
			if (oldest === key || (this.kept.size <= MOST_SEARCHES && this.held <= MOST_ENTRIES)) break;
			this.drop(oldest);
		}
		return hits;
	}
	private drop(key: string): void {
		this.held -= this.kept.get(key)?.hits.length ?? 0;
		this.kept.delete(key);
	}
}
