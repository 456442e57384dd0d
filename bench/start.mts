// How long a shop that is built takes from its process's start to its first "ready": with an empty store, with the demo
// store, and with as many products more as are asked for. `tsx bench/start.mts [rounds] [products]`
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "../scripts/build.mts";
import { ShopProcess } from "../tests/helpers/process.ts";
import { median } from "./child.mts";

const ROUNDS = Number(process.argv[2] ?? 5);
const PRODUCTS = Number(process.argv[3] ?? 10_000);
const root = join(import.meta.dirname, "..");

await build(console.error, { parts: ["services"] });

async function measure(what: string, dir: string, seed: string, aim: string) {
	const shop = await ShopProcess.start({ dir, env: { SEED: seed, PORT: "", RELAY_PORT: "" } });
	await shop.stop();
	const took: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const start = performance.now();
		await shop.start();
		took.push(performance.now() - start);
		await shop.stop();
	}
	const all = took.map(ms => ms.toFixed(0)).join(", ");
	console.log(`${what}: ready ${median(took).toFixed(0)} ms after its start (${all}), aim ${aim}`);
}

const dirs: string[] = [];
const newDir = () => {
	const dir = mkdtempSync(join(import.meta.dirname, "data-"));
	dirs.push(dir);
	return dir;
};
try {
	await measure("empty store", newDir(), "none", "1,000 ms");
	const dir = newDir();
	await measure("demo store", dir, "demo", "1,000 ms");
	if (PRODUCTS) {
		const args = [join(root, "scripts", "seed.mts"), "--products", String(PRODUCTS)];
		const env = { ...process.env, DATA_DIR: dir };
		const { status } = spawnSync(process.execPath, args, {
			env,
			stdio: ["ignore", "ignore", "inherit"]
		});
		if (status !== 0) throw new Error("The seed failed");
		await measure(`${PRODUCTS.toLocaleString("en")} products more`, dir, "demo", "3,000 ms");
	}
} finally {
	for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
}
