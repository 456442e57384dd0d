import { LongLists } from "../../mixins/long-lists";

/** A list of so many, sorted by their number from the largest; `asked` says what the store did. */
function listOf(length: number) {
	const list = { length, asked: [] as string[] };
	const long = new LongLists({
		async count(_key, limit = Infinity) {
			list.asked.push(limit < Infinity ? "count some" : "count all");
			return Math.min(limit, list.length);
		},
		async sortOf(_key, n) {
			list.asked.push(`sort of ${n}`);
			return n <= list.length ? list.length - n : undefined;
		}
	});
	return { list, long };
}
beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it("counts a short list each time, so that it is always right", async () => {
	const { list, long } = listOf(1000);
	expect(await long.size("a")).toBe(1000);
	list.length = 7;
	expect(await long.size("a")).toBe(7);
	expect(list.asked).toEqual(["count some", "count some"]);
	expect(long.edge("a", 24)).toBeUndefined();
});

it("counts a long one once for many who ask, and again behind the answer when that is old", async () => {
	const { list, long } = listOf(50_000);
	const sizes = await Promise.all(Array.from({ length: 20 }, () => long.size("a")));
	expect(new Set(sizes)).toEqual(new Set([50_000]));
	expect(list.asked.filter(what => what === "count all")).toHaveLength(1);
	list.length = 50_001;
	expect(await long.size("a")).toBe(50_000);
	jest.advanceTimersByTime(6000);
	expect(await long.size("a")).toBe(50_000);
	expect(await long.size("a")).toBe(50_001);
	list.length = 60_000;
	jest.advanceTimersByTime(61_000);
	expect(await long.size("a")).toBe(60_000);
});

it("knows the edge of a long list's first pages, and finds it again when many more are on this side", async () => {
	const { list, long } = listOf(50_000);
	await long.size("a");
	expect(long.edge("a", 1200)).toBe(48_800);
	expect(long.edge("a", 1201)).toBeUndefined();
	list.length = 50_500;
	jest.advanceTimersByTime(61_000);
	await long.size("a");
	expect(long.edge("a", 24)).toBe(48_800);
	list.length = 51_500;
	jest.advanceTimersByTime(61_000);
	await long.size("a");
	expect(long.edge("a", 24)).toBe(50_300);
});

it("forgets a list that got short, and counts again after a failure", async () => {
	const { list, long } = listOf(2000);
	await long.size("a");
	list.length = 3;
	jest.advanceTimersByTime(6000);
	expect(await long.size("a")).toBe(3);
	expect(long.edge("a", 24)).toBeUndefined();

	let broken = true;
	const store = { count: async () => (broken ? Promise.reject(new Error("away")) : 5000) };
	const other = new LongLists({ ...store, sortOf: async () => undefined });
	await expect(other.size("a")).rejects.toThrow("away");
	broken = false;
	expect(await other.size("a")).toBe(5000);
});
