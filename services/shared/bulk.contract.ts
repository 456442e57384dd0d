import { z } from "zod";
import { Code, OwnFilter, ProductEdit } from "./batch.contract";
import { Category, ProductStatus } from "./catalog.contract";
import { live, type ActionTable } from "./define";
import { Cents, Id, line, listOf, paging, Sku, Time, Version } from "./fields";

/** Products that one bulk may name; a filter may find more. */
export const MOST_NAMED = 10_000;
/** Errors that an answer lists; `failed` counts them all. */
export const MOST_ERRORS = 10_000;
/** Products that a preview shows. */
export const MOST_SHOWN = 20;

export const Rounding = z.enum(["none", "cent99", "whole"]);

const one = (value: object, ...keys: string[]) =>
	keys.filter(key => (value as Record<string, unknown>)[key] !== undefined).length === 1;
const PriceChange = z
	.strictObject({
		set: Cents.optional(),
		/** -12.5 takes an eighth off. */
		percent: z.number().min(-99).max(1000).multipleOf(0.01).optional(),
		rounding: Rounding.optional()
	})
	.refine(price => one(price, "set", "percent"), "Either set or percent");
const StockChange = z
	.strictObject({
		delta: z
			.int()
			.min(-1_000_000)
			.max(1_000_000)
			.refine(delta => delta !== 0, "Not zero")
			.optional(),
		set: z.int().min(0).max(1_000_000).optional()
	})
	.refine(stock => one(stock, "delta", "set"), "Either delta or set");
const tags = z.array(line(40)).max(20).default([]);
const TagChange = z
	.strictObject({ add: tags, remove: tags })
	.refine(({ add, remove }) => add.length + remove.length > 0, "Name a tag");
/** What is to be different; price and stock are those of each of a product's variants. */
export const BulkChange = z
	.strictObject({
		status: ProductStatus.optional(),
		price: PriceChange.optional(),
		stock: StockChange.optional(),
		category: Category.optional(),
		tags: TagChange.optional()
	})
	.refine(change => Object.values(change).some(part => part !== undefined), "Change something");

const Side = ProductEdit.extend({
	stock: z.array(z.strictObject({ sku: Sku, available: z.int() })).optional()
});
export const BulkStatus = z.enum(["running", "done", "failed"]);
const BulkError = z.strictObject({
	id: Id,
	code: Code,
	/** The one of its SKUs that it is about. */
	sku: Sku.optional()
});
const state = {
	status: BulkStatus,
	dryRun: z.boolean(),
	/** Products that it is about, how many it is done with, and how many of those are different now. */
	matched: z.int(),
	done: z.int(),
	changed: z.int(),
	failed: z.int(),
	/** As long as it runs, the first hundred; then all of them, up to a bound. */
	errors: z.array(BulkError),
	/** As long as it may be undone. */
	undoId: Id.optional()
};
export const BulkAnswer = z
	.strictObject({
		bulkId: Id.optional(),
		...state,
		/** Of a dry run: some of the products that would be changed, only what would. */
		preview: z
			.array(z.strictObject({ id: Id, title: z.string(), before: Side, after: Side }))
			.optional()
	})
	.meta({ id: "BulkAnswer" });
const job = {
	id: Id,
	/** The bulk that this one undoes. */
	undoes: Id.optional(),
	change: BulkChange,
	createdAt: Time,
	finishedAt: Time.optional()
};
export const Bulk = z.strictObject({ ...job, ...state }).meta({ id: "Bulk" });
export const BulkLine = z
	.strictObject({ ...job, ...state })
	.omit({ errors: true })
	.meta({ id: "BulkLine" });

/** Seconds that the answer may wait for the end. */
const wait = z.int().min(0).max(6).default(6);

export const bulkActions = {
	"bulk.change": {
		about:
			"Changes many products of yours, all or those that can be, with an error for each that can't. " +
			"Takes longer than `wait` seconds: 202 with its `bulkId`, and it goes on",
		access: "seller",
		route: "POST /seller/products/bulk",
		undecided: 202,
		body: 512 * 1024,
		params: z
			.strictObject({
				ids: z.array(Id).min(1).max(MOST_NAMED).optional(),
				/** Instead of ids: all that this finds. */
				filter: OwnFilter.optional(),
				change: BulkChange,
				dryRun: z.boolean().default(false),
				/** The same again is the same bulk, and its answer. */
				operationId: z
					.string()
					.regex(/^[A-Za-z0-9-]{8,64}$/)
					.optional(),
				wait
			})
			.refine(given => one(given, "ids", "filter"), "Either ids or filter"),
		result: BulkAnswer,
		timeout: 7800,
		refuses: ["INVALID_STATE", "IDEMPOTENCY_KEY_REUSED", "PAYLOAD_TOO_LARGE"]
	},
	"bulk.undo": {
		about:
			"Takes back what a bulk has changed, where it is still so; what was changed since is reported and left alone",
		access: "seller",
		route: "POST /seller/products/bulk/:undoId/undo",
		undecided: 202,
		params: z.strictObject({ undoId: Id, wait }),
		result: BulkAnswer,
		timeout: 7800,
		refuses: ["NOT_FOUND", "INVALID_STATE"]
	},
	"bulk.get": {
		about: "How far a bulk of yours is, and what it couldn't change",
		access: "seller",
		route: "GET /seller/products/bulk/:id",
		params: z.strictObject({ id: Id }),
		result: Bulk,
		refuses: ["NOT_FOUND"]
	},
	"bulk.list": {
		about: "Your last bulks, newest first",
		access: "seller",
		route: "GET /seller/products/bulk",
		params: z.strictObject({ ...paging }),
		result: listOf(BulkLine)
	}
} satisfies ActionTable;

export const bulkEvents = {
	"bulk.progressed": live(
		z.strictObject({
			bulkId: Id,
			sellerId: Id,
			matched: z.int(),
			done: z.int(),
			changed: z.int(),
			errors: z.int(),
			status: BulkStatus,
			version: Version
		}),
		({ sellerId, ...data }) => [
			{ rooms: [`seller:${sellerId}`], event: "bulk.progressed", data, latest: data.bulkId }
		]
	)
};

export type BulkChange = z.infer<typeof BulkChange>;
export type BulkAnswer = z.infer<typeof BulkAnswer>;
export type Bulk = z.infer<typeof Bulk>;
export type BulkLine = z.infer<typeof BulkLine>;
export type BulkError = z.infer<typeof BulkError>;
export type BulkStatus = z.infer<typeof BulkStatus>;
export type Rounding = z.infer<typeof Rounding>;
