import { BATCH } from "../shared/batch.contract";
import type { BulkChange, BulkError, BulkLine, BulkStatus } from "../shared/bulk.contract";
import type { Flaw, Row } from "./plan";

/** A bulk: what is to be done, and how far it is. */
export interface JobDocument {
	id: string;
	sellerId: string;
	/** The key of the seller's list: absent until its selection is there. */
	listOf?: string;
	/** Its seller, as long as it runs: unique, so that a seller's bulks come one after the other. */
	runningOf?: string;
	/** The bulk that it undoes. */
	undoes?: string;
	/** The bulk that undoes it. */
	undoneBy?: string;
	/** JSON: shares of a percent are no integers. */
	change: string;
	/** Of the whole request: the same operation id is for the same request only. */
	digest: string;
	status: BulkStatus;
	matched: number;
	done: number;
	changed: number;
	failed: number;
	batches: number;
	/** The batch that is to be done next. */
	next: number;
	createdAt: string;
	finishedAt?: string;
	/** When somebody else may take it on, in milliseconds: whoever works on it puts this off. Absent once it is over and cleared. */
	dueAt?: number;
	/** Failures in a row that nobody foresaw. */
	tries: number;
}

/** The products of a bulk under its id, written at once: its batches are made of them one by one, as it comes to them. */
export interface SelectionDocument {
	id: string;
	ids: string[];
}

/**
 * Some products of a bulk. It is planned, kept, and only then done: after a crash the plan says what was meant, and
 * what was done of it is not done twice.
 */
export interface BatchDocument {
	id: string;
	jobId: string;
	/** Grows with every write: of two who work on it one goes on. */
	turn: number;
	state: "new" | "planned" | "done";
	ids: string[];
	rows: Row[];
	flaws: Flaw[];
	/** Has it flaws? */
	flawed: boolean;
}

export const batchId = (jobId: string, n: number) => `${jobId}-${String(n).padStart(5, "0")}`;
export const batchesFor = (products: number) => Math.ceil(products / BATCH);
/** The batch of this number of a selection. */
export const newBatch = (jobId: string, n: number, selection: string[]): BatchDocument => ({
	id: batchId(jobId, n),
	jobId,
	turn: 0,
	state: "new",
	ids: selection.slice(n * BATCH, (n + 1) * BATCH),
	rows: [],
	flaws: [],
	flawed: false
});

/** A bulk as its seller sees it, but for its errors. */
export function lineOf(job: JobDocument): BulkLine {
	const { id, undoes, status, matched, done, changed, failed, createdAt, finishedAt } = job;
	const undoable = status !== "running" && changed > 0 && !undoes && !job.undoneBy;
	return {
		id,
		...(undoes && { undoes }),
		change: JSON.parse(job.change) as BulkChange,
		status,
		dryRun: false,
		matched,
		done,
		changed,
		failed,
		...(undoable && { undoId: id }),
		createdAt,
		...(finishedAt && { finishedAt })
	};
}
export const progressOf = (job: JobDocument) => ({
	bulkId: job.id,
	sellerId: job.sellerId,
	matched: job.matched,
	done: job.done,
	changed: job.changed,
	errors: job.failed,
	status: job.status,
	version: job.next + (job.status === "running" ? 0 : 1)
});
export const errorsOf = ({ flaws }: BatchDocument): BulkError[] => flaws;
