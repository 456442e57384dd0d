import { db, type Collection } from "../../mixins/db.mixin";
import { newId } from "../../services/id";
import { cluster } from "../helpers/cluster";

interface Thing {
	id: string;
	lists?: string[];
	at: number;
	slug?: string;
	n: number;
}
const Things = {
	name: "things",
	mixins: [
		db({
			things: {
				lists: { keys: "lists", sort: "-at" },
				indexes: [{ fields: ["slug"], unique: true, sparse: true }, { fields: ["at"] }]
			},
			pairs: { lists: { keys: "owner", sort: "n" } }
		})
	]
};
const { broker } = cluster([Things]);
const tables = () =>
	broker.getLocalService("things") as unknown as {
		things: Collection<Thing>;
		pairs: Collection<{ id: string; owner?: string; n: number }>;
	};

/** Chance that is the same in every run. */
function dice(seed: number) {
	let state = seed;
	return (below: number) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}
const KEYS = ["a", "a.b", "b", "c"];
const compare = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0);
const newestFirst = (a: Thing, b: Thing) => compare(b.at, a.at) || compare(b.id, a.id);

/** Some hundred things that come, change and go, and what they should be. */
async function busy(seed: number): Promise<Thing[]> {
	const { things } = tables();
	const roll = dice(seed);
	const known = new Map<string, Thing>();
	const some = () => KEYS.filter(() => roll(2));
	for (let i = 0; i < 300; i++) {
		const thing: Thing = { id: newId(), lists: some(), at: roll(20), n: 0 };
		if (roll(10) === 0) delete thing.lists;
		await things.create(thing);
		known.set(thing.id, thing);
		const { id } = [...known.values()][roll(known.size)]!;
		switch (roll(4)) {
			case 0:
				await things.remove({ id });
				known.delete(id);
				break;
			case 1:
				known.set(id, (await things.change({ id }, { $set: { lists: some() } }))!);
				break;
			case 2:
				known.set(id, (await things.change({ id }, { $set: { at: roll(20) } }))!);
				break;
			default:
				known.set(id, (await things.change({ id }, { $inc: { n: 1 } }))!);
		}
	}
	return [...known.values()];
}
afterEach(() => tables().things.remove({}));

async function areAsIn(known: Thing[]) {
	const { things } = tables();
	for (const key of [...KEYS, "nobody's"]) {
		const own = known.filter(({ lists }) => lists?.includes(key)).sort(newestFirst);
		expect(await things.size(key)).toBe(own.length);
		expect(await things.page(key, { limit: 1000 })).toEqual(own);
		expect(await things.page(key, { offset: 7, limit: 5 })).toEqual(own.slice(7, 12));
		expect(await things.count({ lists: key })).toBe(own.length);
	}
}

it("are in order whatever comes, changes and goes", async () => {
	await areAsIn(await busy(1));
});

it("are as they were when a change of a document is refused", async () => {
	const { things } = tables();
	const known = await busy(2);
	const [first, second] = known as [Thing, Thing];
	const named = await things.change({ id: first.id }, { $set: { slug: "taken" } });
	const changed = [named!, ...known.slice(1)];
	expect(await things.create({ ...second, id: newId(), lists: KEYS, slug: "taken" })).toBe(false);
	const steal = { $set: { slug: "taken", lists: KEYS, at: 99 } };
	await expect(things.change({ id: second.id }, steal)).rejects.toThrow();
	await areAsIn(changed);
});

it("are pages of the contract, the last one too, and none beyond", async () => {
	const { things } = tables();
	for (let at = 0; at < 5; at++) await things.create({ id: newId(), lists: ["a"], at, n: 0 });
	const pageOf = (page: number) => things.list("a", { page, pageSize: 2 }, ({ at }) => at);
	expect(await pageOf(1)).toEqual({ items: [4, 3], page: 1, pageSize: 2, total: 5 });
	expect(await pageOf(3)).toEqual({ items: [0], page: 3, pageSize: 2, total: 5 });
	expect(await pageOf(4)).toEqual({ items: [], page: 4, pageSize: 2, total: 5 });
});

it("are walked from any place on, also within a span, where many are alike", async () => {
	const { things } = tables();
	const known = await busy(3);
	const key = KEYS[0]!;
	for (const span of [{}, { from: 5 }, { to: 12 }, { from: 5, to: 12 }, { from: 12, to: 5 }]) {
		const { from = -Infinity, to = Infinity } = span as { from?: number; to?: number };
		const own = known
			.filter(({ lists, at }) => lists?.includes(key) && at >= from && at < to)
			.sort(newestFirst);
		expect(await things.size(key, span)).toBe(own.length);
		expect(await things.page(key, { offset: 3, limit: 4 }, span)).toEqual(own.slice(3, 7));
		const walked: Thing[] = [];
		for (let last: Thing | undefined; ;) {
			const after = last && { sort: last.at, id: last.id };
			const page = await things.page(key, { limit: 3 }, { ...span, after });
			walked.push(...page);
			last = page.at(-1);
			if (!last) break;
		}
		expect(walked).toEqual(own);
	}
	// a place outside of the span
	const [newest] = known.sort(newestFirst) as [Thing];
	const beyond = { to: 1, after: { sort: newest.at, id: newest.id } };
	expect(await things.page(key, { limit: 1000 }, beyond)).toEqual(
		known.filter(({ lists, at }) => lists?.includes(key) && at < 1).sort(newestFirst)
	);
});

it("of one key are walked in rising order too", async () => {
	const { pairs } = tables();
	for (let n = 0; n < 9; n++) await pairs.create({ id: newId(), owner: "you", n: n % 4 });
	const all = await pairs.page("you", { limit: 100 });
	const { n, id } = all[3]!;
	const after = { sort: n, id };
	expect(await pairs.page("you", { limit: 100 }, { after })).toEqual(all.slice(4));
	expect(await pairs.page("you", { offset: 1, limit: 2 }, { after, to: 3 })).toEqual(
		all.slice(5, 7).filter(pair => pair.n < 3)
	);
	expect(await pairs.size("you", { from: 1, to: 3 })).toBe(
		all.filter(pair => pair.n >= 1 && pair.n < 3).length
	);
});

it("of thousands are read as short ones, wherever and from any place on", async () => {
	const { things } = tables();
	const now = Date.now();
	// of the last weeks, some in a hurry, many at once
	const at = (i: number) =>
		now - (i < 1000 ? i * 1_000_000 : i < 2000 ? 1_000_000_000 : i * 500_000);
	const made = Array.from({ length: 3000 }, (_, i) => ({
		id: newId(),
		lists: ["a"],
		at: at(i),
		n: 0
	}));
	for (let i = 0; i < made.length; i += 500)
		await Promise.all(made.slice(i, i + 500).map(thing => things.create(thing)));
	const all = made.sort(newestFirst);
	const spans = [
		{},
		{ from: now - 1_000_000_000 },
		{ to: now - 900_000_000 },
		{ from: now - 1_200_000_000, to: now - 2_000_000 }
	];
	for (const span of spans) {
		const { from = 0, to = Infinity } = span as { from?: number; to?: number };
		const own = all.filter(thing => thing.at >= from && thing.at < to);
		expect(await things.size("a", span)).toBe(own.length);
		for (const offset of [0, 24, 400, 1030, 1700, 2500, own.length - 7, own.length, 5000]) {
			const found = await things.page("a", { offset, limit: 24 }, span);
			expect({ offset, found }).toEqual({ offset, found: own.slice(offset, offset + 24) });
		}
		for (const last of [0, 999, 1500, own.length - 5]) {
			const after = { sort: own[last]!.at, id: own[last]!.id };
			const found = await things.page("a", { limit: 24 }, { ...span, after });
			expect({ last, found }).toEqual({ last, found: own.slice(last + 1, last + 25) });
		}
	}
	// the newest is on the first page at once, whatever is remembered of it
	const next = { id: newId(), lists: ["a"], at: now + 5000, n: 0 };
	await things.create(next);
	expect(await things.page("a", { limit: 2 })).toEqual([next, all[0]]);
	await things.changeAll({ at: { $gte: now - 900_000_000 } }, { $set: { lists: [] } });
	expect(await things.page("a", { limit: 24 })).toEqual(
		all.filter(thing => thing.at < now - 900_000_000).slice(0, 24)
	);
});

it("keeps a list of one key in rising order, and lets those without a key out of it", async () => {
	const { pairs } = tables();
	const ids = Array.from({ length: 6 }, () => newId());
	for (const [i, id] of ids.entries()) await pairs.create({ id, owner: "me", n: (i * 5) % 6 });
	await pairs.change({ id: ids[0]! }, { $unset: { owner: true } });
	await pairs.change({ id: ids[1]! }, { $inc: { n: -4 } });
	const page = await pairs.page("me", { limit: 10 });
	expect(page.map(({ n }) => n)).toEqual([1, 1, 2, 3, 4]);
	expect(await pairs.size("me")).toBe(5);
});

describe("a range in the order of its index", () => {
	const ranges = [{ $gt: 4 }, { $gte: 4, $lt: 15 }, { $lte: 9 }, { $gt: 99 }, { $gt: 3, $lte: 3 }];
	it.each(ranges.map(range => [JSON.stringify(range), range] as const))(
		"%s is what a search would find",
		async (_name, range) => {
			const { things } = tables();
			const known = await busy(3);
			const holds = ({ at }: Thing) =>
				(range.$gt === undefined || at > range.$gt) &&
				(range.$gte === undefined || at >= range.$gte) &&
				(range.$lt === undefined || at < range.$lt) &&
				(range.$lte === undefined || at <= range.$lte);
			const fitting = known.filter(holds).filter(({ n }) => n < 2);
			const rising = fitting.sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
			const query = { at: range, n: { $lt: 2 } };
			const find = (sort: string[], offset: number, limit: number) =>
				things.find(query, { sort, offset, limit });
			expect(await find(["at", "id"], 0, 1000)).toEqual(rising);
			expect(await find(["at", "id"], 5, 9)).toEqual(rising.slice(5, 14));
			expect(await find(["-at", "-id"], 5, 9)).toEqual(rising.toReversed().slice(5, 14));
		}
	);

	it("goes through all ids a page at a time", async () => {
		const { things } = tables();
		const known = await busy(4);
		const seen: string[] = [];
		for (let after = ""; ; after = seen.at(-1)!) {
			const page = await things.find({ id: { $gt: after } }, { sort: ["id"], limit: 17 });
			if (!page.length) break;
			seen.push(...page.map(({ id }) => id));
		}
		expect(seen).toEqual(known.map(({ id }) => id).sort());
	});
});
