// Checkouts and list reads a second on a cluster with 1, 2 and 4 of each service, through nginx, on the processors of
// this machine. Needs MongoDB (MONGO_URI, or the rig beside the repository). `tsx bench/replicas.mts [1,2,4] [seconds]`
import autocannon from "autocannon";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { LocalCluster, type State } from "../tests/helpers/local-cluster.ts";
import { Buyers } from "./buyers.mts";
import { processorTime } from "./child.mts";

const REPLICAS = (process.argv[2] ?? "1,2,4").split(",").map(Number);
const SECONDS = Number(process.argv[3] ?? 8);
const PRODUCTS = 200;
const BUYERS = 32;
const READERS = 64;

/** Seconds that all processors of this machine have worked, whoever for. */
function worked(): number {
	const [user = 0, nice = 0, system = 0] = readFileSync("/proc/stat", "latin1")
		.split("\n", 1)[0]!
		.split(/ +/)
		.slice(1)
		.map(Number);
	return (user + nice + system) / 100;
}
/** By service and server; what is left is the database's and the bench's own. */
function timesOf({ nodes, servers }: State): Map<string, number> {
	const times = new Map([["", worked()]]);
	const add = (name: string, pid: number | null) =>
		pid && times.set(name, (times.get(name) ?? 0) + processorTime(pid));
	for (const { services, pid } of nodes) add(services.join("+"), pid);
	for (const { name, pid } of servers) add(name, pid);
	return times;
}

interface Row {
	checkouts: number;
	lists: number;
}
async function measure(replicas: number): Promise<Row> {
	const cluster = await LocalCluster.start({
		args: ["--replicas", `${replicas}`],
		env: { RATE_LIMIT: "0", LOG_LEVEL: "error" }
	});
	const { api, nodes } = cluster.state;
	const buyers = new Buyers(api);
	try {
		await buyers.come(BUYERS, PRODUCTS);
		const { state } = cluster;
		let before = timesOf(state);
		let after = before;
		const { perSecond, done, steps } = await buyers.checkOut(BUYERS, SECONDS, {
			start: () => (before = timesOf(state)),
			end: () => (after = timesOf(state))
		});
		const spent = [...after].map(([name, time]) => [name, time - before.get(name)!] as const);
		const all = spent[0]![1];
		const known = spent.slice(1).reduce((sum, [, time]) => sum + time, 0);
		const each = [...spent.slice(1), ["database and bench", all - known] as const]
			.toSorted(([, a], [, b]) => b - a)
			.map(([name, time]) => `${name} ${((time * 1000) / done).toFixed(1)}`);
		// what one page of a list costs when nothing has changed, and when every answer is another one
		const url = `${api}/api/catalog/products?page=1`;
		const same = await autocannon({ url, connections: READERS, duration: SECONDS });
		const requests = Array.from({ length: 300 }, (_, i) => ({
			path: `/api/catalog/products?minPrice=${i}&pageSize=24`
		}));
		const other = await autocannon({
			url: api,
			connections: READERS,
			duration: SECONDS,
			requests
		});
		if (same.non2xx || other.non2xx) throw new Error("Not all reads were answered");
		const started = (cluster.readyAfter / 1000).toFixed(1);
		console.log(
			`${replicas} of each (${nodes.length} nodes, ready after ${started} s): ` +
				`${perSecond.toFixed(0)} checkouts/s (p50/p95 in ms: ${steps}); ` +
				`lists ${same.requests.average.toFixed(0)}/s the same, ${other.requests.average.toFixed(0)}/s of 300 kinds`
		);
		console.log(`  milliseconds of processor a checkout: ${each.join(", ")}`);
		return { checkouts: perSecond, lists: same.requests.average };
	} finally {
		buyers.leave();
		await cluster.discard();
	}
}

const rows: Row[] = [];
for (const replicas of REPLICAS) rows.push(await measure(replicas));
const [first] = rows;
const ratios = (key: keyof Row) => rows.map(row => (row[key] / first![key]).toFixed(2)).join(" : ");
console.log(
	`on ${cpus().length} processors with their servers and their clients: checkouts ${ratios("checkouts")}, ` +
		`lists ${ratios("lists")}`
);
