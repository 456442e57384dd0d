import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { JournaledAdapter, type StoreOptions } from "../../mixins/nedb-adapter";

const made: string[] = [];

export function newDir(): string {
	const dir = mkdtempSync(join(tmpdir(), "commercify-"));
	made.push(dir);
	return dir;
}

export function removeDirs(): void {
	for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}

export interface Log {
	warn: jest.Mock;
	info: jest.Mock;
	error: jest.Mock;
}

export const newLog = (): Log => ({ warn: jest.fn(), info: jest.fn(), error: jest.fn() });

export async function openStore(dir: string, options: Partial<StoreOptions> = {}) {
	const store = new JournaledAdapter({ collection: "stock", dir, logger: newLog(), ...options });
	await store.connect();
	return store;
}

export interface Child {
	process: ChildProcess;
	/** What it printed so far. */
	said: string[];
	complaints: () => string;
	ready: Promise<unknown>;
	ended: Promise<number | null>;
}

/** The writing program in a process of its own. */
export function startChild(dir: string, mode: "write" | "compact" | "hold", round = 0): Child {
	const args = [
		"--import",
		"tsx",
		join(__dirname, "durability-child.ts"),
		dir,
		mode,
		String(round)
	];
	const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
	const said: string[] = [];
	let complaints = "";
	child.stderr.on("data", text => (complaints += text));
	const ended = new Promise<number | null>(resolve => child.on("close", resolve));
	const ready = new Promise<void>((resolve, reject) => {
		createInterface(child.stdout).on("line", line => {
			said.push(line);
			if (line === "ready") resolve();
		});
		void ended.then(() => reject(new Error(`ended before it was ready: ${complaints}`)));
	});
	ready.catch(() => {});
	return { process: child, said, complaints: () => complaints, ready, ended };
}

/** Kills without a chance to tidy up, and waits until all it said has arrived. */
export async function kill(child: Child): Promise<void> {
	child.process.kill("SIGKILL");
	await child.ended;
}
