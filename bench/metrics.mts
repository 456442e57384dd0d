// What metrics cost: order.place through the broker and a bare call, without metrics, with Moleculer's middleware and with ours.
// npm run bench -- or: node --import tsx bench/metrics.mts
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./child.mts";

const KINDS = ["none", "moleculer", "ours"] as const;
const ROUNDS = 5;

interface Figures {
	/** Microseconds of processor time. */
	order: number;
	call: number;
	scrapeMs: number;
}
function measure(kind: string): Figures {
	// a disk that costs nothing: what is compared is the processor's work
	const base = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
	const dir = mkdtempSync(join(base, "commercify-bench-"));
	try {
		const said = execFileSync(
			process.execPath,
			["--import", "tsx", fileURLToPath(new URL("metrics-child.ts", import.meta.url)), kind],
			{
				encoding: "utf8",
				env: {
					...process.env,
					DATA_DIR: dir,
					METRICS_PORT: "0",
					LOG_LEVEL: "error",
					NODE_ENV: "production",
					SECRET_KEY: "a secret for the bench, at least 32 bytes long"
				}
			}
		);
		return JSON.parse(said) as Figures;
	} finally {
		rmSync(dir, { recursive: true });
	}
}

const runs = Array.from({ length: ROUNDS }, () =>
	KINDS.map(kind => [kind, measure(kind)] as const)
);
for (const [i, kind] of KINDS.entries()) {
	const of = (key: keyof Figures) => median(runs.map(run => run[i]![1][key]));
	console.log(
		`${kind.padEnd(10)} order.place ${of("order").toFixed(0)} µs, a bare call ${of("call").toFixed(2)} µs, ` +
			`the first scrape ${of("scrapeMs").toFixed(0)} ms`
	);
}
