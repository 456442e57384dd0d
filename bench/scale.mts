// How requests grow with the shop: milliseconds of the services for each, in shops of growing size, one request at a
// time. Embedded, or with MongoDB where MONGO_URI is given. `tsx bench/scale.mts [products,orders ...]`
import { child } from "./child.mts";

const SIZES = process.argv.slice(2).length
	? process.argv.slice(2)
	: ["1000,1000", "10000,1000", "100000,1000", "1000,100000", "100000,100000"];
const { MONGO_URI } = process.env;

interface Run {
	filled: number;
	started: number;
	heap: number;
	figures: Record<string, { first: number; p50: number }>;
}
async function runOf(size: string): Promise<Run> {
	const uri = MONGO_URI && new URL(MONGO_URI);
	if (uri) {
		uri.pathname = `/scale_${process.pid}_${size.replace(",", "_")}`;
		process.env.MONGO_URI = uri.href;
	}
	const shop = await child("scale-shop.ts", size.split(","));
	await shop.stop();
	if (uri) await drop(uri.href);
	return JSON.parse(shop.said) as Run;
}
async function drop(uri: string): Promise<void> {
	const { MongoClient } = await import("mongodb");
	const client = new MongoClient(uri);
	await client.db().dropDatabase();
	await client.close();
}

const ms = (time: number) => (time < 10 ? time.toFixed(2) : time.toFixed(0));
const factor = (now: number, before: number) => `×${(now / before).toFixed(1)}`;
const runs: Run[] = [];
for (const size of SIZES) {
	const run = await runOf(size);
	runs.push(run);
	const [filled, started] = [run.filled, run.started].map(time => (time / 1000).toFixed(1));
	console.error(`${size}: filled in ${filled} s, started in ${started} s, heap ${run.heap} MB`);
}
const base = runs[0]!;
console.log(
	`${MONGO_URI ? "MongoDB" : "Embedded"}: p50 in ms, its growth from the first shop; in brackets the first time`
);
console.log(["products,orders".padEnd(24), ...SIZES.map(size => size.padStart(22))].join(""));
for (const [name, { p50: before }] of Object.entries(base.figures)) {
	const cells = runs.map(({ figures }, i) => {
		const { p50, first } = figures[name]!;
		return `${ms(p50)}${i ? ` ${factor(p50, before)}` : ""} (${ms(first)})`.padStart(22);
	});
	console.log(name.padEnd(24) + cells.join(""));
}
