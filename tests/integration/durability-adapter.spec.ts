import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { newDir, newLog, openStore, removeDirs } from "../helpers/durability";
import { until } from "../helpers/shop";

afterAll(removeDirs);

interface Order {
	_id: string;
	key?: string;
	state: string;
	n: number;
}

const order = (i: number): Order => ({ _id: `o${i}`, key: `k${i}`, state: "PAID", n: 0 });

/** A store with indexes and five orders; `reopen` is a restart. */
async function shop() {
	const dir = newDir();
	const open = async () => {
		const store = await openStore(dir);
		await store.ensureIndex({ fieldName: "key", unique: true, sparse: true });
		await store.ensureIndex({ fieldName: "state" });
		return store;
	};
	let store = await open();
	await store.insertMany([0, 1, 2, 3, 4].map(order));
	return {
		dir,
		get store() {
			return store;
		},
		async reopen() {
			await store.disconnect();
			store = await open();
		}
	};
}

const taken = expect.objectContaining({ errorType: "uniqueViolated" });

test("finds the documents that a query names, each once and as a copy", async () => {
	const { store } = await shop();
	const query = { _id: { $in: ["o3", "gone", "o1", "o3"] } };
	const found = await store.find<Order>({ query });
	expect(found.map(({ _id }) => _id).sort()).toEqual(["o1", "o3"]);
	found[0]!.n = 9;
	expect((await store.find<Order>({ query })).map(({ n }) => n)).toEqual([0, 0]);
	expect(await store.find({ query, limit: 1 })).toHaveLength(1);
	expect(await store.find({ query, limit: 5, offset: 1 })).toHaveLength(1);
	expect(await store.find({ query: { ...query, state: "SENT" } })).toEqual([]);
	expect(await store.find({ query: { _id: { $in: ["o1", "o2"], $gt: "o1" } } })).toEqual([
		order(2)
	]);
	expect(await store.find<Order>({ query, sort: ["-_id"] })).toEqual([order(3), order(1)]);
});

test("lets others have their turn however long somebody reads on", async () => {
	const { store } = await shop();
	let turned = false;
	setImmediate(() => (turned = true));
	for (let i = 0; i < 1_000_000 && !turned; i++) await store.findById("o1");
	expect(turned).toBe(true);
});

test("changes many a lot at a time, each of them once", async () => {
	const { store, dir } = await shop();
	await store.insertMany(Array.from({ length: 1000 }, (_, i) => order(100 + i)));
	const lots: number[] = [];
	let seen = 0;
	const between = async () => {
		for (;;) {
			const changed = await store.count({ query: { state: "SENT" } });
			lots.push(changed - seen);
			if ((seen = changed) === 1003) return;
			await new Promise(setImmediate);
		}
	};
	const query = { state: "PAID", _id: { $gt: "o1" } };
	const update = { $set: { state: "SENT" }, $inc: { n: 1 } };
	const [changed] = await Promise.all([store.updateMany(query, update), between()]);
	expect(changed).toBe(1003);
	expect(Math.max(...lots)).toBeLessThanOrEqual(100);
	expect(await store.updateMany(query, update)).toBe(0);
	expect(await store.count({ query: { n: 1, state: "SENT" } })).toBe(1003);
	await store.disconnect();
	const again = await openStore(dir);
	expect(await again.count({ query: { n: 1, state: "SENT" } })).toBe(1003);
	await again.disconnect();
});

test.each<[string, (store: Awaited<ReturnType<typeof openStore>>) => Promise<Order[]>]>([
	["by its id", async store => [await store.findById<Order>("o1")]],
	["by some ids", store => store.find<Order>({ query: { _id: { $in: ["o1"] } } })],
	["by a state", store => store.find<Order>({ query: { state: "PAID" } })],
	["in order", store => store.find<Order>({ query: {}, sort: ["_id"] })]
])("tells nothing that a crash could take back: read %s", async (_how, read) => {
	const { dir, store } = await shop();
	for (let n = 1; n <= 20; n++) {
		const change = store.changeOne({ _id: "o1" }, { $inc: { n: 1 } });
		const told = (await read(store)).find(({ _id }) => _id === "o1")!;
		// what a kill would leave at this moment
		const left = newDir();
		cpSync(dir, left, { recursive: true });
		await change;
		rmSync(join(left, "lock"), { recursive: true, force: true });
		const after = await openStore(left);
		expect((await after.findById<Order>("o1")).n).toBeGreaterThanOrEqual(told.n);
		await after.disconnect();
	}
});

test("changeOne answers the document afterwards, or null, and changes one only", async () => {
	const { store } = await shop();
	expect(await store.changeOne({ _id: "o1", n: { $lt: 1 } }, { $inc: { n: 1 } })).toEqual({
		...order(1),
		n: 1
	});
	expect(await store.changeOne({ _id: "o1", n: { $lt: 1 } }, { $inc: { n: 1 } })).toBeNull();
	await store.changeOne({ state: "PAID" }, { $set: { state: "SENT" } });
	expect(await store.count({ query: { state: "SENT" } })).toBe(1);
	await store.disconnect();
});

test("lets exactly the stock go to a crowd", async () => {
	const { store } = await shop();
	await store.insert({ _id: "sku", available: 50 });
	const buy = () =>
		store.changeOne({ _id: "sku", available: { $gte: 1 } }, { $inc: { available: -1 } });
	const answers = await Promise.all(Array.from({ length: 300 }, buy));
	expect(answers.filter(Boolean)).toHaveLength(50);
	expect(await store.findById("sku")).toMatchObject({ available: 0 });
	await store.disconnect();
});

test("a refused duplicate leaves memory, indexes and disk as they were", async () => {
	const the = await shop();
	const before = await the.store.find({ sort: ["_id"] });
	const doubles = [
		() => the.store.insert({ _id: "o1" }),
		() => the.store.insert({ _id: "new", key: "k1" }),
		() => the.store.insertMany([order(7), order(8), order(3)]),
		() => the.store.changeOne({ _id: "o1" }, { $set: { key: "k2", state: "SENT" } }),
		() => the.store.updateMany({}, { $set: { key: "same", state: "SENT" }, $inc: { n: 1 } })
	];
	for (const double of doubles) {
		await expect(double()).rejects.toEqual(taken);
		expect(await the.store.find({ sort: ["_id"] })).toEqual(before);
		expect(await the.store.count({ query: { state: "PAID" } })).toBe(5);
	}
	await the.reopen();
	expect(await the.store.find({ sort: ["_id"] })).toEqual(before);
	await expect(the.store.insert({ _id: "new", key: "k1" })).rejects.toEqual(taken);
	await the.store.disconnect();
});

test("indexes follow changes that keep and that move their key", async () => {
	const the = await shop();
	for (const [i, state] of ["PAID", "SENT", "PAID", "SENT", "DONE"].entries()) {
		await the.store.changeOne({ _id: `o${i}` }, { $set: { state }, $inc: { n: 1 } });
		await the.store.changeOne({ _id: `o${i}` }, { $inc: { n: 1 } });
	}
	await the.store.changeOne({ _id: "o4" }, { $unset: { key: true } });
	await the.store.removeById("o0");
	const check = async () => {
		for (const [state, ids] of Object.entries({ PAID: ["o2"], SENT: ["o1", "o3"], DONE: ["o4"] })) {
			const found = await the.store.find<Order>({ query: { state }, sort: ["_id"] });
			expect(found.map(({ _id, n }) => [_id, n])).toEqual(ids.map(id => [id, 2]));
		}
		expect(await the.store.findOne({ key: "k4" })).toBeNull();
		expect(await the.store.findOne({ key: "k3" })).toMatchObject({ _id: "o3", n: 2 });
	};
	await check();
	await the.reopen();
	await check();
	await the.store.disconnect();
});

test("what is given and what is answered are copies, and memory holds what the disk does", async () => {
	const the = await shop();
	const lines = [{ sku: "a", qty: 1 }];
	const answer = await the.store.changeOne<{ lines: typeof lines }>(
		{ _id: "o1" },
		{ $set: { lines, broken: NaN, none: undefined, at: new Date(5) } }
	);
	lines[0]!.qty = 99;
	answer!.lines[0]!.qty = 98;
	const before = await the.store.findById("o1");
	expect(before).toMatchObject({
		lines: [{ sku: "a", qty: 1 }],
		broken: null,
		at: new Date(5).toISOString()
	});
	const big = the.store.changeOne({ _id: "o1" }, { $set: { n: 1n } });
	await expect(big).rejects.toThrow("BigInt");
	await the.reopen();
	expect(await the.store.findById("o1")).toEqual(before);
	await the.store.disconnect();
});

test("removes more than fit on the stack", async () => {
	const store = await openStore(newDir());
	await store.insertMany(Array.from({ length: 130_000 }, (_, i) => ({ _id: `x${i}` })));
	await store.clear();
	expect(await store.count()).toBe(0);
	await store.disconnect();
});

test("services of one process share a collection, and a restart of one keeps it", async () => {
	const dir = newDir();
	const [one, two] = [await openStore(dir), await openStore(dir)];
	await one.insert({ _id: "a" });
	expect(await two.findById("a")).toEqual({ _id: "a" });
	await one.disconnect();
	await two.insert({ _id: "b" });
	const three = await openStore(dir);
	expect(await three.count()).toBe(2);
	await Promise.all([two.disconnect(), three.disconnect()]);
	const four = await openStore(dir);
	expect(await four.count()).toBe(2);
	await four.disconnect();
});

test("writes no more once the lock is somebody else's", async () => {
	const dir = newDir();
	const logger = newLog();
	const store = await openStore(dir, { logger });
	await store.insert({ _id: "a" });
	rmSync(join(dir, "lock"));
	await until(() => logger.error.mock.calls.length > 0);
	await expect(store.insert({ _id: "b" })).rejects.toMatchObject({ type: "STORAGE_UNAVAILABLE" });
	expect(logger.error).toHaveBeenCalledWith(expect.stringContaining("lost the lock"));
	await expect(store.disconnect()).rejects.toThrow("lost the lock");
});

test("compacts by itself in a quiet time", async () => {
	const dir = newDir();
	const store = await openStore(dir, { compactAt: 20_000 });
	await store.insert({ _id: "a", n: 0 });
	for (let i = 0; i < 150; i++) {
		await store.changeOne({ _id: "a" }, { $inc: { n: 1 }, $set: { text: "x".repeat(300) } });
	}
	// on a slow machine a quiet time may have come already, and more than one
	await until(
		() => readdirSync(dir).sort().join(),
		files => /^journal-[2-9]\.log,lock,stock\.db$/.test(files),
		20_000
	);
	expect(await store.findById("a")).toMatchObject({ n: 150 });
	await store.disconnect();
});
