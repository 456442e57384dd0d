import { LongLists } from "../../mixins/long-lists";

/** A list of so many; `asked` says what the store did. */
function listOf(length: number) {
	const list = { length, asked: [] as string[] };
	const long = new LongLists(async (_key, limit = Infinity) => {
		list.asked.push(limit < Infinity ? "count some" : "count all");
		return Math.min(limit, list.length);
	});
	return { list, long };
}
beforeEach(() => jest.useFakeTimers({ doNotFake: ["queueMicrotask"] }));
afterEach(() => jest.useRealTimers());

it("counts a short list each time, so that it is always right", async () => {
	const { list, long } = listOf(1000);
	expect(await long.size("a")).toBe(1000);
	list.length = 7;
	expect(await long.size("a")).toBe(7);
	expect(list.asked).toEqual(["count some", "count some"]);
});

it("counts once for a page and its size, and never answers with a count from before that turn", async () => {
	const { list, long } = listOf(1000);
	const both = Promise.all([long.isLong("a"), long.size("a")]);
	expect(list.asked).toEqual(["count some"]);
	expect(await both).toEqual([false, 1000]);
	const early = long.size("a");
	await null;
	list.length = 7;
	expect(await long.size("a")).toBe(7);
	expect(await early).toBe(1000);
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

it("remembers for a minute that a list is long", async () => {
	const { list, long } = listOf(2000);
	expect(await long.isLong("a")).toBe(true);
	await long.size("a");
	list.length = 3;
	list.asked = [];
	expect(await long.isLong("a")).toBe(true);
	expect(list.asked).toEqual([]);
	jest.advanceTimersByTime(61_000);
	expect(await long.isLong("a")).toBe(false);
});

it("forgets a list that got short, and counts again after a failure", async () => {
	const { list, long } = listOf(2000);
	await long.size("a");
	list.length = 3;
	jest.advanceTimersByTime(6000);
	expect(await long.size("a")).toBe(3);
	expect(await long.isLong("a")).toBe(false);

	let broken = true;
	const other = new LongLists(async () => (broken ? Promise.reject(new Error("away")) : 5000));
	await expect(other.size("a")).rejects.toThrow("away");
	broken = false;
	expect(await other.size("a")).toBe(5000);
});
