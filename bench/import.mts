// A file of so many rows, a product each: uploaded, worked in and exported again, and what others notice of it.
// `tsx bench/import.mts [rows]`
import { setTimeout as sleep } from "node:timers/promises";
import { COLUMNS, csvLine } from "../services/shared/csv";
import { crowdedShop } from "./crowd.mts";

const [ROWS = 100_000] = process.argv.slice(2).map(Number);
const PRODUCTS = 1000;
const CALM = 6000;

function fileOf(price: string): Blob {
	const lines = [csvLine(COLUMNS)];
	for (let i = 0; i < ROWS; i++) {
		const row: Partial<Record<(typeof COLUMNS)[number], string>> = {
			product: `import-${i}`,
			sku: `import-${i}`,
			title: `Copper lamp no ${i}`,
			description: `A lamp of copper, made by hand, the ${i}th of its kind, with a cable of three metres.`,
			category: `lamps/series-${i % 50}`,
			tags: `copper, series ${i % 50}`,
			price,
			stock: String(1 + (i % 90))
		};
		lines.push(csvLine(COLUMNS.map(column => row[column] ?? "")));
	}
	return new Blob(lines);
}

interface Import {
	status: string;
	rows: number;
	done: number;
	created: number;
	updated: number;
	errorCount: number;
}
const shop = await crowdedShop(PRODUCTS);
const { ask, request, seller, among, pulse } = shop;

async function bring(name: string, file: Blob): Promise<void> {
	const before = await pulse();
	const form = new FormData();
	form.set("file", file, "products.csv");
	let uploaded = 0;
	const { result, seconds, cpu, rss, late, worst } = await among(name, async () => {
		const began = performance.now();
		const res = await request("POST", "/seller/products/import", seller, { body: form });
		const { importId } = (await res.json()) as { importId: string };
		uploaded = (performance.now() - began) / 1000;
		for (;;) {
			const state = await ask<Import>("GET", `/seller/imports/${importId}`, seller);
			if (state.status !== "running") return state;
			await sleep(200);
		}
	});
	const { status, created, updated, errorCount, done } = result;
	console.log(
		`${name}: ${status}, ${created} created, ${updated} updated, ${errorCount} errors; ` +
			`${(file.size / 1e6).toFixed(1)} MB uploaded in ${uploaded.toFixed(1)} s, all in ${seconds.toFixed(1)} s ` +
			`(${(done / seconds).toFixed(0)} rows/s), ${cpu.toFixed(1)} s of the processor, memory ${before.rss} MB, at most ${rss} MB, ` +
			`event loop late by ${late.toFixed(0)} ms at p99, ${worst.toFixed(0)} ms at worst`
	);
}
async function take(): Promise<void> {
	const before = await pulse();
	const { result, seconds, cpu, rss, late } = await among("export", async () => {
		const res = await request("GET", "/seller/products/export", seller);
		let [bytes, lines] = [0, 0];
		for await (const chunk of res.body!) {
			bytes += chunk.length;
			for (const byte of chunk) if (byte === 10) lines++;
		}
		return { bytes, lines };
	});
	console.log(
		`export: ${result.lines} lines, ${(result.bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s, ` +
			`${cpu.toFixed(1)} s of the processor, memory ${before.rss} MB, at most ${rss} MB, event loop late by ${late.toFixed(0)} ms at p99`
	);
}

await shop.calm(CALM);
await bring("new products", fileOf("19.90"));
await take();
await bring("new prices", fileOf("18.50"));
const kept = await shop.stop(true);
const anew = await crowdedShop(PRODUCTS, kept);
await sleep(3000);
console.log(`the same shop, started anew: ${(await anew.pulse()).rss} MB`);
await anew.stop();
shop.report();
