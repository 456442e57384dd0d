import { changeOf, newForm, textOf, type BulkForm } from "../../frontend/src/seller/bulk-form";
import { isChange, isFlaw, planOf, priceOf, undoOf, type Row } from "../../services/bulk/plan";
import type { ProductFacts } from "../../services/shared/batch.contract";
import { BulkChange } from "../../services/shared/bulk.contract";

const facts = (changes: Partial<ProductFacts> = {}): ProductFacts => ({
	id: "p0000000",
	version: 7,
	title: "Mug",
	status: "published",
	publishAt: null,
	category: "kitchen/mugs",
	tags: ["clay"],
	prices: [
		{ sku: "mug-s", price: 1000 },
		{ sku: "mug-l", price: 2000, compareAtPrice: 2500 }
	],
	...changes
});
const shelf = new Map([
	["mug-s", 3],
	["mug-l", 8]
]);
const plan = (change: Parameters<typeof BulkChange.parse>[0], of = facts()) =>
	planOf(of, BulkChange.parse(change), shelf);

it.each([
	[1000, { percent: 10 }, 1100],
	[999, { percent: 12.5 }, 1124],
	[1, { percent: -99 }, 1],
	[0, { percent: 50, rounding: "cent99" }, 0],
	[1000, { set: 0 }, 0],
	[1000, { set: 1234, rounding: "whole" }, 1200],
	[1000, { percent: 4, rounding: "cent99" }, 999],
	[1000, { percent: 6, rounding: "cent99" }, 1099],
	[20, { percent: 10, rounding: "cent99" }, 99],
	[20, { percent: 10, rounding: "whole" }, 100],
	[2450, { percent: 10, rounding: "whole" }, 2700]
] as const)("%d by %j is %d", (cents, change, price) => {
	expect(priceOf(cents, change)).toBe(price);
});

describe("a plan", () => {
	it("has only what would be different, on both sides", () => {
		expect(plan({ category: "sale", status: "published", price: { set: 1000 } })).toEqual({
			id: "p0000000",
			title: "Mug",
			version: 7,
			before: {
				category: "kitchen/mugs",
				prices: [{ sku: "mug-l", price: 2000, compareAtPrice: 2500 }]
			},
			after: { category: "sale", prices: [{ sku: "mug-l", price: 1000, compareAtPrice: 2500 }] },
			stock: []
		});
		expect(isChange(plan({ status: "published" }) as Row)).toBe(false);
		expect(isChange(plan({ tags: { add: ["clay"], remove: ["wood"] } }) as Row)).toBe(false);
		expect(isChange(plan({ stock: { set: 3 } }, facts({ prices: [] })) as Row)).toBe(false);
	});

	it("remembers when a draft would have published itself", () => {
		const publishAt = "2030-01-01T00:00:00.000Z";
		const row = plan({ status: "published" }, facts({ status: "draft", publishAt })) as Row;
		expect(row.after).toEqual({ status: "published", publishAt: null });
		expect(undoOf({ ...row, now: 8 })!.after).toEqual({ status: "draft", publishAt });
	});

	it("refuses a product as a whole where one of its variants can't be", () => {
		expect(plan({ stock: { delta: -4 }, category: "sale" })).toEqual({
			id: "p0000000",
			code: "OUT_OF_STOCK",
			sku: "mug-s"
		});
		const dear = facts({ prices: [{ sku: "mug-l", price: 900_000_000 }] });
		expect(plan({ price: { percent: 20 } }, dear)).toMatchObject({ code: "VALIDATION_FAILED" });
		const tagged = facts({ tags: Array.from({ length: 20 }, (_, i) => `tag ${i}`) });
		expect(isFlaw(plan({ tags: { add: ["one more"] } }, tagged))).toBe(true);
		expect(isFlaw(plan({ tags: { add: ["new"], remove: ["tag 3"] } }, tagged))).toBe(false);
	});

	it("is undone from the state that it has left, with what its stock did", () => {
		const row = plan({ category: "sale", stock: { set: 5 } }) as Row;
		expect(undoOf(row)).toBeNull();
		const moved = [
			{ sku: "mug-s", delta: 2 },
			{ sku: "mug-l", delta: -3 }
		];
		expect(undoOf({ ...row, now: 8, moved })).toMatchObject({
			version: 8,
			before: { category: "sale" },
			after: { category: "kitchen/mugs" },
			stock: [
				{ sku: "mug-s", delta: -2 },
				{ sku: "mug-l", delta: 3 }
			]
		});
	});
});

it.each<[object]>([
	[{}],
	[{ price: {} }],
	[{ price: { set: 1, percent: 1 } }],
	[{ price: { percent: -100 } }],
	[{ price: { percent: 1.234 } }],
	[{ stock: { delta: 0 } }],
	[{ stock: { set: -1 } }],
	[{ tags: { add: [], remove: [] } }],
	[{ category: "a//b" }]
])("%j is no change", change => {
	expect(BulkChange.safeParse(change).success).toBe(false);
});

describe("the dialog", () => {
	const form = (changes: Partial<BulkForm>) => changeOf({ ...newForm(), ...changes });
	it.each<[Partial<BulkForm>, object | undefined]>([
		[{ amount: "12,5" }, { price: { percent: 12.5, rounding: "none" } }],
		[{ priceWay: "down", amount: "10 %" }, { price: { percent: -10, rounding: "none" } }],
		[{ priceWay: "down", amount: "100" }, undefined],
		[{ priceWay: "set", amount: "19,99" }, { price: { set: 1999 } }],
		[{ priceWay: "set", amount: "a lot" }, undefined],
		[{ amount: "" }, undefined],
		[{ kind: "stock", units: "5" }, { stock: { delta: 5 } }],
		[{ kind: "stock", stockWay: "remove", units: "5" }, { stock: { delta: -5 } }],
		[{ kind: "stock", stockWay: "set", units: "0" }, { stock: { set: 0 } }],
		[{ kind: "stock", units: "0" }, undefined],
		[{ kind: "category", category: " kitchen/mugs " }, { category: "kitchen/mugs" }],
		[{ kind: "category", category: "kitchen/" }, undefined],
		[{ kind: "tags", add: "a, b ,a", remove: "" }, { tags: { add: ["a", "b"], remove: [] } }],
		[{ kind: "tags" }, undefined]
	])("reads %j", (typed, change) => {
		const made = form(typed);
		expect(made).toEqual(change);
		if (made) expect(BulkChange.safeParse(made).success).toBe(true);
	});

	it("says a side in a few words", () => {
		const words = {
			money: (cents: number) => `€${cents / 100}`,
			count: String,
			status: (status: string) => status,
			none: "none"
		};
		expect(textOf({ prices: facts().prices, tags: [] }, words)).toBe("€10 – €20 · none");
		expect(textOf({ stock: [{ sku: "mug-s", available: 4 }], status: "draft" }, words)).toBe(
			"4 · draft"
		);
	});
});
