// How long from an event to the last of many sockets: p50 and p99 over many changes of one SKU.
// `tsx bench/fanout.mts [rounds] [sockets,sockets…]`
import { createInterface } from "node:readline";
import { child, quantile } from "./child.mts";

const ROUNDS = Number(process.argv[2] ?? 200);
const SIZES = (process.argv[3] ?? "500,2000").split(",").map(Number);
/** Longer than the relay's window for one SKU, so that each change is a message of its own. */
const PAUSE = 120;
const now = () => performance.timeOrigin + performance.now();
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

for (const size of SIZES) {
	const shop = await child("shop.ts", ["auth,catalog,inventory,relay", "bench-sku"]);
	const { relayPort } = JSON.parse(shop.said) as { relayPort: number };
	const clients = await child("sockets.mts", [`http://127.0.0.1:${relayPort}`, String(size)]);
	const last = new Map<number, number>();
	createInterface({ input: clients.process.stdout! }).on("line", line => {
		const [version, at] = line.split(" ").map(Number) as [number, number];
		last.set(version, at);
	});

	const took: number[] = [];
	// it was opened with its first version
	for (let version = 2; version <= ROUNDS + 1; version++) {
		const stock = {
			sku: "bench-sku",
			productId: "product00001",
			available: 1000 - version,
			held: 0,
			version,
			at: new Date().toISOString()
		};
		const sent = now();
		shop.process.stdin!.write(`stock.changed ${JSON.stringify(stock)}\n`);
		await pause(PAUSE);
		for (let waits = 0; !last.has(version) && waits < 50; waits++) await pause(100);
		const at = last.get(version);
		if (at === undefined) throw new Error(`version ${version} didn't reach all of ${size} sockets`);
		took.push(at - sent);
	}
	// the first messages find cold code
	const warm = took.slice(Math.min(20, ROUNDS >> 1));
	console.log(
		`${size} sockets, last one after: p50 ${quantile(warm, 0.5).toFixed(1)} ms, ` +
			`p99 ${quantile(warm, 0.99).toFixed(1)} ms (aim at 2,000: 60 ms)`
	);
	await Promise.all([clients.stop(), shop.stop()]);
}
