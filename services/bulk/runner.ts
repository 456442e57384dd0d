import { setTimeout as sleep } from "node:timers/promises";
import type { Collection } from "../../mixins/db.mixin";
import { codeOf } from "../errors";
import type { Broker } from "../typed";
import { BatchRun, Lost } from "./batch-run";
import {
	batchId,
	newBatch,
	progressOf,
	type BatchDocument,
	type JobDocument,
	type SelectionDocument
} from "./documents";
import { isChanged } from "./plan";

/** Milliseconds after which a bulk that nobody works on is taken on; and between two tries of what is away. */
export const LEASE = 8000;
const AGAIN = 2000;
const TICK = 1000;
/** Milliseconds between two looks at a bulk that is waited for. */
const LOOK_EVERY = 250;
/** Bulks of different sellers that one process works on at a time; others wait their turn in the store. */
const MOST_AT_ONCE = 3;
/** Failures in a row that nobody foresaw, until a bulk ends with what it has done. */
const MOST_TRIES = 10;
/** A batch is followed by a rest as long as this share of it, in which the process is all others'. */
const REST = 0.5;
const LONGEST_REST = 100;

interface Logger {
	warn(...args: unknown[]): void;
	error(...args: unknown[]): void;
}

/** A seller's bulks that are kept, and can be undone. */
const KEPT = 10;

interface Tables {
	jobs: Collection<JobDocument>;
	batches: Collection<BatchDocument>;
	selections: Collection<SelectionDocument>;
}

/** Does bulks, batch after batch, and takes on those that another process has left. */
export class Runner {
	private readonly running = new Map<string, Promise<void>>();
	private timer: NodeJS.Timeout | undefined;
	private stopping = false;
	private looking: Promise<void> = Promise.resolve();

	constructor(
		private readonly tables: Tables,
		private readonly broker: Broker,
		private readonly logger: Logger
	) {}

	start(): void {
		this.timer = setInterval(() => {
			this.looking = this.looking
				.then(() => this.look())
				.catch(err => this.logger.warn("Bulks will be looked for again:", err));
		}, TICK);
	}
	/** Ends after the batches that are under way; what is left is due at once, for whoever is there. */
	async stop(): Promise<void> {
		this.stopping = true;
		clearInterval(this.timer);
		await this.looking;
		await Promise.all(this.running.values());
	}

	/** Begins a new bulk, here if there is room, else where there is. */
	async begin(job: JobDocument): Promise<void> {
		if (!this.full) this.take(job);
		else await this.tables.jobs.change({ id: job.id }, { $set: { dueAt: Date.now() } });
	}
	/** A bulk at its end, or as it is after so many milliseconds; wherever it is worked on. */
	async wait(id: string, patience: number): Promise<JobDocument | null> {
		const end = Date.now() + patience;
		for (;;) {
			const job = await this.tables.jobs.get(id);
			const left = end - Date.now();
			if (job?.status !== "running" || left <= 0) return job;
			const look = sleep(Math.min(left, LOOK_EVERY), undefined, { ref: false });
			await Promise.race([look, this.running.get(id) ?? look]);
		}
	}

	private get full(): boolean {
		return this.stopping || this.running.size >= MOST_AT_ONCE;
	}
	private take(job: JobDocument): void {
		const run = this.run(job).finally(() => this.running.delete(job.id));
		this.running.set(job.id, run);
	}
	private async look(): Promise<void> {
		if (this.full) return;
		const due = await this.tables.jobs.find(
			{ dueAt: { $lte: Date.now() } },
			{ sort: ["dueAt"], limit: MOST_AT_ONCE }
		);
		for (const { id, dueAt } of due) {
			if (this.full || this.running.has(id)) continue;
			// one process gets it
			const mine = await this.tables.jobs.change(
				{ id, dueAt: dueAt! },
				{ $set: { dueAt: Date.now() + LEASE } }
			);
			if (mine) this.take(mine);
		}
	}

	private async run(job: JobDocument): Promise<void> {
		let current = job;
		const selection = this.selectionOf(job);
		try {
			if (job.status !== "running") return await this.clear(job);
			// its request died before it was written down as a whole: nothing was done of it
			if (current.listOf === undefined) return await this.end(current, "failed");
			while (current.next < current.batches) {
				if (this.stopping) return await this.leave(current);
				const began = performance.now();
				current = await this.step(current, selection);
				const took = performance.now() - began;
				await sleep(Math.min(LONGEST_REST, REST * took), undefined, { ref: false });
			}
			await this.end(current, "done");
		} catch (err) {
			if (!(err instanceof Lost)) await this.postpone(current, err);
		}
	}

	/** The products of a bulk, read when they are first asked for. */
	private selectionOf({ id, undoes }: JobDocument): () => Promise<string[]> {
		let known: string[] | undefined;
		return async () => {
			// those of an undo follow from the batches of its bulk
			if (undoes) return [];
			known ??= (await this.tables.selections.get(id))?.ids;
			if (!known) throw new Lost();
			return known;
		};
	}

	private async step(job: JobDocument, selection: () => Promise<string[]>): Promise<JobDocument> {
		const { id, next } = job;
		let batch = await this.tables.batches.get(batchId(id, next));
		if (!batch) {
			batch = newBatch(id, next, await selection());
			if (!(await this.tables.batches.create(batch))) throw new Lost();
		}
		const done = await new BatchRun(this.tables.batches, this.broker, job).run(batch);
		const moved = await this.tables.jobs.change(
			{ id, next },
			{
				$set: { next: next + 1, dueAt: Date.now() + LEASE, tries: 0 },
				$inc: {
					done: done.ids.length,
					changed: done.rows.filter(isChanged).length,
					failed: done.flaws.length
				}
			}
		);
		if (!moved) throw new Lost();
		void this.broker.emit("bulk.progressed", progressOf(moved));
		return moved;
	}

	private async end({ id, next, sellerId }: JobDocument, status: "done" | "failed"): Promise<void> {
		const ended = await this.tables.jobs.change(
			{ id, next, status: "running" },
			{
				$set: {
					status,
					listOf: sellerId,
					finishedAt: new Date().toISOString(),
					dueAt: Date.now() + LEASE
				},
				$unset: { runningOf: true }
			}
		);
		if (!ended) return;
		void this.broker.emit("bulk.progressed", progressOf(ended));
		await this.clear(ended);
	}
	/** Forgets what an ended bulk doesn't need any more, and its seller's oldest ones. */
	private async clear({ id: ended, sellerId }: JobDocument): Promise<void> {
		const { jobs, batches, selections } = this.tables;
		await selections.remove({ id: ended });
		const old = await jobs.page(sellerId, { offset: KEPT, limit: KEPT });
		for (const { id, status } of old) {
			if (status === "running") continue;
			await Promise.all([batches.remove({ jobId: id }), selections.remove({ id })]);
			await jobs.remove({ id });
		}
		await jobs.change({ id: ended }, { $unset: { dueAt: true } });
	}

	private async leave({ id, next }: JobDocument): Promise<void> {
		await this.tables.jobs.change({ id, next }, { $set: { dueAt: Date.now() } });
	}

	/** What is away is waited for; only what nobody foresaw is counted, and ends a bulk that it doesn't get past. */
	private async postpone(job: JobDocument, err: unknown): Promise<void> {
		const { id, next, tries } = job;
		const status = (err as { code?: unknown }).code;
		const away = codeOf(err) !== undefined || [404, 429, 503, 504].includes(status as number);
		if (away) this.logger.warn(`Bulk ${id} waits:`, (err as Error).message);
		else this.logger.error(`Bulk ${id} failed at batch ${next}, try ${tries + 1}:`, err);
		try {
			if (!away && tries + 1 >= MOST_TRIES) return await this.end(job, "failed");
			await this.tables.jobs.change(
				{ id, next },
				{ $set: { dueAt: Date.now() + AGAIN }, $inc: { tries: away ? 0 : 1 } }
			);
		} catch (storeErr) {
			// its lease runs out, and then somebody takes it on
			this.logger.warn(`Bulk ${id} waits for the store:`, (storeErr as Error).message);
		}
	}
}
