import { GLOW, useStock } from "@common/stock.store";
import type { Stock } from "@shared/stock";
import { createPinia, setActivePinia } from "pinia";

const at = "2026-11-22T10:00:00.000Z";
const stockOf = (changes: Partial<Stock> = {}): Stock => ({
	sku: "mug-red",
	productId: "mugmugmug",
	available: 3,
	held: 0,
	version: 1,
	at,
	...changes
});

beforeEach(() => {
	jest.useFakeTimers();
	setActivePinia(createPinia());
});
afterEach(() => jest.useRealTimers());

it("keeps the highest version, whatever order the messages come in", () => {
	const stock = useStock();
	const versions = [2, 5, 3, 5, 4].map(version =>
		stock.take(stockOf({ version, available: version }))
	);
	expect(versions).toEqual([true, true, false, false, false]);
	expect(stock.of("mug-red")).toMatchObject({ version: 5, available: 5 });
});

it("sums a product only when all its variants are known", () => {
	const stock = useStock();
	expect(stock.availableOf("mugmugmug", 2)).toBeUndefined();
	stock.take(stockOf({ available: 2 }));
	expect(stock.availableOf("mugmugmug", 2)).toBeUndefined();
	stock.take(stockOf({ sku: "mug-blue", available: 4 }));
	expect(stock.availableOf("mugmugmug", 2)).toBe(6);
	stock.take(stockOf({ available: 0, version: 2 }));
	expect(stock.availableOf("mugmugmug", 2)).toBe(4);
});

it("glows for a moment when a number changes, and not when it is first seen", () => {
	const stock = useStock();
	stock.take(stockOf());
	expect(stock.glows("mugmugmug")).toBe(false);
	stock.take(stockOf({ version: 2, held: 1 }));
	expect(stock.glows("mugmugmug")).toBe(false);
	stock.take(stockOf({ version: 3, available: 2 }));
	expect(stock.glows("mugmugmug")).toBe(true);
	jest.advanceTimersByTime(GLOW);
	expect(stock.glows("mugmugmug")).toBe(false);
});

it("forgets what it has not heard of for longest, so that a long visit costs no more memory", () => {
	const stock = useStock();
	for (let i = 0; i <= 2000; i++)
		stock.take(stockOf({ sku: `sku-${i}`, productId: `product${i}` }));
	expect(stock.of("sku-0")).toBeUndefined();
	expect(stock.availableOf("product0", 1)).toBeUndefined();
	expect(stock.of("sku-2000")).toBeDefined();
});
