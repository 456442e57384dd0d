import * as fc from "fast-check";
import { windowOf, type Stretch, type Window } from "../../mixins/list-window";

const START = { at: 0, step: 100 };
const inside = (list: number[], { from, to }: Stretch) =>
	list.filter(place => place >= from && place < to);
/** A store of one list; `counts` has how many each count looked at. */
function storeOf(list: number[]) {
	const counts: number[] = [];
	const count = async (stretch: Stretch, limit = Infinity) => {
		const found = Math.min(inside(list, stretch).length, limit);
		counts.push(found);
		return found;
	};
	return { count, counts };
}
/** What a store finds there. */
function read(list: number[], window: Window) {
	const found = inside(list, window);
	if (window.backwards) found.reverse();
	const page = found.slice(window.skip, window.skip + window.limit);
	return window.backwards ? page.reverse() : page;
}
const EVERYTHING = { from: -Infinity, to: Infinity };

it("holds the page, whatever the list is like and whatever part of it is read", async () => {
	const bound = fc.integer({ min: -5000, max: 200_000 });
	const some = fc.array(fc.integer({ min: -1000, max: 2000 }), { minLength: 0, maxLength: 2000 });
	const far = fc.array(fc.integer({ min: 0, max: 150_000 }), { maxLength: 1000 });
	const alike = fc.tuple(bound, fc.nat(1500)).map(([place, n]) => Array<number>(n).fill(place));
	const cuts = fc.record({ from: fc.option(bound), to: fc.option(bound) });
	// what is known of the size may be old
	const off = fc.constantFrom(0.5, 1, 1.3);
	const page = fc.record({ offset: fc.nat(4000), limit: fc.integer({ min: 1, max: 100 }), off });
	await fc.assert(
		fc.asyncProperty(some, far, alike, cuts, page, async (a, b, c, cut, { offset, limit, off }) => {
			const list = [...a, ...b, ...c].sort((x, y) => x - y);
			const whole = { from: cut.from ?? -Infinity, to: cut.to ?? Infinity };
			const { length: size } = inside(list, whole);
			const paging = { offset, limit, size: Math.round(size * off) };
			const window = await windowOf(storeOf(list).count, whole, START, paging);
			expect(read(list, window)).toEqual(inside(list, whole).slice(offset, offset + limit));
			expect(window.from).toBeGreaterThanOrEqual(whole.from);
			expect(window.to).toBeLessThanOrEqual(whole.to);
		}),
		{ numRuns: 200 }
	);
});

describe.each([
	["evenly", (i: number) => i * 60],
	["more and more seldom", (i: number) => i ** 2],
	["all in one hour, long ago", (i: number) => 10 ** 7 + i]
])("in a list that is filled %s", (_how, placeOf) => {
	const list = Array.from({ length: 50_000 }, (_, i) => placeOf(i));

	it.each([0, 24, 1200, 20_000, 49_980])("is narrow, page at %d", async offset => {
		const { count, counts } = storeOf(list);
		const paging = { offset, limit: 24, size: list.length };
		const window = await windowOf(count, EVERYTHING, START, paging);
		expect(read(list, window)).toEqual(list.slice(offset, offset + 24));
		expect(inside(list, window).length).toBeLessThanOrEqual(1500);
		expect(counts.length).toBeLessThanOrEqual(30);
	});
	it.each([0, 49_980])("costs little near an end, page at %d", async offset => {
		const { count, counts } = storeOf(list);
		await windowOf(count, EVERYTHING, START, { offset, limit: 24, size: list.length });
		const most = counts.sort((a, b) => b - a);
		expect(most[offset ? 1 : 0]).toBeLessThanOrEqual(7000); // the length is counted once, from behind
	});
});

it("is as wide as it has to be where very many are alike", async () => {
	const list = Array<number>(5000).fill(7);
	const paging = { offset: 2000, limit: 24, size: 5000 };
	const window = await windowOf(storeOf(list).count, EVERYTHING, START, paging);
	expect(inside(list, window)).toHaveLength(5000);
	expect(window.skip).toBe(2000);
});
