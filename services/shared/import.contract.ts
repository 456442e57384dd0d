import { z } from "zod";
import { live, type ActionTable } from "./define";
import { Id, listOf, paging, Time } from "./fields";

export const ImportStatus = z.enum(["running", "done", "failed"]);
/** What is wrong with a row. `line` counts the file's lines from 1; 0 where it is the file as a whole. */
export const RowError = z.strictObject({
	line: z.int(),
	column: z.string().optional(),
	code: z.string(),
	message: z.string()
});
const common = {
	id: Id,
	status: ImportStatus,
	dryRun: z.boolean(),
	/** In the file; 0 until they are counted. */
	rows: z.int(),
	done: z.int(),
	/** SKUs that were added, or would be. */
	created: z.int(),
	/** Rows that changed something, or would. */
	updated: z.int(),
	/** How many errors there are; at most the first thousand are kept. */
	errorCount: z.int(),
	createdAt: Time
};
export const Import = z
	.strictObject({ ...common, errors: z.array(RowError) })
	.meta({ id: "Import" });
const Summary = z.strictObject(common).meta({ id: "ImportSummary" });
/** A piece of a long text, and where the next one begins. */
export const Piece = z.strictObject({ text: z.string(), next: z.string().nullable() });

/** Bytes of a file. */
export const LARGEST_IMPORT = 50_000_000;
/** Bytes of a part of one on its way to us. */
export const LARGEST_PART = 512 * 1024;
const byId = z.strictObject({ id: Id });

export const importActions = {
	"import.keep": {
		about: "Keeps a part of a file that is being uploaded",
		access: "seller",
		params: z.strictObject({
			upload: Id,
			part: z.int().min(0).max(1000),
			/** In base64. */
			data: z.string().max(Math.ceil((LARGEST_PART * 4) / 3) + 4)
		}),
		result: z.null(),
		refuses: ["TOO_MANY_REQUESTS", "NOT_FOUND"]
	},
	"import.drop": {
		about: "Forgets an upload that was never started: its place is free at once",
		access: "seller",
		params: z.strictObject({ upload: Id }),
		result: z.null()
	},
	"import.start": {
		about:
			"Adds and changes your products by a CSV file, SKU by SKU, and goes on by itself; with `dryRun` (in the query or the form) it only says what it would do",
		access: "seller",
		route: "POST /seller/products/import",
		status: 202,
		upload: LARGEST_IMPORT,
		keeps: "import.keep",
		drops: "import.drop",
		params: z.strictObject({
			file: z.string().regex(/^[a-z0-9]{8,40}:\d{1,4}:\d{1,9}$/),
			dryRun: z.boolean().default(false),
			/** `{"price":"Preis"}`: which heading stands for which column, as JSON; without it they are guessed. */
			mapping: z.string().max(4000).optional()
		}),
		result: z.strictObject({ importId: Id }),
		refuses: ["TOO_MANY_REQUESTS", "NOT_FOUND"]
	},
	"import.get": {
		about: "How far an import of yours is, and what was wrong",
		access: "seller",
		route: "GET /seller/imports/:id",
		params: byId,
		result: Import,
		refuses: ["NOT_FOUND"]
	},
	"import.list": {
		about: "Your imports of late, newest first",
		access: "seller",
		route: "GET /seller/imports",
		params: z.strictObject({ ...paging }),
		result: listOf(Summary)
	},
	"import.export": {
		about: "All your products as the CSV file that the import reads",
		access: "seller",
		route: "GET /seller/products/export",
		produces: "text/csv; charset=utf-8",
		saveAs: "products.csv",
		params: z.strictObject({
			/** Of the piece before. */
			after: z.string().max(60).optional()
		}),
		result: Piece
	}
} satisfies ActionTable;

export const importEvents = {
	"import.progressed": live(
		z.strictObject({
			sellerId: Id,
			importId: Id,
			done: z.int(),
			rows: z.int(),
			errors: z.int(),
			status: ImportStatus
		}),
		({ sellerId, ...data }) => [
			{
				rooms: [`seller:${sellerId}`],
				event: "import.progressed",
				data
			}
		]
	)
};

export type Import = z.infer<typeof Import>;
export type ImportSummary = z.infer<typeof Summary>;
export type RowError = z.infer<typeof RowError>;
