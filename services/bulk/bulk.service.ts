import { db, type Collection } from "../../mixins/db.mixin";
import { health } from "../../mixins/health.mixin";
import { fail, failField } from "../errors";
import { idOf, newId } from "../id";
import { MOST_FOUND } from "../shared/batch.contract";
import {
	MOST_ERRORS,
	type BulkAnswer,
	type BulkChange,
	type BulkError
} from "../shared/bulk.contract";
import type { Params } from "../shared/contract";
import type { Ctx, Schema } from "../typed";
import {
	batchesFor,
	lineOf,
	type BatchDocument,
	type JobDocument,
	type SelectionDocument
} from "./documents";
import { preview } from "./planner";
import { LEASE, Runner } from "./runner";

interface Methods {
	bulks: Collection<JobDocument>;
	bulkBatches: Collection<BatchDocument>;
	bulkSelections: Collection<SelectionDocument>;
	runner: Runner;
	/** A bulk of this seller; somebody else's isn't there. */
	own(id: string, sellerId: string): Promise<JobDocument>;
	/** The products that are meant, each once. */
	idsOf(
		ctx: Pick<Ctx<Params<"bulk.change">>, "call" | "params">,
		sellerId: string
	): Promise<string[]>;
	/** Writes a bulk down as a whole; null where another one of its seller is still running. */
	open(job: JobDocument, ids: string[]): Promise<JobDocument | null>;
	/** How a bulk has ended, or how far it is after so many seconds. */
	answer(ctx: Ctx<unknown>, id: string, seconds: number): Promise<BulkAnswer>;
	errors(job: JobDocument): Promise<BulkError[]>;
}

/** Errors that are listed as long as it runs, for it is asked after again and again. */
const MOST_YET = 100;
/** Batches with errors that are read at a time. */
const PAGE = 20;
/** Milliseconds that it may take to write a bulk down; what takes longer is given up. */
const PREPARING = 30_000;
/** Milliseconds that a preview may look at products. */
const PREVIEW = 6500;

const newJob = (
	id: string,
	sellerId: string,
	digest: string,
	change: string,
	matched: number
): JobDocument => ({
	id,
	sellerId,
	runningOf: sellerId,
	change,
	digest,
	status: "running",
	matched,
	done: 0,
	changed: 0,
	failed: 0,
	batches: 0,
	next: 0,
	createdAt: new Date().toISOString(),
	dueAt: Date.now() + PREPARING,
	tries: 0
});

const BulkService: Schema<"bulk", Methods> = {
	name: "bulk",
	mixins: [
		db({
			bulks: {
				lists: { keys: "listOf", sort: "-createdAt" },
				indexes: [
					{ fields: ["runningOf"], unique: true, sparse: true },
					{ fields: ["dueAt"], sparse: true }
				]
			},
			bulkBatches: { indexes: [{ fields: ["jobId"] }] },
			bulkSelections: {}
		}),
		health
	],

	actions: {
		async change(ctx) {
			const { change, dryRun, operationId, wait, ids: named, filter } = ctx.params;
			const { id: sellerId } = ctx.meta.user;
			const id = operationId ? idOf("b", sellerId, operationId) : newId();
			const digest = idOf("d", JSON.stringify([named ?? null, filter ?? null, change]));
			const known = operationId && !dryRun ? await this.bulks.get(id) : null;
			if (known && known.digest !== digest) fail("IDEMPOTENCY_KEY_REUSED");
			if (known) return this.answer(ctx, id, wait);
			const began = Date.now();
			const ids = await this.idsOf(ctx, sellerId);
			const said: BulkChange = change;
			if (dryRun) return preview(this.broker, sellerId, ids, said, began + PREVIEW);
			const job = newJob(id, sellerId, digest, JSON.stringify(said), ids.length);
			await this.runner.begin((await this.open(job, ids)) ?? fail("INVALID_STATE"));
			return this.answer(ctx, id, wait - (Date.now() - began) / 1000);
		},

		async undo(ctx) {
			const { undoId, wait } = ctx.params;
			const { id: sellerId } = ctx.meta.user;
			const bulk = await this.own(undoId, sellerId);
			if (bulk.undoes || bulk.status === "running") fail("INVALID_STATE");
			const id = idOf("b", undoId, "undo");
			if (await this.bulks.get(id)) return this.answer(ctx, id, wait);
			const { batches, change, changed } = bulk;
			const job: JobDocument = {
				...newJob(id, sellerId, id, change, changed),
				listOf: sellerId,
				undoes: undoId,
				batches
			};
			if (!(await this.bulks.create(job))) fail("INVALID_STATE");
			await this.bulks.change({ id: undoId }, { $set: { undoneBy: id } });
			await this.runner.begin(job);
			return this.answer(ctx, id, wait);
		},

		async get(ctx) {
			const job = await this.own(ctx.params.id, ctx.meta.user.id);
			return { ...lineOf(job), errors: await this.errors(job) };
		},

		list(ctx) {
			return this.bulks.list(ctx.meta.user.id, ctx.params, lineOf);
		}
	},

	methods: {
		async own(id, sellerId) {
			const job = await this.bulks.get(id);
			return job?.sellerId === sellerId ? job : fail("NOT_FOUND");
		},

		async idsOf(ctx, sellerId) {
			const { ids, filter = {} } = ctx.params;
			if (ids) return [...new Set(ids)];
			const most = MOST_FOUND + 1;
			const found = await ctx.call("catalog.pick", { sellerId, filter, most });
			return found.length < most
				? found
				: failField("filter", `Finds more than ${MOST_FOUND} products`, "TOO_BIG");
		},

		async open(job, ids) {
			const { id, sellerId } = job;
			if (!(await this.bulks.create(job))) return null;
			await this.bulkSelections.create({ id, ids });
			const opened = await this.bulks.change(
				{ id, status: "running" },
				{
					$set: { batches: batchesFor(ids.length), listOf: sellerId, dueAt: Date.now() + LEASE }
				}
			);
			// slower than its lease, it has been given up meanwhile
			return opened ?? fail("SERVICE_UNAVAILABLE");
		},

		async answer(ctx, id, seconds) {
			const now = (await this.runner.wait(id, 1000 * seconds)) ?? fail("NOT_FOUND");
			if (now.status === "running") ctx.meta.$status = 202;
			const { id: bulkId, status, dryRun, matched, done, changed, failed, undoId } = lineOf(now);
			const numbers = { status, dryRun, matched, done, changed, failed };
			const errors = await this.errors(now);
			return { bulkId, ...numbers, errors, ...(undoId && { undoId }) };
		},

		async errors({ id, failed, status }) {
			const most = status === "running" ? MOST_YET : MOST_ERRORS;
			const errors: BulkError[] = [];
			for (let offset = 0; failed > 0 && errors.length < most; offset += PAGE) {
				const flawed = await this.bulkBatches.find(
					{ jobId: id, flawed: true },
					{ sort: ["id"], limit: PAGE, offset }
				);
				for (const { flaws } of flawed) errors.push(...flaws.slice(0, most - errors.length));
				if (flawed.length < PAGE) break;
			}
			return errors;
		}
	},

	created() {
		const { bulks: jobs, bulkBatches: batches, bulkSelections: selections } = this;
		this.runner = new Runner({ jobs, batches, selections }, this.broker, this.logger);
	},
	started() {
		this.runner.start();
	},
	stopped() {
		return this.runner.stop();
	}
};
export default BulkService;
