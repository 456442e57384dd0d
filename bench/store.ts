// How many changes a second the embedded store saves. `tsx bench/store.ts [documents]`
import { mkdtempSync, rmSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { JournaledAdapter } from "../mixins/nedb-adapter";

const DOCS = Number(process.argv[2] ?? 10_000);
const SECONDS = 3;

const stock = (i: number) => ({
	_id: `sku-${(i * 7919) % 1_000_003}`,
	productId: `product-${i}`,
	sellerId: `seller-${i % 50}`,
	...{ available: 1e9, heldQty: 0, sold: 0, initial: 1e9, restocked: 0, removed: 0, returned: 0 },
	...{ threshold: 5, version: 1, held: {}, closed: {}, operations: {} }
});

const unsafe = async (file: FileHandle, data: Buffer, position: number) => {
	await file.write(data, 0, data.length, position);
};

async function measure(name: string, store: JournaledAdapter, writers: number): Promise<void> {
	const times: number[] = [];
	const start = performance.now();
	const write = async () => {
		for (let from = start; from - start < SECONDS * 1000;) {
			const { _id } = stock(Math.floor(Math.random() * DOCS));
			const query = { _id, available: { $gte: 1 } };
			await store.changeOne(query, { $inc: { available: -1, heldQty: 1, version: 1 } });
			const now = performance.now();
			times.push(now - from);
			from = now;
		}
	};
	await Promise.all(Array.from({ length: writers }, write));
	const rate = Math.round((times.length / (performance.now() - start)) * 1000);
	times.sort((a, b) => a - b);
	const at = (share: number) => times[Math.floor(share * (times.length - 1))]!.toFixed(2);
	console.log(`${name}, ${writers} writers: ${rate}/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

async function main(): Promise<void> {
	// Beside the sources: /tmp may be a memory disk.
	const dir = mkdtempSync(join(__dirname, "data-"));
	const modes = [
		["fdatasync", { dir: join(dir, "safe") }],
		["no sync", { dir: join(dir, "unsafe"), write: unsafe }],
		["memory", {}]
	] as const;
	try {
		for (const [name, options] of modes) {
			const store = new JournaledAdapter({ collection: "stock", ...options });
			await store.connect();
			await store.insertMany(Array.from({ length: DOCS }, (_, i) => stock(i)));
			for (const writers of [1, 8, 32]) await measure(name, store, writers);
			await store.disconnect();
		}
		const start = performance.now();
		const store = new JournaledAdapter({ collection: "stock", ...modes[0][1] });
		await store.connect();
		console.log(`start with ${DOCS} documents: ${(performance.now() - start).toFixed(0)} ms`);
		await store.disconnect();
	} finally {
		rmSync(dir, { recursive: true });
	}
}

void main();
