import type { Import, ImportSummary, RowError } from "../shared/import.contract";
import { COLUMNS, guessMapping, type Mapping } from "../shared/csv";
import { FileProblem } from "./reader";

/** Milliseconds that a replica has an import for itself after its last word. */
export const LEASE = 10_000;
/** Milliseconds after its last part until an upload is taken for broken off. */
export const UPLOAD_LIFE = 60_000;
/** Errors of one import that are kept, and imports of one seller. */
export const MOST_ERRORS = 1000;
export const MOST_KEPT = 50;
/** Uploads and imports that a seller may have under way. */
export const MOST_ACTIVE = 3;

/** Seconds between two questions whether an import that runs is over. */
const ASK_AGAIN = 10;

export interface ImportDocument extends Omit<Import, "status" | "errors"> {
	sellerId: string;
	status: Import["status"] | "uploading";
	/** Parts of the file. */
	parts: number;
	/** Given by the seller; without it the headings are read as they look. */
	mapping?: Mapping;
	/** While it is under way: the one of its seller's places that it has, unique. */
	place?: string;
	/** Once it is started: its seller's id, the key of their list. */
	listOf?: string;
	/** When somebody is to look after it, in milliseconds. */
	dueAt?: number;
	/** Who works on it. */
	owner?: string;
	/** Times that it broke off in a row. */
	tries: number;
	/** What a dry run made of the batch under way: it is what is counted, however often the batch is done. */
	plan?: { created: number; updated: number };
}
/** The errors of one batch. */
export interface ErrorsDocument {
	/** By import and batch, so that a repeated batch says them once. */
	id: string;
	importId: string;
	from: number;
	errors: RowError[];
}

export const summaryOf = (found: ImportDocument): ImportSummary => {
	const { id, status, dryRun, rows, done, created, updated, errorCount, createdAt } = found;
	return {
		id,
		status: status === "uploading" ? "running" : status,
		dryRun,
		rows,
		done,
		created,
		updated,
		errorCount,
		createdAt
	};
};

/** The places that a seller's uploads and imports share. */
export const placesFor = (sellerId: string) =>
	Array.from({ length: MOST_ACTIVE }, (_, n) => `${sellerId}.${n}`);

/** Seconds until there may be room: an import may be over soon, an upload that comes no further is once it is given up. */
export const roomIn = (active: Pick<ImportDocument, "status" | "dueAt">[], now: number): number =>
	active.length < MOST_ACTIVE
		? 1
		: Math.min(
				...active.map(({ status, dueAt = now }) =>
					status === "uploading" ? Math.max(1, Math.ceil((dueAt - now) / 1000) + 1) : ASK_AGAIN
				)
			);

/** Where each column stands among the headings, or -1. */
export function placesOf(headings: string[], given?: Mapping): number[] {
	const mapping = given ?? guessMapping(headings);
	const wrong = Object.entries(mapping).find(([, heading]) => !headings.includes(heading));
	if (wrong)
		throw new FileProblem({
			line: 1,
			column: wrong[0],
			code: "MISSING_COLUMN",
			message: `There is no heading "${wrong[1]}"`
		});
	if (mapping.sku === undefined)
		throw new FileProblem({
			line: 1,
			column: "sku",
			code: "MISSING_COLUMN",
			message: "No heading says where the SKU stands"
		});
	return COLUMNS.map(column => {
		const heading = mapping[column];
		return heading === undefined ? -1 : headings.indexOf(heading);
	});
}
