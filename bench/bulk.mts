// What others notice of a bulk: requests of all kinds before and while one seller changes so many products.
// `tsx bench/bulk.mts [products]`
import { setTimeout as sleep } from "node:timers/promises";
import { crowdedShop } from "./crowd.mts";

const [PRODUCTS = 10_000] = process.argv.slice(2).map(Number);
const CALM = 6000;

const { ask, seller, among, calm, pulse, report, stop } = await crowdedShop(PRODUCTS);

interface Bulk {
	bulkId: string;
	status: string;
	done: number;
	changed: number;
	failed: number;
}
async function bulk(name: string, path: string, body: object): Promise<string> {
	const before = await pulse();
	let answered = 0;
	const { result, seconds, cpu, rss, late, worst } = await among(name, async () => {
		const began = performance.now();
		const { bulkId } = await ask<Bulk>("POST", path, seller, { ...body, wait: 0 });
		answered = performance.now() - began;
		for (;;) {
			const state = await ask<Bulk>("GET", `/seller/products/bulk/${bulkId}`, seller);
			if (state.status !== "running") return { ...state, bulkId };
			await sleep(200);
		}
	});
	console.log(
		`${name}: answered after ${answered.toFixed(0)} ms, ${result.changed} changed, ${result.failed} failed in ` +
			`${seconds.toFixed(1)} s (${(result.done / seconds).toFixed(0)}/s), ${cpu.toFixed(1)} s of the processor, memory ${before.rss} MB, at most ${rss} MB, ` +
			`event loop late by ${late.toFixed(0)} ms at p99, ${worst.toFixed(0)} ms at worst`
	);
	return result.bulkId;
}

await calm(CALM);
const dry = performance.now();
await ask("POST", "/seller/products/bulk", seller, {
	filter: {},
	change: { price: { percent: 10 } },
	dryRun: true
});
console.log(`preview of ${PRODUCTS}: ${((performance.now() - dry) / 1000).toFixed(1)} s`);
const change = { price: { percent: 10, rounding: "cent99" }, tags: { add: ["sale"] } };
const id = await bulk("price and tags", "/seller/products/bulk", { filter: {}, change });
await bulk("its undo", `/seller/products/bulk/${id}/undo`, {});
await bulk("stock", "/seller/products/bulk", { filter: {}, change: { stock: { delta: 3 } } });
report();
await stop();
