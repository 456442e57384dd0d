import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { callLocally } from "./local-call";

const root = join(__dirname, "../..");
const MAIN = `require(${JSON.stringify(join(root, "dist/services/main.js"))}).main()`;
/** Milliseconds a shop may take to its first answer; a busy machine is slow. */
const PATIENCE = 60_000;
const PORT_TRIES = 5;

export type Env = Record<string, string>;
export interface End {
	code: number | null;
	signal: NodeJS.Signals | null;
}
export interface ShopOptions {
	env?: Env;
	/** Where its data lies; by default a folder of its own that goes with it. */
	dir?: string;
	/** Flags for node itself. */
	flags?: string[];
}

/** What a process of ours gets to know: nothing of who started it. */
const CLEAN: Env = { PATH: process.env.PATH ?? "" };
const QUICK: Env = {
	SEED: "none",
	BCRYPT_COST: "4",
	LOG_LEVEL: "warn",
	METRICS_PORT: "0",
	VERIFY_EVERY: "0"
};

/** Ports that were free a moment ago: somebody may be faster, then the next ones are tried. */
export async function freePorts(count: number): Promise<number[]> {
	const servers = await Promise.all(
		Array.from({ length: count }, async () => {
			const server = createServer();
			await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
			return server;
		})
	);
	const ports = servers.map(server => (server.address() as AddressInfo).port);
	await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
	return ports;
}

/** Runs the shop's own main in a process, whatever becomes of it. */
export function spawnShop(dir: string, env: Env, flags: string[] = []) {
	const child = spawn(process.execPath, [...flags, "-e", MAIN], {
		cwd: dir,
		env: { ...CLEAN, ...QUICK, DATA_DIR: dir, ...env },
		stdio: ["ignore", "pipe", "pipe"]
	});
	const said: string[] = [];
	for (const stream of [child.stdout, child.stderr])
		stream.on("data", (chunk: Buffer) => said.push(String(chunk)));
	const ended = new Promise<End>(resolve =>
		child.on("close", (code, signal) => resolve({ code, signal }))
	);
	return { child, said: () => said.join(""), ended };
}
type Run = ReturnType<typeof spawnShop>;

const isAlive = (pid: number) => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

async function isReady(baseUrl: string, over: AbortSignal): Promise<"ready" | "late"> {
	for (const end = Date.now() + PATIENCE; Date.now() < end && !over.aborted; await sleep(10)) {
		const answer = await fetch(`${baseUrl}/health/ready`).catch(() => null);
		await answer?.arrayBuffer().catch(() => null);
		if (answer?.ok) return "ready";
	}
	return "late";
}

/** A shop in a process of its own: started, killed, stopped and started again on the same data and ports. */
export class ShopProcess {
	private run: Run | null = null;
	private ports: number[] = [];
	/** What former processes said. */
	private log = "";

	private constructor(
		readonly dir: string,
		private readonly ownsDir: boolean,
		private readonly env: Env,
		private readonly flags: string[]
	) {}

	static async start({ dir, env = {}, flags = [] }: ShopOptions = {}): Promise<ShopProcess> {
		const home = dir ?? mkdtempSync(join(tmpdir(), "commercify-shop-"));
		const shop = new ShopProcess(home, dir === undefined, env, flags);
		await shop.start();
		return shop;
	}

	get baseUrl() {
		return `http://127.0.0.1:${this.ports[0]}`;
	}
	get relayUrl() {
		return `http://127.0.0.1:${this.ports[1]}`;
	}
	get process(): ChildProcess {
		if (!this.run) throw new Error("The shop isn't running");
		return this.run.child;
	}
	get isRunning() {
		return this.run !== null;
	}
	/** Everything that it has printed, over all its lives. */
	get said() {
		return this.log + (this.run?.said() ?? "");
	}

	/** Starts it and waits until it is ready; on the ports that it had before, or on any. */
	async start(env: Env = {}): Promise<void> {
		for (let n = 1; ; n++) {
			const ports = this.ports.length ? this.ports : await freePorts(2);
			const run = spawnShop(
				this.dir,
				{ ...this.env, PORT: `${ports[0]}`, RELAY_PORT: `${ports[1]}`, ...env },
				this.flags
			);
			this.run = run;
			const over = new AbortController();
			const ready = isReady(`http://127.0.0.1:${ports[0]}`, over.signal);
			const state = await Promise.race([ready, run.ended]);
			over.abort();
			if (state === "ready") return void (this.ports = ports);
			this.forget();
			if (state === "late") {
				run.child.kill("SIGKILL");
				await run.ended;
			}
			if (n === PORT_TRIES || !run.said().includes("EADDRINUSE"))
				throw new Error(`The shop didn't start (${JSON.stringify(state)}):\n${run.said()}`);
		}
	}
	private forget() {
		this.log = this.said;
		this.run = null;
	}

	/** `kill -9`; throws unless the process is gone, and by this signal. */
	async kill(): Promise<End> {
		const { child, ended } = this.run!;
		child.kill("SIGKILL");
		const end = await ended;
		this.forget();
		if (end.signal !== "SIGKILL" || isAlive(child.pid!))
			throw new Error(`It wasn't killed: ${JSON.stringify(end)}`);
		return end;
	}

	/** How it ends by itself. */
	async end(): Promise<End> {
		const end = await this.run!.ended;
		this.forget();
		return end;
	}

	/** Asks it to stop, and answers how it ended. */
	async stop(): Promise<End> {
		if (!this.run) return { code: null, signal: null };
		const { child, ended } = this.run;
		child.kill("SIGTERM");
		const end = await ended;
		this.forget();
		return end;
	}

	/** Calls any action of the running shop, by its local socket. */
	call<T>(action: string, params: object = {}): Promise<T> {
		return callLocally<T>(this.dir, action, params);
	}

	/** Ends it whatever its state, and removes the data folder it made. */
	async discard(): Promise<void> {
		if (this.run) await this.kill();
		if (this.ownsDir) rmSync(this.dir, { recursive: true, force: true });
	}
}

/** Runs one of the scripts on a data folder, and answers how it ended. */
export async function runScript(script: string, args: string[], env: Env) {
	const child = spawn(process.execPath, [join(root, "scripts", script), ...args], {
		cwd: root,
		env: { ...CLEAN, ...QUICK, ...env },
		stdio: ["ignore", "pipe", "pipe"]
	});
	let said = "";
	for (const stream of [child.stdout, child.stderr])
		stream.on("data", (chunk: Buffer) => (said += String(chunk)));
	const code = await new Promise<number | null>(resolve => child.on("close", resolve));
	return { code, said };
}
