import type { Result } from "../shared/contract";
import type { Entry } from "./entry";

export type Facets = Result<"catalog.search">["facets"];

const MOST_CATEGORIES = 200;
const MOST_SELLERS = 100;

interface Seller {
	label: string;
	count: number;
}

/** Counts entries by category (each with those above it) and by seller. */
export class Counts {
	readonly categories = new Map<string, number>();
	readonly sellers = new Map<string, Seller>();

	category({ paths }: Entry, by = 1): void {
		for (const path of paths) {
			const count = (this.categories.get(path) ?? 0) + by;
			if (count > 0) this.categories.set(path, count);
			else this.categories.delete(path);
		}
	}
	seller({ seller, card }: Entry, by = 1): void {
		const count = (this.sellers.get(seller)?.count ?? 0) + by;
		if (count > 0) this.sellers.set(seller, { label: card.seller.shopName, count });
		else this.sellers.delete(seller);
	}
	/** The categories, those with the most products first, and so each after the ones above it. */
	topCategories(most = MOST_CATEGORIES) {
		return [...this.categories]
			.map(([value, count]) => ({ value, count }))
			.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
			.slice(0, most);
	}
	topSellers() {
		return [...this.sellers]
			.map(([value, { label, count }]) => ({ value, label, count }))
			.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
			.slice(0, MOST_SELLERS);
	}
}
