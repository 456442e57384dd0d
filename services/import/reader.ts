import { Worker } from "node:worker_threads";
import { ROW_BATCH } from "../shared/catalog.contract";
import { COLUMNS } from "../shared/csv";
import type { RowError } from "../shared/import.contract";
import { THREAD } from "./thread";

/** A row as it stands in the file; `null` for a column that the file doesn't have. */
export interface RawRow {
	line: number;
	/** In the order of COLUMNS. */
	cells: (string | null)[];
	/** The line that has the same SKU. */
	sameAs?: number;
	/** There are more rows of its product than a product has variants. */
	tooMany?: boolean;
	/** It has more cells than there are headings. */
	tooWide?: boolean;
	/** It is so long that its cells weren't kept. */
	tooLong?: boolean;
}
/** What the reader needs of its caller; each is waited for. */
export interface Source {
	/** How many parts the file has. */
	parts: number;
	/** Rows that are done already. */
	skip: number;
	part(n: number): Promise<Buffer>;
	/** Which place each of COLUMNS has among the headings, or -1. */
	headings(headings: string[]): number[] | Promise<number[]>;
	counted(rows: number): Promise<void>;
	batch(from: number, rows: RawRow[]): Promise<void>;
}

/** The file as a whole can't be used. */
export class FileProblem extends Error {
	constructor(readonly problem: RowError) {
		super(problem.message);
	}
}

type Message =
	| { kind: "part"; id: number; n: number }
	| { kind: "headings"; id: number; headings: string[] }
	| { kind: "counted"; id: number; rows: number }
	| { kind: "batch"; id: number; from: number; rows: RawRow[] }
	| { kind: "problem"; problem: RowError }
	| { kind: "broken"; message: string }
	| { kind: "end" };

/** A batch ends with so many rows or characters, and may have one product's more: it fits into any message. */
const LIMITS = {
	mostRows: 250_000,
	mostInGroup: 100,
	batchSize: ROW_BATCH,
	batchLength: 500_000,
	longestRecord: 100_000,
	/** What is longer than this isn't a row any more: a quotation mark is missing, and nothing after it can be told. */
	longestMistake: 10_000_000
};
/** Megabytes that the thread may take, for the rows of a product that stand far apart. */
const MEMORY = 256;

/**
 * Reads a file in a thread of its own: twice, first to count its rows and find what makes it unreadable, then to give
 * them in batches. The rows of one product come together, wherever they stand. The same file gives the same batches.
 */
export async function readRows(source: Source, signal: AbortSignal): Promise<void> {
	signal.throwIfAborted();
	const { parts, skip } = source;
	const parser = require.resolve("csv-parse");
	const worker = new Worker(THREAD, {
		eval: true,
		workerData: { parser, parts, skip, columns: COLUMNS, ...LIMITS },
		resourceLimits: { maxOldGenerationSizeMb: MEMORY }
	});
	try {
		await new Promise<void>((resolve, reject) => {
			signal.addEventListener("abort", () => reject(signal.reason as Error));
			worker.on("error", reject);
			worker.on("exit", code => reject(new Error(`The reading thread ended with ${code}`)));
			worker.on("message", (message: Message) => {
				if (message.kind === "end") return resolve();
				if (message.kind === "broken") return reject(new Error(message.message));
				if (message.kind === "problem") return reject(new FileProblem(message.problem));
				answerOf(source, message).then(
					answer => worker.postMessage({ id: message.id, answer }),
					reject
				);
			});
		});
	} finally {
		await worker.terminate();
	}
}

async function answerOf(source: Source, message: Extract<Message, { id: number }>) {
	switch (message.kind) {
		case "part":
			return source.part(message.n);
		case "headings":
			return source.headings(message.headings);
		case "counted":
			return source.counted(message.rows);
		case "batch":
			return source.batch(message.from, message.rows);
	}
}
