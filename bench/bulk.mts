// What others notice of a bulk: requests of all kinds before and while one seller changes so many products.
// `tsx bench/bulk.mts [products]`
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { child, quantile } from "./child.mts";

const [PRODUCTS = 10_000] = process.argv.slice(2).map(Number);
const CALM = 6000;
/** Milliseconds between two requests of a kind. */
const PAUSE = 15;

const shop = await child("bulk-shop.ts", [String(PRODUCTS)]);
const { port, seller, buyer } = JSON.parse(shop.said) as Record<string, string>;

async function ask<T>(method: string, path: string, token?: string, body?: object): Promise<T> {
	const res = await fetch(`http://127.0.0.1:${port}/api${path}`, {
		method,
		headers: {
			...(body && { "Content-Type": "application/json" }),
			...(token && { Authorization: `Bearer ${token}` })
		},
		...(body && { body: JSON.stringify(body) })
	});
	const text = await res.text();
	if (!res.ok) throw new Error(`${path}: ${res.status} ${text}`);
	return (text ? JSON.parse(text) : null) as T;
}
const some = () => Math.floor(Math.random() * PRODUCTS);
const KINDS: Record<string, () => Promise<unknown>> = {
	"product list": () => ask("GET", `/catalog/products?page=${1 + (some() % 40)}`),
	search: () => ask("GET", `/catalog/products?q=${some()}`),
	product: () => ask("GET", `/catalog/products/thing-${some()}`),
	"cart, a write": () =>
		ask("PUT", `/cart/items/thing-${1 + 10 * (some() % 50)}`, buyer, { quantity: 1 }),
	orders: () => ask("GET", "/orders", buyer),
	"seller's list": () => ask("GET", "/seller/products", seller)
};

/** Asks for everything again and again until told to stop. */
function probe() {
	const times = Object.fromEntries(Object.keys(KINDS).map(name => [name, [] as number[]]));
	let over = false;
	const loops = Object.entries(KINDS).map(async ([name, work]) => {
		while (!over) {
			const began = performance.now();
			await work();
			times[name]!.push(performance.now() - began);
			await sleep(PAUSE);
		}
	});
	return async () => {
		over = true;
		await Promise.all(loops);
		return times;
	};
}
const rss = () =>
	Math.round(
		Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${shop.process.pid}/status`, "utf8"))![1]) /
			1024
	);

interface Bulk {
	bulkId: string;
	id: string;
	status: string;
	done: number;
	changed: number;
	failed: number;
}
async function bulk(name: string, path: string, body: object): Promise<string> {
	const before = rss();
	const stop = probe();
	const began = performance.now();
	const { bulkId } = await ask<Bulk>("POST", path, seller, { ...body, wait: 0 });
	let state: Bulk;
	let most = before;
	do {
		await sleep(200);
		state = await ask<Bulk>("GET", `/seller/products/bulk/${bulkId}`, seller);
		most = Math.max(most, rss());
	} while (state.status === "running");
	const took = (performance.now() - began) / 1000;
	const times = await stop();
	rows.push([name, times]);
	console.log(
		`${name}: ${state.changed} changed, ${state.failed} failed in ${took.toFixed(1)} s ` +
			`(${(state.done / took).toFixed(0)}/s), memory ${before} MB, at most ${most} MB`
	);
	return bulkId;
}

const rows: [string, Record<string, number[]>][] = [];
const warm = probe();
await sleep(2000);
await warm();
const calm = probe();
await sleep(CALM);
rows.push(["before", await calm()]);
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

const cell = (times: number[]) =>
	[0.5, 0.95, 0.99].map(q => quantile(times, q).toFixed(1)).join(" / ");
console.log("milliseconds at p50 / p95 / p99");
console.log("".padEnd(16) + rows.map(([name]) => name.padStart(24)).join(""));
for (const name of Object.keys(KINDS))
	console.log(name.padEnd(16) + rows.map(([, times]) => cell(times[name]!).padStart(24)).join(""));
await shop.stop();
