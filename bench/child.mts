import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";

export interface Child {
	process: ChildProcess;
	/** The first line that it printed. */
	said: string;
	/** What it prints from then on. */
	lines: Interface;
	/** Ends it; answers its data folder, which is removed unless it is to be kept. */
	stop(keep?: boolean): Promise<string>;
}

/** Starts a script of the bench in a process of its own, and waits for its first line. */
export async function child(
	script: string,
	args: string[] = [],
	input?: string,
	dataDir = mkdtempSync(join(tmpdir(), "commercify-bench-"))
): Promise<Child> {
	const started = spawn(
		process.execPath,
		["--import", "tsx", join(import.meta.dirname, script), ...args],
		{
			stdio: ["pipe", "pipe", "inherit"],
			env: {
				...process.env,
				PORT: "0",
				RELAY_PORT: "0",
				METRICS_PORT: "0",
				SEED: "none",
				LOG_LEVEL: "error",
				NODE_ENV: "production",
				SECRET_KEY: "a secret for the bench, at least 32 bytes long",
				DATA_DIR: dataDir,
				RATE_LIMIT: "0",
				SOCKETS_PER_ADDRESS: "100000"
			}
		}
	);
	const ended = new Promise<void>(resolve => started.once("exit", () => resolve()));
	if (input !== undefined) started.stdin.end(input);
	const lines = createInterface({ input: started.stdout });
	const said = await Promise.race([
		new Promise<string>(resolve => lines.once("line", resolve)),
		ended.then(() => Promise.reject(new Error(`${script} ended before it was up`)))
	]);
	return {
		process: started,
		said,
		lines,
		async stop(keep = false) {
			started.stdin.end();
			setTimeout(() => started.kill(), 20_000).unref();
			if (input !== undefined) started.kill();
			await ended;
			if (!keep) rmSync(dataDir, { recursive: true, force: true });
			return dataDir;
		}
	};
}

export const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
export const quantile = (values: number[], q: number) =>
	values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]!;

/** Seconds of processor time that a process has had; NaN where the system doesn't tell. */
export function processorTime(pid: number): number {
	try {
		const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]!.split(" ");
		return (Number(fields[11]) + Number(fields[12])) / 100;
	} catch {
		return NaN;
	}
}
