import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Journal } from "../../mixins/journal";
import { kill, newDir, newLog, openStore, removeDirs, startChild } from "../helpers/durability";

const KILLS = Number(process.env.KILLS ?? 30);

jest.setTimeout(30_000 + KILLS * 3000);
afterAll(removeDirs);

interface Item {
	_id: string;
	n: number;
	item?: string;
	at?: Date;
}

const lastSegment = (dir: string) =>
	join(
		dir,
		readdirSync(dir)
			.filter(name => name.startsWith("journal-"))
			.sort()
			.at(-1)!
	);

/** What was acknowledged over all rounds. */
class Promised {
	items = new Map<string, number>();
	orders = new Set<string>();
	gone = new Set<string>();

	note(line: string): void {
		const [kind, id = "", n] = line.split(" ");
		if (kind === "item")
			this.items.set(`item${id}`, Math.max(Number(n), this.items.get(`item${id}`) ?? 0));
		if (kind === "order") this.orders.add(id);
		if (kind === "gone") this.gone.add(id);
	}

	async check(dir: string): Promise<void> {
		const stock = await openStore(dir);
		const orders = await openStore(dir, { collection: "orders" });
		const items = new Map((await stock.find<Item>()).map(item => [item._id, item.n]));
		const kept = new Map((await orders.find<Item>()).map(order => [order._id, order]));
		await Promise.all([stock.disconnect(), orders.disconnect()]);
		const lost = [...this.items].filter(([id, n]) => (items.get(id) ?? 0) < n);
		expect(lost).toEqual([]);
		expect([...this.orders].filter(id => !kept.has(id))).toEqual([]);
		expect([...this.gone].filter(id => kept.has(id))).toEqual([]);
		const early = [...kept.values()].filter(
			order => order.item && order.n > items.get(order.item)!
		);
		expect(early).toEqual([]);
	}
}

test(`keeps every acknowledged write, in one order over two services, through ${KILLS} kills`, async () => {
	let dir = "";
	let promised = new Promised();
	let compactions = 0;
	let answers = 0;
	let slowest = 0;
	for (let round = 0; round < KILLS; round++) {
		// What one round leaves the next builds on; now and then afresh, or the rounds grow long.
		if (round % 25 === 0) {
			dir = newDir();
			promised = new Promised();
		}
		const child = startChild(dir, round % 2 ? "compact" : "write", round);
		await child.ready;
		await sleep(Math.random() * 150);
		await kill(child);
		child.said.forEach(line => promised.note(line));
		answers += child.said.length;
		compactions += child.said.filter(line => line === "compacted").length;
		const start = performance.now();
		await promised.check(dir);
		slowest = Math.max(slowest, performance.now() - start);
	}
	console.log(
		`${KILLS} kills, ${compactions} compactions, ${answers} answers kept; ` +
			`slowest start with its check ${slowest.toFixed(0)} ms`
	);
	expect(answers).toBeGreaterThan(KILLS * 10);
	expect(compactions).toBeGreaterThan(KILLS / 4);
	expect(slowest).toBeLessThan(5000);
});

describe("the journal's end", () => {
	const dir = newDir();
	/** The size of the segment after each acknowledged write. */
	const sizes: number[] = [];

	beforeAll(async () => {
		const store = await openStore(dir);
		for (let n = 0; n < 40; n++) {
			await store.insert({ _id: `item${n}`, n, at: new Date(n), text: "ä€𝄞\n".repeat(n) });
			sizes.push(readFileSync(lastSegment(dir)).length);
		}
		await store.disconnect();
	});

	const copy = () => {
		const to = newDir();
		cpSync(dir, to, { recursive: true });
		return to;
	};

	test.each(["nothing", "zeros", "garbage", "a line of digits"])(
		"is repaired when cut anywhere and followed by %s",
		async rest => {
			const tails: Record<string, Buffer> = {
				nothing: Buffer.alloc(0),
				zeros: Buffer.alloc(5000),
				garbage: Buffer.from([0xff, 10, 0, 1, 2, 91, 93, 10, 10, 255])
			};
			const cuts = [...Array(12)].map(() => Math.floor(Math.random() * sizes.at(-1)!));
			// One byte short of a whole line: all but its newline.
			for (const cut of [0, sizes[3]!, sizes[3]! - 1, ...cuts]) {
				const torn = copy();
				truncateSync(lastSegment(torn), cut);
				writeFileSync(lastSegment(torn), tails[rest] ?? Buffer.from("0".repeat(99) + "\n"), {
					flag: "a"
				});
				const logger = newLog();
				let store = await openStore(torn, { logger });
				const whole = sizes.filter(size => size <= cut).length;
				expect(await store.count()).toBe(whole);
				const clean = rest === "nothing" && (cut === 0 || sizes.includes(cut));
				expect(logger.warn).toHaveBeenCalledTimes(clean ? 0 : 1);
				await store.insert({ _id: "next", n: 1 });
				await store.disconnect();
				store = await openStore(torn, { logger });
				expect(await store.count()).toBe(whole + 1);
				if (whole > 7) {
					expect(await store.findById("item7")).toMatchObject({
						n: 7,
						at: new Date(7).toISOString()
					});
				}
				await store.disconnect();
			}
		}
	);

	test("refuses to start when saved data lies behind the damage, and leaves it alone", async () => {
		const damaged = copy();
		const path = lastSegment(damaged);
		const data = readFileSync(path);
		data[sizes[20]! + 30]! ^= 1;
		writeFileSync(path, data);
		await expect(openStore(damaged)).rejects.toThrow(`damaged at byte ${sizes[20]}`);
		expect(readFileSync(path)).toEqual(data);
	});

	test("refuses a damaged snapshot and a missing segment", async () => {
		const damaged = copy();
		const store = await openStore(damaged);
		const journal = await Journal.open(damaged);
		await journal.compact();
		await store.disconnect();
		await journal.close();
		const path = join(damaged, "stock.db");
		const text = readFileSync(path, "utf8");
		writeFileSync(path, text.replace('"n":7', '"n":8'));
		await expect(openStore(damaged)).rejects.toThrow("stock.db is damaged");
		writeFileSync(path, text);
		rmSync(lastSegment(damaged));
		await expect(openStore(damaged)).rejects.toThrow("lacks journal files");
	});
});

test("a snapshot waits for the journal, since it may hold what isn't there yet", async () => {
	const dir = newDir();
	let disk = Promise.resolve();
	const store = await openStore(dir, {
		write: async (file, data, at) => {
			await disk;
			await file.write(data, 0, data.length, at);
		}
	});
	await store.insert({ _id: "a", n: 1 });
	const journal = await Journal.open(dir);
	let free = () => {};
	disk = new Promise(resolve => (free = resolve));
	const work = [journal.compact(), store.insert({ _id: "b", n: 1 })];
	await sleep(300);
	expect(readFileSync(join(dir, "stock.db.tmp"), "utf8")).toContain('"b"');
	expect(readdirSync(dir)).not.toContain("stock.db");
	free();
	await Promise.all(work);
	expect(readdirSync(dir)).toContain("stock.db");
	expect(readdirSync(dir)).not.toContain("journal-1.log");
	await Promise.all([store.disconnect(), journal.close()]);
});

describe("the lock", () => {
	test("turns a second process away and names the first", async () => {
		const dir = newDir();
		const store = await openStore(dir);
		const child = startChild(dir, "hold");
		expect(await child.ended).toBe(1);
		expect(child.complaints()).toContain(
			`Another process (pid ${process.pid}) is using DATA_DIR ${dir}`
		);
		await store.disconnect();
		expect(readdirSync(dir)).not.toContain("lock");
	});

	test.each([
		["a process that is dead", { pid: 2 ** 22 + 1, start: "1", host: "" }],
		["an earlier process with the pid of a living one", { pid: 1, start: "1", host: "" }],
		["nobody: it is unreadable", null]
	])("is taken over from %s", async (_, owner) => {
		const dir = newDir();
		const { hostname } = await import("node:os");
		const text = owner ? JSON.stringify({ ...owner, host: hostname() }) : "{";
		writeFileSync(join(dir, "lock"), text);
		const store = await openStore(dir);
		await store.insert({ _id: "a", n: 1 });
		await store.disconnect();
	});

	test("has one winner when several find it stale at once", async () => {
		const dir = newDir();
		await kill(await started(startChild(dir, "hold")));
		const children = [1, 2, 3].map(() => startChild(dir, "hold"));
		const ready = await Promise.allSettled(children.map(child => child.ready));
		expect(ready.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
		await Promise.all(children.map(kill));
	});

	async function started(child: ReturnType<typeof startChild>) {
		await child.ready;
		return child;
	}
});

describe("a disk that refuses", () => {
	/** Half of the data arrives, then the disk is full. */
	const halfWritten = (full: () => boolean) => ({
		write: async (file: import("node:fs/promises").FileHandle, data: Buffer, at: number) => {
			const length = full() ? data.length >> 1 : data.length;
			await file.write(data, 0, length, at);
			if (length < data.length) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
			await file.datasync();
		}
	});
	const unavailable = expect.objectContaining({ type: "STORAGE_UNAVAILABLE", code: 503 });

	test("makes the store read-only, and writable again by itself; nothing is lost or made up", async () => {
		const dir = newDir();
		let full = false;
		const store = await openStore(
			dir,
			halfWritten(() => full)
		);
		const orders = await openStore(dir, { collection: "orders" });
		await store.insert({ _id: "a", n: 1 });
		full = true;
		const outcomes = await Promise.allSettled([
			store.changeOne({ _id: "a" }, { $inc: { n: 1 } }),
			orders.insert({ _id: "b", n: 2 })
		]);
		expect(outcomes.map(o => o.status === "rejected" && o.reason)).toEqual([
			unavailable,
			unavailable
		]);
		expect([store.writable, orders.writable]).toEqual([false, false]);
		await expect(store.insert({ _id: "c", n: 1 })).rejects.toEqual(unavailable);
		expect(await store.findById("c")).toBeNull();
		expect(await store.findById("a")).toMatchObject({ n: 2 });

		const crashed = newDir();
		// by hand: the store goes on trying, and cpSync fails on a file that changes under it
		for (const name of readdirSync(dir).filter(file => file !== "lock"))
			writeFileSync(join(crashed, name), readFileSync(join(dir, name)));
		const survivor = await openStore(crashed);
		expect(await survivor.find({})).toEqual([{ _id: "a", n: 1 }]);
		await survivor.disconnect();

		full = false;
		await until(() => store.writable);
		await store.changeOne({ _id: "a" }, { $inc: { n: 1 } });
		await Promise.all([store.disconnect(), orders.disconnect()]);
		const again = await openStore(dir);
		expect(await again.find({})).toEqual([{ _id: "a", n: 3 }]);
		await again.disconnect();
	});

	test("a full disk, really", async () => {
		const dir = newDir();
		const mount = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", dir]);
		if (mount.status !== 0) {
			return console.log("skipped: may not mount a tmpfs here (the test above fakes the disk)");
		}
		try {
			writeFileSync(join(dir, "ballast"), Buffer.alloc(300_000));
			const store = await openStore(dir);
			const saved: string[] = [];
			const fill = async (writer: number) => {
				for (let k = 0; ; k++) {
					await store.insert({ _id: `${writer}-${k}`, text: "x".repeat(2000) });
					saved.push(`${writer}-${k}`);
				}
			};
			const ends = await Promise.allSettled([1, 2, 3, 4].map(fill));
			expect(ends.map(end => end.status === "rejected" && end.reason)).toEqual(
				Array(4).fill(unavailable)
			);
			expect(saved.length).toBeGreaterThan(100);
			const seen = await store.count();
			await expect(store.insert({ _id: "more" })).rejects.toEqual(unavailable);
			expect(await store.count()).toBe(seen);
			await sleep(1500);
			expect(store.writable).toBe(false);
			rmSync(join(dir, "ballast"));
			await until(() => store.writable);
			await store.insert({ _id: "more" });
			await store.disconnect();
			const again = await openStore(dir);
			const ids = new Set((await again.find<Item>()).map(({ _id }) => _id));
			expect([...saved, "more"].filter(id => !ids.has(id))).toEqual([]);
			// Those whose outcome was unknown are there as well.
			expect(ids.size).toBe(seen + 1);
			await again.disconnect();
		} finally {
			spawnSync("umount", [dir]);
		}
	});

	async function until(done: () => boolean): Promise<void> {
		for (const end = Date.now() + 10_000; !done(); await sleep(50)) {
			if (Date.now() > end) throw new Error("took more than 10 s");
		}
	}
});
