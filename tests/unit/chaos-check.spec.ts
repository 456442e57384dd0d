import { allFaults, faultsOf } from "../chaos/fault";
import { check } from "../chaos/check/check";
import { unexplained, type CounterOp } from "../chaos/check/counter";
import { recoveryOf } from "../chaos/record";
import { honest, LIES, line } from "../helpers/chaos-evidence";

it("finds nothing wrong with an honest shop", () => {
	expect(check(honest())).toEqual({ violations: [], notes: [] });
});

describe("a lie is found:", () => {
	it.each(Object.entries(LIES))("%s", (_name, [invariant, tell]) => {
		const evidence = honest();
		tell(evidence);
		const { violations } = check(evidence);
		expect(violations.map(found => found.invariant)).toContain(invariant);
	});
});

describe("a counter's history", () => {
	let made = 0;
	const op = (kind: CounterOp["kind"], units: number, from: number, to: number): CounterOp => ({
		kind,
		units,
		from,
		to,
		ref: `${kind}${made++}`
	});

	it("is explained when operations at the same time can be put in order", () => {
		// the refusal is right only between the take and the give
		const ops = [op("take", 2, 0, 10), op("refused", 1, 0, 10), op("give", 2, 0, 10)];
		expect(unexplained(2, ops)).toBeNull();
		expect(unexplained(0, [op("take", 1, 0, 10), op("give", 1, 5, 20)])).toBeNull();
	});
	it("isn't when more was taken than there was", () => {
		const ops = [op("take", 2, 0, 10), op("take", 1, 5, 15)];
		expect(unexplained(2, ops)).toBe(ops[1]);
	});
	it("isn't when what was given came too late", () => {
		const ops = [op("take", 1, 0, 10), op("give", 1, 11, 20)];
		expect(unexplained(0, ops)).toBe(ops[0]);
	});
	it("isn't when there was enough all through a refusal", () => {
		const ops = [op("take", 1, 0, 10), op("refused", 1, 11, 20), op("take", 1, 21, 30)];
		expect(unexplained(2, ops)).toBe(ops[1]);
	});
	it("isn't when two refusals would need two different orders", () => {
		// 1: the first needs the take before the give, the second one needs it to be over again
		const ops = [op("take", 1, 0, 10), op("refused", 1, 12, 20), op("give", 1, 14, 16)];
		expect(unexplained(1, ops)).toBeNull();
		const late = op("refused", 1, 21, 30);
		expect(unexplained(1, [...ops, late])).toBe(late);
	});
	it("takes what was never answered as done at any time later, or never", () => {
		const ops = [op("take", 1, 0, 10), op("give", 1, 5, Infinity), op("take", 1, 1000, 1010)];
		expect(unexplained(1, ops)).toBeNull();
		expect(unexplained(1, [ops[0]!, ops[1]!, op("refused", 1, 2000, 2010)])).toBeNull();
	});
	it("is searched when forty do the same at once", () => {
		const takes = Array.from({ length: 40 }, (_, n) => op("take", 1, n, 100 + n));
		const gives = Array.from({ length: 40 }, (_, n) => op("give", 1, n, 100 + n));
		expect(unexplained(0, [...takes, ...gives])).toBeNull();
		expect(unexplained(0, [...takes, ...gives.slice(1)])).not.toBeNull();
	});
	it("is called undecided rather than fine when there is too much at once", () => {
		const ops = Array.from({ length: 40 }, (_, n) => op("give", 1 + (n % 20), 0, 100));
		expect(unexplained(0, ops)).toBe("undecided");
	});
});

describe("recovery", () => {
	const answer = (t1: number, status: number | null) => line({ t0: t1 - 5, t1, status });

	it("is when a whole second goes well", () => {
		const lines = [answer(100, 503), answer(300, 201), answer(700, null), answer(900, 201)];
		expect(recoveryOf([...lines, answer(1500, 201), answer(1800, 201)], 0)).toBe(701);
	});
	it("begins with the next answer where a second passed without any", () => {
		const lines = [answer(100, 503), answer(2000, 201), answer(2500, 201), answer(3100, 201)];
		expect(recoveryOf(lines, 0)).toBe(2000);
	});
	it("hasn't come while there are failures, or nothing at all", () => {
		expect(recoveryOf([answer(100, 503), answer(900, 503), answer(1200, 201)], 0)).toBeNull();
		expect(recoveryOf([], 0)).toBeNull();
	});
});

describe("the matrix", () => {
	it("has every fault once, and says of those that can't be done why", async () => {
		const faults = await allFaults();
		const ids = faults.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toEqual(expect.arrayContaining(["F2", "F13", "F32"]));
		expect(faults.find(({ id }) => id === "F13")!.cannot!()).toContain("one member");
	});
	it("knows a fault by its name only", async () => {
		expect((await faultsOf(["f8"]))[0]!.id).toBe("F8");
		await expect(faultsOf(["F99"])).rejects.toThrow("There is no fault F99");
	});
});
