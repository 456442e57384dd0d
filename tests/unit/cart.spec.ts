import {
	bought,
	merge,
	MOST_LINES,
	problemsOf,
	put,
	viewOf,
	type Facts,
	type Lines
} from "../../services/cart/lines";
import type { Sellable } from "../../services/shared/catalog.contract";

const sellable = (sku: string, changes: Partial<Sellable> = {}): Sellable => ({
	sku,
	productId: "product00",
	slug: "mug",
	title: "Mug",
	options: {},
	image: null,
	unitPrice: 100,
	sellerId: "seller000",
	shopName: "Anna's",
	status: "published",
	...changes
});
const at = (n: number) => new Date(1e12 + n).toISOString();
const lines = (quantities: Record<string, number>): Lines =>
	Object.entries(quantities).reduce(
		(all, [sku, quantity], i) => put(all, sellable(sku), quantity, at(i)),
		{}
	);
const facts = (available: Record<string, number>, sold: Sellable[] = []): Facts => ({
	asked: new Set(Object.keys(available)),
	sellables: new Map(
		[...Object.keys(available).map(sku => sellable(sku)), ...sold].map(known => [known.sku, known])
	),
	available: new Map(Object.entries(available))
});
const quantities = (all: Lines) =>
	Object.fromEntries(Object.entries(all).map(([sku, { quantity }]) => [sku, quantity]));

it.each([
	["the account's when it is larger", { aa: 5 }, { aa: 2 }, { aa: 9 }, { aa: 5 }],
	["the guest's when it is larger", { aa: 2 }, { aa: 5 }, { aa: 9 }, { aa: 5 }],
	["no more than there is", { aa: 2 }, { aa: 5 }, { aa: 3 }, { aa: 3 }],
	["both", { aa: 2 }, { bb: 5 }, { bb: 9 }, { aa: 2, bb: 5 }],
	["nothing that is sold out", { aa: 2 }, { bb: 5 }, { bb: 0 }, { aa: 2 }],
	["what the account had, though sold out", { aa: 2 }, { aa: 5 }, { aa: 0 }, { aa: 2 }],
	["nothing unknown", {}, { aa: 5 }, {}, {}]
])("merges %s", (_what, own, guest, available: Record<string, number>, merged) => {
	const once = merge(lines(own), lines(guest), facts(available));
	expect(quantities(once)).toEqual(merged);
	expect(merge(once, lines(guest), facts(available))).toEqual(once);
});

it("merges no more than a cart holds, the account's own first", () => {
	const many = (prefix: string, n: number) =>
		Object.fromEntries(Array.from({ length: n }, (_, i) => [`${prefix}-${i}`, 1]));
	const guest = many("guest", 60);
	const merged = merge(lines(many("own", 60)), lines(guest), {
		available: new Map(Object.keys(guest).map(sku => [sku, 9]))
	});
	expect(Object.keys(merged)).toHaveLength(MOST_LINES);
	expect(Object.keys(merged).filter(sku => sku.startsWith("own"))).toHaveLength(60);
});

it.each<[string, Facts, string | undefined, number]>([
	["nothing", facts({ aa: 3 }), undefined, 300],
	[
		"a price that moved",
		facts({ aa: 3 }, [sellable("aa", { unitPrice: 90 })]),
		"PRICE_CHANGED",
		270
	],
	[
		"too few, before the price",
		facts({ aa: 2 }, [sellable("aa", { unitPrice: 90 })]),
		"INSUFFICIENT_STOCK",
		270
	],
	["none, before too few", facts({ aa: 0 }), "OUT_OF_STOCK", 0],
	[
		"a draft, before none",
		facts({ aa: 0 }, [sellable("aa", { status: "draft" })]),
		"UNAVAILABLE",
		0
	],
	["nothing of the name any more", { ...facts({}), asked: new Set(["aa"]) }, "UNAVAILABLE", 0]
])("finds the problem: %s", (_what, now, problem, subtotal) => {
	const all = lines({ aa: 3 });
	const cart = viewOf(all, now, 7);
	expect(cart).toMatchObject({ subtotal, total: subtotal, version: 7 });
	expect(cart.items[0]!.problem).toBe(problem);
	expect(cart.items[0]!.previousUnitPrice).toBe(problem === "PRICE_CHANGED" ? 100 : undefined);
	expect(problemsOf(all, now, {})).toEqual(problem ? { aa: problem } : {});
});

it("keeps what was known of what wasn't asked about", () => {
	const known = { aa: "OUT_OF_STOCK", bb: "UNAVAILABLE", gone: "UNAVAILABLE" } as const;
	expect(problemsOf(lines({ aa: 1, bb: 1 }), facts({ aa: 5 }), known)).toEqual({
		bb: "UNAVAILABLE"
	});
});

it("takes out what was bought, and no more", () => {
	const left = bought(lines({ aa: 3, bb: 1, cc: 2 }), [
		{ sku: "aa", quantity: 1 },
		{ sku: "bb", quantity: 5 },
		{ sku: "dd", quantity: 1 }
	]);
	expect(quantities(left)).toEqual({ aa: 2, cc: 2 });
});
