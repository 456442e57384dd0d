import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

export interface Command {
	name: string;
	run: string;
	args: string[];
	env?: NodeJS.ProcessEnv;
	/** What it reads first. */
	input?: string;
	/** Is it one of our nodes? They end with the channel to us, and say by it when they are ready. */
	node?: boolean;
}
export interface End {
	code: number | null;
	signal: NodeJS.Signals | null;
}

export const onPath = (program: string): boolean =>
	spawnSync("sh", ["-c", 'command -v "$0"', program]).status === 0;

/** Other people's programs get a signal when we die, where the system can do that. */
let guard: string[] | undefined;
const guarded = (run: string, args: string[]) => {
	guard ??= onPath("setpriv") ? ["setpriv", "--pdeathsig", "TERM"] : [];
	const [first = run, ...rest] = guard;
	return guard.length ? { run: first, args: [...rest, run, ...args] } : { run, args };
};

const LAST_LINES = 30;
let widest = 0;

/** A process of the cluster: its lines go to the terminal behind its name, and to a file. */
export class Child {
	readonly ended: Promise<End>;
	/** By a node's own word. */
	readonly ready: Promise<void>;
	/** Its last words. */
	readonly said: string[] = [];
	running = true;
	/** We asked it to end. */
	stopping = false;
	private readonly process: ChildProcess;
	private readonly file: WriteStream;
	readonly command: Command;

	constructor(command: Command, logs: string) {
		this.command = command;
		const { name, run, args, env, node } = command;
		widest = Math.max(widest, name.length);
		mkdirSync(logs, { recursive: true });
		this.file = createWriteStream(join(logs, `${name}.log`), { flags: "a" });
		const what = node ? { run, args } : guarded(run, args);
		// in a session of its own: Ctrl-C is ours to handle, in order
		const stdin = command.input === undefined ? ("ignore" as const) : ("pipe" as const);
		this.process = spawn(what.run, what.args, {
			env: env ?? process.env,
			detached: true,
			stdio: [stdin, "pipe", "pipe", ...(node ? ["ipc" as const] : [])]
		});
		this.process.stdin?.end(command.input);
		for (const stream of [this.process.stdout!, this.process.stderr!])
			createInterface({ input: stream }).on("line", line => this.say(line));
		this.ended = new Promise(resolve => {
			this.process.once("error", err => this.say(err.message));
			this.process.once("close", (code, signal) => {
				this.running = false;
				this.file.end();
				resolve({ code, signal });
			});
		});
		this.ready = new Promise((resolve, reject) => {
			this.process.once("message", () => resolve());
			void this.ended.then(() => reject(new Error(`${name} ended:\n${this.said.join("\n")}`)));
		});
		this.ready.catch(() => {}); // whoever waits hears it
	}

	get pid(): number | null {
		return this.running ? (this.process.pid ?? null) : null;
	}

	private say(line: string): void {
		this.said.push(line);
		if (this.said.length > LAST_LINES) this.said.shift();
		this.file.write(`${line}\n`);
		process.stdout.write(`${this.command.name.padEnd(widest)} | ${line}\n`);
	}

	signal(signal: NodeJS.Signals): void {
		if (this.running) this.process.kill(signal);
	}
	/** Asks it to end, and ends it if it doesn't in time. */
	async stop(ms: number, signal: NodeJS.Signals = "SIGTERM"): Promise<End> {
		this.stopping = true;
		this.signal(signal);
		// one that was stopped by SIGSTOP hears nothing else
		this.signal("SIGCONT");
		const late = new AbortController();
		const timer = sleep(ms, "late" as const, { signal: late.signal }).catch(() => "late" as const);
		if ((await Promise.race([this.ended, timer])) === "late") {
			console.log(`${this.command.name} doesn't stop: killed`);
			this.signal("SIGKILL");
		}
		late.abort();
		return this.ended;
	}
}
