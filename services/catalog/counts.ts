import type { Result } from "../shared/contract";
import type { SearchIndex } from "./search";
import { eachOf, ordered } from "./seller-list";

const MOST_CATEGORIES = 500;

/** How many products a seller has, by what they filter them by. */
export function countsOfOwn(index: SearchIndex, sellerId: string): Result<"catalog.counts"> {
	const statuses = { draft: 0, published: 0, archived: 0 };
	const categories = new Map<string, number>();
	let total = 0;
	let lowStock = 0;
	eachOf(ordered(index, sellerId, "newest"), ({ card, short }) => {
		total++;
		statuses[card.status]++;
		if (short) lowStock++;
		categories.set(card.category, (categories.get(card.category) ?? 0) + 1);
	});
	return {
		total,
		statuses,
		lowStock,
		categories: [...categories]
			.map(([value, count]) => ({ value, count }))
			.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
			.slice(0, MOST_CATEGORIES)
	};
}
