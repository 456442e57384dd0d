import { once } from "node:events";
import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { fail } from "../errors";
import { metrics } from "../metrics";
import { bcryptCost } from "../settings";

/** bcrypt reads so many bytes and no more. */
const MOST_BYTES = 72;

/** As text, so that the same runs from TypeScript, from dist and under Jest. */
const WORKER = `
const { parentPort, workerData } = require("node:worker_threads");
const bcrypt = require(workerData);
parentPort.on("message", ({ password, hash, cost }) =>
	parentPort.postMessage(
		hash ? bcrypt.compareSync(password, hash) : bcrypt.hashSync(password, cost)
	)
);`;

interface Task {
	password: string;
	/** To compare with; without it the password is hashed. */
	hash?: string;
	cost?: number;
}
interface Job {
	task: Task;
	since: number;
	/** Asked again when its turn comes, for much may have happened; throws to refuse. */
	admit?: () => Promise<void>;
	resolve(answer: unknown): void;
	reject(err: unknown): void;
}
interface Options {
	cost?: number;
	workers?: number;
	/** How many may wait, and for how many milliseconds. */
	queue?: number;
	patience?: number;
}

/** bcrypt in threads of its own: 50 to 100 ms of work each that must not stop the event loop. */
export class Passwords {
	private readonly queue: Job[] = [];
	private readonly idle: Worker[] = [];
	private readonly alive = new Map<Worker, AbortController>();
	private readonly options: Required<Options>;
	private dummy: Promise<string> | undefined;
	private closed = false;

	constructor(options: Options = {}) {
		const workers = Math.min(2, Math.max(1, availableParallelism() - 1));
		this.options = { cost: bcryptCost, workers, queue: 500, patience: 25_000, ...options };
		metrics.bcryptWaiting.of().watch(() => this.queue.length);
	}

	hash(password: string): Promise<string> {
		return this.enqueue({ password, cost: this.options.cost }) as Promise<string>;
	}

	/** Takes as long for an account that isn't there as for a wrong password. */
	async matches(password: string, hash?: string, admit?: () => Promise<void>): Promise<boolean> {
		const comparable = Buffer.byteLength(password) <= MOST_BYTES;
		const against = comparable && hash ? hash : await this.nobodys();
		const right = await this.enqueue({ password, hash: against }, admit);
		return right === true && against === hash;
	}

	/** Starts the threads before somebody waits for them. */
	async ready(): Promise<void> {
		await this.nobodys();
	}

	async close(): Promise<void> {
		this.closed = true;
		this.queue.splice(0).forEach(({ reject }) => reject(new Error("Stopping")));
		await Promise.all([...this.alive.keys()].map(worker => worker.terminate()));
	}

	/** The hash of something that nobody knows. */
	private nobodys(): Promise<string> {
		this.dummy ??= this.hash(randomBytes(16).toString("hex")).catch((err: unknown) => {
			this.dummy = undefined;
			throw err;
		});
		return this.dummy;
	}

	private enqueue(task: Task, admit?: () => Promise<void>): Promise<unknown> {
		return new Promise((resolve, reject) => {
			const { queue, workers } = this.options;
			if (this.closed || this.queue.length >= queue)
				fail("TOO_MANY_REQUESTS", { retryAfter: Math.ceil(queue / workers / 20) });
			this.queue.push({ task, since: Date.now(), resolve, reject, ...(admit && { admit }) });
			this.next();
		});
	}

	private next(): void {
		while (this.queue.length > 0) {
			const mayHire = this.alive.size < this.options.workers;
			const worker = this.idle.pop() ?? (mayHire ? this.hire() : undefined);
			if (!worker) return;
			void this.work(worker, this.queue.shift()!);
		}
	}

	private async work(worker: Worker, { task, since, admit, resolve, reject }: Job): Promise<void> {
		try {
			if (Date.now() - since > this.options.patience) fail("TOO_MANY_REQUESTS", { retryAfter: 5 });
			await admit?.();
			const { signal } = this.alive.get(worker)!;
			const answer = once(worker, "message", { signal });
			worker.postMessage(task);
			resolve((await answer)[0]);
		} catch (err) {
			reject(err);
		}
		// The one who asked goes on first: a failure is counted before the next is admitted.
		await new Promise(setImmediate);
		if (this.alive.has(worker)) this.idle.push(worker);
		if (!this.closed) this.next();
	}

	private hire(): Worker {
		const worker = new Worker(WORKER, { eval: true, workerData: require.resolve("bcryptjs") });
		const gone = new AbortController();
		this.alive.set(worker, gone);
		worker.unref();
		// The job hears of the error; without a listener an idle worker's end would be the process's.
		worker.on("error", () => this.dismiss(worker));
		worker.once("exit", () => {
			this.dismiss(worker);
			gone.abort();
		});
		return worker;
	}

	private dismiss(worker: Worker): void {
		this.alive.delete(worker);
		const at = this.idle.indexOf(worker);
		if (at >= 0) this.idle.splice(at, 1);
	}
}
