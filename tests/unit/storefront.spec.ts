import type { Card, Variant } from "@shared/catalog.contract";
import {
	added,
	follows,
	pagesOf,
	queryOf,
	refreshed,
	searchOf
} from "../../frontend/src/storefront/grid";
import { firstOf, stateOf, withOption } from "../../frontend/src/storefront/variants";

describe("a search and its address", () => {
	it.each([
		[{}, { sort: "newest", page: 1 }],
		[{ q: "tea" }, { q: "tea", sort: "relevance" }],
		[{ q: "tea", sort: "-price" }, { sort: "-price" }],
		[
			{ inStock: "true", minPrice: "500" },
			{ inStock: true, minPrice: 500 }
		],
		[
			{ page: "-3", minPrice: "1.5", maxPrice: "x", sort: "; drop" },
			{ page: 1, sort: "newest" }
		],
		[{ seller: "../../etc", q: ["cup", "mug"] }, { q: "cup" }]
	])("reads %j", (query, search) => {
		expect(searchOf(query)).toMatchObject(search);
	});

	it("leaves nonsense out", () => {
		const { minPrice, maxPrice, seller } = searchOf({
			minPrice: "1.5",
			maxPrice: "x",
			seller: "A B"
		});
		expect([minPrice, maxPrice, seller]).toEqual([undefined, undefined, undefined]);
	});

	it("goes there and back", () => {
		const query = {
			q: "cup",
			category: "kitchen/mugs",
			sort: "price",
			minPrice: "100",
			inStock: "true"
		};
		const again = queryOf(searchOf(query), {});
		expect(searchOf(JSON.parse(JSON.stringify(again)))).toEqual(searchOf(query));
	});

	it("begins on page 1 with a new filter, and leaves defaults out", () => {
		const search = searchOf({ page: "4", sort: "newest" });
		expect(JSON.parse(JSON.stringify(queryOf(search, { category: "desk" })))).toEqual({
			category: "desk"
		});
		expect(queryOf(search, { page: 5 })).toMatchObject({ page: 5 });
		expect(queryOf(search, { page: 1 }).page).toBeUndefined();
	});
});

it("changes cards in their places and tells what is new", () => {
	const card = (id: string, priceFrom = 1) => ({ id, priceFrom }) as Card;
	const shown = [card("a"), card("b")];
	const next = [card("c"), card("b", 2)];
	expect(refreshed(shown, next)).toEqual([card("a"), card("b", 2)]);
	expect(added(shown, next)).toEqual([card("c")]);
	// put there, it would move the others
	expect(follows(shown, next)).toBe(false);
	expect(follows(shown, [...shown, card("c")])).toBe(true);
	expect(follows([], next)).toBe(true);
});

it.each([
	[1, 1, [1]],
	[1, 3, [1, 2, 3]],
	[5, 9, [1, 0, 4, 5, 6, 0, 9]],
	[9, 9, [1, 0, 8, 9]]
])("shows the pages around %i of %i", (page, last, pages) => {
	expect(pagesOf(page, last)).toEqual(pages);
});

describe("variants", () => {
	const variant = (Size: string, Colour: string, available: number) =>
		({
			sku: `${Size}-${Colour}`,
			options: { Size, Colour },
			stock: { available }
		}) as unknown as Variant;
	const variants = [variant("S", "Red", 0), variant("M", "Red", 2), variant("M", "Blue", 1)];
	const availableOf = ({ stock }: Variant) => stock.available;

	it("opens with the first that is there", () => {
		expect(firstOf(variants, availableOf)?.sku).toBe("M-Red");
		expect(firstOf(variants.slice(0, 1), availableOf)?.sku).toBe("S-Red");
	});
	it("keeps the other options where that exists", () => {
		expect(withOption(variants, { Size: "S", Colour: "Red" }, "Size", "M")?.sku).toBe("M-Red");
		expect(withOption(variants, { Size: "S", Colour: "Red" }, "Colour", "Blue")?.sku).toBe(
			"M-Blue"
		);
	});
	it("tells sold out from not made", () => {
		const state = (name: string, value: string) =>
			stateOf(variants, { Size: "M", Colour: "Red" }, name, value, availableOf);
		expect([state("Size", "M"), state("Size", "S"), state("Colour", "Green")]).toEqual([
			"there",
			"soldOut",
			"missing"
		]);
	});
});
