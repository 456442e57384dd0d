import type { Blobs } from "../../mixins/blobs";
import type { Collection } from "../../mixins/db.mixin";
import { codeOf } from "../errors";
import { newId } from "../id";
import type { RowError } from "../shared/import.contract";
import type { Broker } from "../typed";
import {
	LEASE,
	MOST_ERRORS,
	placesOf,
	type ErrorsDocument,
	type ImportDocument
} from "./documents";
import { FileProblem, readRows, type RawRow } from "./reader";
import { rowOf } from "./rows";

const TICK = 500;
/** Imports that one replica works on at a time; others wait, or are another replica's. */
const AT_ONCE = 2;
/** An import that breaks off so often in a row is given up. */
const MOST_TRIES = 30;

interface Host {
	imports: Collection<ImportDocument>;
	problems: Collection<ErrorsDocument>;
	blobs: Blobs;
	broker: Broker;
	logger: { warn(...args: unknown[]): void };
}
/** Somebody else works on it now. */
class Lost extends Error {}

/** Works on imports, one replica on each: whoever dies is followed by another, from the last batch that was done. */
export class Runner {
	private timer: NodeJS.Timeout | undefined;
	private readonly running = new Map<string, Promise<void>>();
	private readonly stopping = new AbortController();
	private ticking: Promise<void> | null = null;

	constructor(private readonly host: Host) {}

	start() {
		this.timer = setInterval(() => this.look(), TICK);
	}
	async stop() {
		clearInterval(this.timer);
		this.stopping.abort(new Lost("Stopping"));
		await this.ticking;
		await Promise.all(this.running.values());
	}
	/** Looks for work, also before it is time. */
	look() {
		if (this.ticking || this.stopping.signal.aborted) return;
		this.ticking = this.tick()
			.catch(err => this.host.logger.warn("Imports can't be looked after, next time:", err))
			.finally(() => (this.ticking = null));
	}

	private async tick() {
		const { imports } = this.host;
		const due = await imports.find(
			{ dueAt: { $lte: Date.now() } },
			{ sort: ["dueAt"], limit: 2 * AT_ONCE }
		);
		for (const { id, dueAt, status } of due) {
			if (this.running.size >= AT_ONCE) return;
			const owner = newId();
			const mine = await imports.change(
				{ id, dueAt: dueAt! },
				{ $set: { owner, dueAt: Date.now() + LEASE } }
			);
			if (!mine) continue;
			// an upload that never ended is nothing
			if (status === "uploading") await this.forget(mine);
			else if (status === "running") this.take(mine);
			else await this.clear(mine);
		}
	}

	private take(mine: ImportDocument) {
		const work = this.work(mine)
			.catch(err => this.host.logger.warn(`Import ${mine.id} goes on later:`, err))
			.finally(() => this.running.delete(mine.id));
		this.running.set(mine.id, work);
	}

	private async work(mine: ImportDocument): Promise<void> {
		const { imports } = this.host;
		const { id, owner = "" } = mine;
		const lost = new AbortController();
		const signal = AbortSignal.any([this.stopping.signal, lost.signal]);
		const beat = setInterval(() => {
			imports.change({ id, owner }, { $set: { dueAt: Date.now() + LEASE } }).then(
				kept => kept ?? lost.abort(new Lost("Another replica works on it")),
				err => this.host.logger.warn(`The lease of import ${id} couldn't be renewed:`, err)
			);
		}, LEASE / 4);
		try {
			await this.read(mine, signal);
			await this.end(mine, "done");
		} catch (err) {
			if (err instanceof FileProblem) await this.end(mine, "failed", err.problem);
			else await this.postpone(mine, err);
		} finally {
			clearInterval(beat);
		}
	}

	private read(mine: ImportDocument, signal: AbortSignal): Promise<void> {
		const { id, owner = "", parts, mapping } = mine;
		const { imports, blobs } = this.host;
		return readRows(
			{
				parts,
				skip: mine.done,
				async part(n) {
					const bytes = await blobs.get(`${id}.${n}`);
					if (bytes) return bytes;
					throw new FileProblem({ line: 0, code: "FILE_LOST", message: "The file is gone" });
				},
				headings: headings => placesOf(headings, mapping),
				counted: async rows => {
					if (mine.rows === rows) return;
					const counted = await imports.change({ id, owner }, { $set: { rows } });
					if (!counted) throw new Lost("Another replica works on it");
					await this.tell(counted);
				},
				batch: (from, rows) => this.batch(mine, from, rows, signal)
			},
			signal
		);
	}

	/** Does a batch and notes how far that is. Should it be done twice, it is counted once. */
	private async batch(mine: ImportDocument, from: number, raw: RawRow[], signal: AbortSignal) {
		signal.throwIfAborted();
		const { imports, broker } = this.host;
		const { id, owner = "", sellerId, dryRun } = mine;
		const read = raw.map(rowOf);
		const errors = read.flatMap(result => ("errors" in result ? result.errors : []));
		const rows = read.flatMap(result => ("row" in result ? [result.row] : []));
		const user = { id: sellerId, role: "seller" as const, sid: id };
		const ask = (dry: boolean) =>
			rows.length
				? broker.call(
						"catalog.importRows",
						{ sellerId, importId: id, dryRun: dry, rows },
						{ meta: { user } }
					)
				: { created: 0, updated: 0, errors: [] };

		let { plan } = (await imports.get(id)) ?? mine;
		let outcome = plan && !dryRun ? null : await ask(true);
		if (outcome && !dryRun) {
			const { created, updated } = outcome;
			plan = { created, updated };
			const noted = await imports.change({ id, owner, done: from }, { $set: { plan } });
			if (!noted) throw new Lost("Another replica works on it");
		}
		if (!dryRun) outcome = await ask(false);
		errors.push(...outcome!.errors);
		errors.sort((a, b) => a.line - b.line);
		await this.keep(id, from, errors);
		const { created, updated } = plan ?? outcome!;
		const changed = await imports.change(
			{ id, owner, done: from },
			{
				$inc: { created, updated, errorCount: errors.length },
				$set: { done: from + raw.length, dueAt: Date.now() + LEASE, tries: 0 },
				$unset: { plan: true }
			}
		);
		if (!changed) throw new Lost("Another replica works on it");
		await this.tell(changed);
	}

	private async keep(importId: string, from: number, errors: RowError[]) {
		const { imports, problems } = this.host;
		const { errorCount = 0 } = (await imports.get(importId)) ?? {};
		const kept = errors.slice(0, Math.max(0, MOST_ERRORS - errorCount));
		if (kept.length)
			await problems.create({ id: `${importId}.${from}`, importId, from, errors: kept });
	}

	private async end(
		{ id, owner = "", done }: ImportDocument,
		status: "done" | "failed",
		problem?: RowError
	) {
		const { imports } = this.host;
		if (problem) await this.keep(id, -1, [problem]);
		// due at once, for its file isn't needed any more
		const ended = await imports.change(
			{ id, owner },
			{
				$set: { status, dueAt: Date.now() },
				$unset: { owner: true, place: true, plan: true },
				...(problem && { $inc: { errorCount: 1 } })
			}
		);
		if (ended) await this.tell(ended);
		else this.host.logger.warn(`Import ${id} was taken over at row ${done}`);
	}

	/** Gives it back: at once where we stop, later where something was away. */
	private async postpone({ id, owner = "", tries }: ImportDocument, err: unknown) {
		const { imports, logger } = this.host;
		if (err instanceof Lost) {
			const stopped = this.stopping.signal.aborted;
			if (stopped) await imports.change({ id, owner }, { $set: { dueAt: Date.now() } });
			return;
		}
		logger.warn(`Import ${id} broke off and goes on later:`, codeOf(err) ?? err);
		const now = await imports.get(id);
		if (now?.owner !== owner) return;
		if (now.tries + 1 >= MOST_TRIES)
			return this.end(now, "failed", {
				line: 0,
				code: "INTERNAL_ERROR",
				message: "It broke off again and again: import the file once more"
			});
		const wait = Math.min(30_000, 500 * 2 ** tries);
		await imports.change(
			{ id, owner },
			{ $inc: { tries: 1 }, $set: { dueAt: Date.now() + wait }, $unset: { owner: true } }
		);
	}

	private async tell({ id, sellerId, done, rows, errorCount, status }: ImportDocument) {
		if (status === "uploading") return;
		const progress = { sellerId, importId: id, done, rows, errors: errorCount, status };
		await this.host.broker.emit("import.progressed", progress);
	}

	/** An upload that isn't started. Its document goes first: who would start it meanwhile finds nothing. */
	async forget({ id, parts }: ImportDocument) {
		if (!(await this.host.imports.remove({ id, status: "uploading" }))) return;
		for (let n = 0; n < parts; n++) await this.host.blobs.remove(`${id}.${n}`);
	}
	/** The file of an import that is over. */
	private async clear({ id, parts }: ImportDocument) {
		for (let n = 0; n < parts; n++) await this.host.blobs.remove(`${id}.${n}`);
		await this.host.imports.change({ id }, { $unset: { dueAt: true, owner: true } });
	}
}
