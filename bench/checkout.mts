// Full checkouts a second on durable files: PUT cart item, POST order with a key, POST pay, one after the other by so
// many buyers at once. The shop is a process of its own in production's settings; this one only asks, and says how
// busy both were. `tsx bench/checkout.mts [seconds] [buyers,buyers…]`
import { mkdtempSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { build } from "../scripts/build.mts";
import { ShopProcess } from "../tests/helpers/process.ts";
import { Buyers } from "./buyers.mts";
import { processorTime } from "./child.mts";

const SECONDS = Number(process.argv[2] ?? 5);
const SIZES = (process.argv[3] ?? "1,8,32").split(",").map(Number);
const PRODUCTS = Number(process.env.PRODUCTS ?? 1000);

const ownTime = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
};

await build(console.error, { parts: ["services"] });
// beside the sources: /tmp may be a disk in memory
const dir = mkdtempSync(join(import.meta.dirname, "data-"));
const shop = await ShopProcess.start({
	dir,
	env: {
		NODE_ENV: "production",
		SECRET_KEY: "a secret for the bench, at least 32 bytes long",
		RATE_LIMIT: "0",
		LOG_LEVEL: "error"
	},
	flags: process.env.SHOP_FLAGS?.split(" ") ?? []
});
const buyers = new Buyers(shop.baseUrl);
try {
	await measure();
} finally {
	const { code } = await shop.stop();
	buyers.leave();
	rmSync(dir, { recursive: true, force: true });
	if (code !== 0) console.log(`the shop ended with ${code}:\n${shop.said}`);
}

async function measure() {
	await buyers.come(Math.max(...SIZES), PRODUCTS);
	console.log(`${PRODUCTS} products, ${buyers.skus.length} SKUs, ${cpus().length} processors`);
	const pid = shop.process.pid!;
	for (const size of SIZES) {
		const own = { start: 0, end: 0 };
		const theirs = { start: 0, end: 0 };
		const mark = (at: "start" | "end") => () => {
			own[at] = ownTime();
			theirs[at] = processorTime(pid);
		};
		const around = { start: mark("start"), end: mark("end") };
		const { perSecond, done, took, steps } = await buyers.checkOut(size, SECONDS, around);
		const busy = (of: typeof own) => `${Math.round(((of.end - of.start) / took) * 100)} %`;
		// what is left to compare by on a machine with other work to do
		const each = ((theirs.end - theirs.start) * 1000) / done;
		console.log(
			`${size} buyers: ${perSecond.toFixed(0)} checkouts/s; p50/p95 in ms: ${steps}; ` +
				`processor: shop ${busy(theirs)} (${each.toFixed(2)} ms a checkout), this bench ${busy(own)}` +
				(size === 32 ? " (aim 400/s)" : "")
		);
	}
}
