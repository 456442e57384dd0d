import type { StoredProduct } from "../../services/catalog/product";
import { SearchIndex } from "../../services/catalog/search";
import { pageOfOwn } from "../../services/catalog/seller-list";

let made = 0;
function product(changes: Partial<StoredProduct> & { price?: number } = {}): StoredProduct {
	const id = `p${String(++made).padStart(9, "0")}`;
	const { price = 1000, ...rest } = changes;
	const at = new Date(1e12 + made * 1000).toISOString();
	return {
		id,
		slug: id,
		title: "Thing",
		description: "",
		category: "things",
		tags: [],
		images: [],
		options: [],
		variants: [{ sku: `${id}-a`, options: {}, price }],
		skus: [`${id}-a`],
		sellerId: "seller00a",
		shopName: "Anna's",
		status: "published",
		ratingSum: 0,
		ratingCount: 0,
		ratingVersion: 0,
		createdAt: at,
		updatedAt: at,
		version: 1,
		revision: 1,
		touchedAt: made,
		...rest
	};
}
const indexOf = (...products: StoredProduct[]) => {
	const index = new SearchIndex();
	index.load(products);
	return index;
};
type Search = Parameters<SearchIndex["search"]>[0];
const search = (index: SearchIndex, search: Partial<Search> = {}) =>
	index.search({ page: 1, pageSize: 24, ...search });
const ids = (index: SearchIndex, asked: Partial<Search> = {}) =>
	search(index, asked).items.map(({ id }) => id);

describe("words", () => {
	const mug = product({ title: "Stoneware mug", tags: ["coffee"], category: "kitchen/mugs" });
	const dish = product({
		title: "Crème brûlée dish",
		description: "Fired in Delft",
		shopName: "Ofenfrisch"
	});
	const rug = product({ title: "Wool rug", category: "living/rugs" });
	const street = product({ title: "Straße im Grünen" });
	const index = indexOf(mug, dish, rug, street);

	it.each([
		["a word", "mug", [mug]],
		["several, all of them", "stoneware mug", [mug]],
		["several, one of them elsewhere", "stoneware rug", []],
		["a beginning", "stonew", [mug]],
		["a typo", "stonware", [mug]],
		["no typo in a short word", "rag", []],
		["without accents", "creme brulee", [dish]],
		["with other accents and case", "CRÈMÉ", [dish]],
		["a letter that is two", "strasse", [street]],
		["a tag", "coffee", [mug]],
		["a category", "living", [rug]],
		["a shop", "ofenfrisch", [dish]],
		["a description", "delft", [dish]],
		["nothing known", "zeppelin", []],
		["a first letter, which narrows nothing", "m", [street, rug, dish, mug]],
		["a word and the first letter of the next", "stoneware m", [mug]],
		["only signs", "!!! ((", []]
	])("find by %s: %s", (_what, q, found) => {
		expect(ids(index, { q })).toEqual(found.map(({ id }) => id));
	});

	it.each([
		"\u0000",
		"\ud800",
		"__proto__",
		"constructor",
		"'; drop",
		"*^~[",
		"ﷺ".repeat(33),
		" ".repeat(9),
		"a ".repeat(50),
		"🙂"
	])("bear %j", q => {
		expect(search(index, { q }).items.length).toBeLessThanOrEqual(4);
	});

	it("count most in the title", () => {
		const inTitle = product({ title: "Lamp oil" });
		const inTag = product({ title: "Brass wick", tags: ["lamp"] });
		const inText = product({ title: "Wick", description: "Of use for an old lamp" });
		expect(ids(indexOf(inText, inTag, inTitle), { q: "lamp" })).toEqual([
			inTitle.id,
			inTag.id,
			inText.id
		]);
	});

	it("are those of now when a product changes", () => {
		const index = indexOf(mug);
		index.put({ ...mug, title: "Beaker", revision: 2 });
		expect(ids(index, { q: "stoneware" })).toEqual([]);
		expect(ids(index, { q: "beaker" })).toEqual([mug.id]);
		expect(index.put({ ...mug, revision: 1 })).toBe(false);
		expect(ids(index, { q: "beaker" })).toEqual([mug.id]);
		index.put({ ...mug, revision: 3, status: "draft" });
		expect(search(index)).toMatchObject({ total: 0, facets: { categories: [], sellers: [] } });
	});
});

describe("facets", () => {
	const cheap = product({ category: "kitchen/mugs", price: 500 });
	const dear = product({ category: "kitchen/pots", price: 9000 });
	const other = product({
		category: "kitchen",
		price: 2000,
		sellerId: "seller00b",
		shopName: "Bo's"
	});
	const index = indexOf(cheap, dear, other);
	index.putStock(`${cheap.id}-a`, { available: 3, version: 1 });
	const kitchen = { value: "kitchen", count: 3 };

	it("count everything there is", () => {
		expect(search(index).facets).toEqual({
			categories: [
				kitchen,
				{ value: "kitchen/mugs", count: 1 },
				{ value: "kitchen/pots", count: 1 }
			],
			sellers: [
				{ value: "seller00a", label: "Anna's", count: 2 },
				{ value: "seller00b", label: "Bo's", count: 1 }
			],
			price: { min: 500, max: 9000 }
		});
		expect(search(indexOf()).facets.price).toEqual({ min: 0, max: 0 });
	});

	it.each<[string, Partial<Search>, StoredProduct[], string[], string[], [number, number]]>([
		[
			"a category with those below",
			{ category: "kitchen" },
			[other, dear, cheap],
			["kitchen", "kitchen/mugs", "kitchen/pots"],
			["seller00a", "seller00b"],
			[500, 9000]
		],
		[
			"one category",
			{ category: "kitchen/mugs" },
			[cheap],
			["kitchen", "kitchen/mugs", "kitchen/pots"],
			["seller00a"],
			[500, 500]
		],
		[
			"half a name of one",
			{ category: "kitch" },
			[],
			["kitchen", "kitchen/mugs", "kitchen/pots"],
			[],
			[0, 0]
		],
		[
			"a seller",
			{ seller: "seller00b" },
			[other],
			["kitchen"],
			["seller00a", "seller00b"],
			[2000, 2000]
		],
		[
			"a price",
			{ minPrice: 1000, maxPrice: 3000 },
			[other],
			["kitchen"],
			["seller00b"],
			[500, 9000]
		],
		[
			"what is in stock",
			{ inStock: true },
			[cheap],
			["kitchen", "kitchen/mugs"],
			["seller00a"],
			[500, 500]
		],
		["all at once", { inStock: true, seller: "seller00b" }, [], [], ["seller00a"], [0, 0]]
	])(
		"count what else could be chosen beside %s",
		(_what, filter, found, categories, sellers, [min, max]) => {
			const { facets } = search(index, filter);
			expect(ids(index, filter)).toEqual(found.map(({ id }) => id));
			expect(facets.categories.map(({ value }) => value)).toEqual(categories);
			expect(facets.sellers.map(({ value }) => value)).toEqual(sellers);
			expect(facets.price).toEqual({ min, max });
		}
	);

	it("say of a category how many one finds there", () => {
		for (const { value, count } of search(index).facets.categories)
			expect(search(index, { category: value }).total).toBe(count);
	});
});

describe("orders", () => {
	const [a, b, c] = [
		product({ price: 300, ratingSum: 4, ratingCount: 1 }),
		product({ price: 100, ratingSum: 40, ratingCount: 10 }),
		product({ price: 300, ratingSum: 5, ratingCount: 1 })
	];
	const index = indexOf(a, b, c);
	index.putStock(`${b.id}-a`, { available: 1, sold: 9, version: 1 });
	it.each([
		["newest", [c, b, a]],
		["price", [b, a, c]],
		["-price", [c, a, b]],
		["rating", [c, b, a]],
		["popular", [b, a, c]],
		["relevance", [c, b, a]]
	] as const)("by %s", (sort, order) => {
		const expected = order.map(({ id }) => id);
		expect(ids(index, { sort })).toEqual(expected);
		expect(ids(index, { sort, minPrice: 1 })).toEqual(expected);
		expect(ids(index, { sort, q: "thing" }).toSorted()).toEqual(expected.toSorted());
	});

	it("keep every page apart while stock and sales change", () => {
		const products = Array.from({ length: 50 }, (_, i) => product({ price: 100 + (i % 3) }));
		const index = indexOf(...products);
		for (const sort of ["newest", "price", "-price", "rating", "relevance"] as const)
			for (const asked of [{}, { q: "thing" }, { category: "things" }]) {
				const seen: string[] = [];
				for (let page = 1; page <= 5; page++) {
					seen.push(...ids(index, { sort, ...asked, page, pageSize: 10 }));
					products.forEach(({ skus }, i) =>
						index.putStock(skus[0]!, { available: i % page, sold: i, version: page })
					);
				}
				expect(new Set(seen).size).toBe(50);
			}
	});

	it("follow what is sold, rated and repriced", () => {
		const index = indexOf(a, b, c);
		index.putStock(`${a.id}-a`, { available: 1, sold: 3, version: 1 });
		index.putStock(`${c.id}-a`, { available: 1, sold: 5, version: 1 });
		expect(ids(index, { sort: "popular" })).toEqual([c.id, a.id, b.id]);
		index.putStock(`${a.id}-a`, { available: 0, sold: 8, version: 2 });
		index.putStock(`${a.id}-a`, { available: 9, sold: 1, version: 1 });
		expect(ids(index, { sort: "popular", minPrice: 1 })).toEqual([a.id, c.id, b.id]);
		index.put({ ...b, variants: [{ ...b.variants[0]!, price: 900 }], ratingSum: 50, revision: 2 });
		expect(ids(index, { sort: "price" })).toEqual([a.id, c.id, b.id]);
		expect(ids(index, { sort: "rating" })).toEqual([b.id, c.id, a.id]);
	});
});

it("shows stock as it is, and counts only changes that somebody could see", () => {
	const shown = product();
	const draft = product({ status: "draft" });
	const index = indexOf(shown, draft);
	const changes = () => index.changes;
	let before = changes();
	expect(index.putStock(shown.skus[0]!, { available: 4, held: 1, version: 3 })).toBe(true);
	expect(changes()).toBeGreaterThan(before);
	expect(search(index).items).toMatchObject([{ available: 4 }]);
	before = changes();
	expect(index.putStock(shown.skus[0]!, { available: 9, version: 2 })).toBe(false);
	expect(index.putStock(shown.skus[0]!, { available: 4, version: 3 })).toBe(false);
	expect(index.putStock(draft.skus[0]!, { available: 9, version: 2 })).toBe(false);
	expect(index.putStock("unknown-sku", { available: 9, version: 2 })).toBe(false);
	expect(changes()).toBe(before);
});

it("lists a seller's own, drafts too", () => {
	const [tea, jam] = [product({ title: "Tea", status: "draft" }), product({ title: "Jam" })];
	const index = indexOf(tea, jam, product({ sellerId: "seller00b" }));
	index.putStock(jam.skus[0]!, { available: 50, threshold: 5, version: 1 });
	const own = (asked: object = {}) =>
		pageOfOwn(index, "seller00a", { sort: "newest", page: 1, pageSize: 10, ...asked }).ids;
	expect(own()).toEqual([jam.id, tea.id]);
	expect(own({ sort: "-newest" })).toEqual([tea.id, jam.id]);
	expect(own({ sort: "title" })).toEqual([jam.id, tea.id]);
	expect(own({ sort: "stock" })).toEqual([tea.id, jam.id]);
	expect(own({ status: "draft" })).toEqual([tea.id]);
	expect(own({ lowStock: true })).toEqual([tea.id]);
	expect(own({ q: "JÄM" })).toEqual([jam.id]);
	expect(own({ q: jam.skus[0] })).toEqual([jam.id]);
});
