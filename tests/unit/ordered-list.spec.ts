import * as fc from "fast-check";
import { OrderedList } from "../../mixins/ordered-list";

const ascending = (a: number, b: number) => a - b;

it("is at every step what a sorted array would be", () => {
	const value = fc.integer({ min: 0, max: 3000 });
	const step = fc.record({ adds: fc.boolean(), value });
	const start = fc.uniqueArray(value, { maxLength: 3000 });
	fc.assert(
		fc.property(start, fc.array(step, { maxLength: 500 }), value, (some, steps, place) => {
			const list = new OrderedList(ascending);
			const known = new Set<number>();
			for (const { adds, value } of [...some.map(value => ({ adds: true, value })), ...steps]) {
				if (adds) expect(list.add(value)).toBe(!known.has(value));
				else expect(list.remove(value)).toBe(known.has(value));
				if (adds) known.add(value);
				else known.delete(value);
			}
			const sorted = [...known].sort(ascending);
			expect(list.size).toBe(sorted.length);
			expect(list.slice(0, Infinity)).toEqual(sorted);
			expect(list.rank(item => item < place)).toBe(sorted.filter(item => item < place).length);
			expect(list.slice(place, 24)).toEqual(sorted.slice(place, place + 24));
		}),
		{ numRuns: 60 }
	);
});

it("comes back from a hundred thousand to nothing", () => {
	const list = new OrderedList(ascending);
	const numbers = Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 100_003);
	for (const number of numbers) list.add(number);
	expect(list.slice(50_000, 2)).toEqual(numbers.toSorted(ascending).slice(50_000, 50_002));
	expect(numbers.filter(number => !list.remove(number))).toEqual([]);
	expect(list.size).toBe(0);
	expect(list.slice(0, 10)).toEqual([]);
	expect(list.rank(() => true)).toBe(0);
	expect(list.add(1)).toBe(true);
});

it("compares few items, however many there are", () => {
	let compared = 0;
	const counting = (a: number, b: number) => (compared++, a - b);
	const costOf = (size: number) => {
		const list = new OrderedList(counting);
		for (let i = 0; i < size; i++) list.add((i * 7919) % 1_000_003);
		compared = 0;
		for (let i = 0; i < 100; i++) {
			list.add(i + 0.5);
			list.remove(i + 0.5);
		}
		return compared / 100;
	};
	expect(costOf(100_000)).toBeLessThan(2 * costOf(1000));
});
