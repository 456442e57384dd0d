import type { Result } from "../shared/contract";

export type Facets = Result<"catalog.search">["facets"];

const MOST_CATEGORIES = 200;
const MOST_SELLERS = 100;

/** Gives names numbers, so that counting them is adding in an array. */
export class Names {
	private readonly numbers = new Map<string, number>();
	readonly all: string[] = [];

	/** The number of a name, a new one if need be. */
	take(name: string): number {
		const known = this.numbers.get(name);
		if (known !== undefined) return known;
		this.numbers.set(name, this.all.length);
		return this.all.push(name) - 1;
	}
	/** The number of a name, or one that nothing has. */
	find(name: string): number {
		return this.numbers.get(name) ?? -1;
	}
}
interface Counted {
	/** Numbers of its category and those above. */
	paths: readonly number[];
	/** Number of its seller. */
	seller: number;
}

/** What is told apart in the facets. */
export class Dimensions {
	readonly categories = new Names();
	readonly sellers = new Names();
	/** What each seller's shop is called. */
	readonly labels: string[] = [];
}

/** Counts products by category and by seller. */
export class Counts {
	private readonly categories: number[] = [];
	private readonly sellers: number[] = [];

	constructor(private readonly dimensions: Dimensions) {}

	category({ paths }: Counted, by = 1): void {
		for (const path of paths) this.categories[path] = (this.categories[path] ?? 0) + by;
	}
	seller({ seller }: Counted, by = 1): void {
		this.sellers[seller] = (this.sellers[seller] ?? 0) + by;
	}
	/** The categories, those with the most products first, and so each after the ones above it. */
	topCategories(most = MOST_CATEGORIES) {
		return top(this.dimensions.categories, this.categories, most);
	}
	facets(min: number, max: number): Facets {
		const { sellers, labels } = this.dimensions;
		return {
			categories: this.topCategories(),
			sellers: top(sellers, this.sellers, MOST_SELLERS).map(({ value, count }) => ({
				value,
				label: labels[sellers.find(value)]!,
				count
			})),
			price: min <= max ? { min, max } : { min: 0, max: 0 }
		};
	}
}

function top({ all }: Names, counts: readonly number[], most: number) {
	const counted: { value: string; count: number }[] = [];
	counts.forEach((count, i) => count > 0 && counted.push({ value: all[i]!, count }));
	return counted.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, most);
}
