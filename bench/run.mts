// `npm run bench`: every bench, one after the other, each in a process of its own and for a bounded time; then one table.
import { spawn } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { build } from "../scripts/build.mts";

const MOST_SECONDS = 240;
/** What we claim first. The words after a name are its arguments. */
const BENCHES: [what: string, script: string][] = [
	["start of the shop", "start.mts"],
	["reads over HTTP", "http.mts"],
	["checkouts", "checkout.mts"],
	["stock to sockets", "fanout.mts"],
	["the embedded store", "store.ts"],
	["search", "search.mts"],
	["metrics", "metrics.mts"],
	["a bulk and the others", "bulk.mts 3000"],
	["a file and the others", "import.mts 10000"],
	["the seller's pages", "seller.mts"],
	["rows in a browser", "rows.mts 2"],
	["growth", "scale.mts 1000,1000 10000,1000 1000,10000"],
	["a remote call", "remote.mts"],
	["replicas", "replicas.mts"]
];

interface Outcome {
	lines: string[];
	failed: string | null;
}
function run(script: string): Promise<Outcome> {
	const [file = "", ...args] = script.split(" ");
	const child = spawn(
		process.execPath,
		["--import", "tsx", join(import.meta.dirname, file), ...args],
		{ cwd: join(import.meta.dirname, ".."), stdio: ["ignore", "pipe", "inherit"], detached: true }
	);
	let said = "";
	child.stdout.on("data", (chunk: Buffer) => (said += String(chunk)));
	return new Promise(resolve => {
		let late = false;
		// with the processes that it has started
		const timer = setTimeout(() => {
			late = true;
			process.kill(-child.pid!, "SIGKILL");
		}, MOST_SECONDS * 1000);
		child.on("close", code => {
			clearTimeout(timer);
			const lines = said.split("\n").filter(line => line.trim());
			const why = late ? `not done after ${MOST_SECONDS} s` : `ended with ${code}`;
			resolve({ lines, failed: code === 0 ? null : why });
		});
	});
}

await build(console.error, { parts: ["services"] });
const wanted = process.argv.slice(2);
const chosen = BENCHES.filter(
	([, script]) => !wanted.length || wanted.includes(script.split(" ", 1)[0]!)
);
console.log(
	`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? "processor"}`
);

const table: string[] = [];
let failures = 0;
for (const [what, script] of chosen) {
	console.error(`${what} …`);
	const load = loadavg()[0]!;
	const { lines, failed } = await run(script);
	const width = Math.max(...chosen.map(([name]) => name.length));
	lines.forEach((line, i) => table.push(`${(i ? "" : what).padEnd(width)} | ${line}`));
	if (load > cpus().length / 2)
		table.push(`${"".padEnd(width)} | (the machine was busy: load ${load.toFixed(1)})`);
	if (failed) table.push(`${what.padEnd(width)} | FAILED: ${failed}`);
	failures += failed ? 1 : 0;
	table.push(`${"".padEnd(width, "-")}-+-`);
}
console.log(table.join("\n"));
process.exitCode = failures ? 1 : 0;
