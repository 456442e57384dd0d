import type { Collection } from "../../mixins/db.mixin";
import { MOST_SKUS } from "../shared/batch.contract";
import type { BulkChange } from "../shared/bulk.contract";
import type { ErrorCode } from "../shared/errors";
import type { Broker } from "../typed";
import type { BatchDocument, JobDocument } from "./documents";
import { isEdit, isStill, stockOf, undoOf, type Flaw, type Row, type Shift } from "./plan";
import { planFor } from "./planner";

/** Somebody else works on it as well, and was faster: there is nothing to be done here any more. */
export class Lost extends Error {}

/** So often a product that its seller changes at this very moment is planned anew. */
const TRIES = 3;
const REASON = "correction: bulk";

/** Takes one batch of a bulk from its plan to its end. Each step may be repeated, also by somebody else meanwhile. */
export class BatchRun {
	constructor(
		private readonly batches: Collection<BatchDocument>,
		private readonly broker: Broker,
		private readonly job: JobDocument
	) {}

	async run(batch: BatchDocument): Promise<BatchDocument> {
		const planned = batch.state === "new" ? await this.plan(batch) : batch;
		return planned.state === "planned" ? this.apply(planned) : planned;
	}

	/** Writes a batch as far as it is now, unless somebody else has. */
	private async keep(batch: BatchDocument, next: Partial<BatchDocument>): Promise<BatchDocument> {
		const { id, turn } = batch;
		const flawed = (next.flaws ?? batch.flaws).length > 0;
		const kept = await this.batches.change(
			{ id, turn },
			{ $set: { ...next, flawed }, $inc: { turn: 1 } }
		);
		if (!kept) throw new Lost();
		return kept;
	}

	private async plan(batch: BatchDocument): Promise<BatchDocument> {
		const { undoes, sellerId } = this.job;
		if (undoes) {
			const done = await this.batches.get(batch.id.replace(this.job.id, undoes));
			const rows = (done?.rows ?? []).flatMap(row => undoOf(row) ?? []);
			return this.keep(batch, { state: "planned", ids: rows.map(({ id }) => id), rows });
		}
		const { rows, flaws } = await planFor(this.broker, sellerId, batch.ids, this.change);
		return this.keep(batch, { state: "planned", rows, flaws });
	}

	private async apply(batch: BatchDocument): Promise<BatchDocument> {
		let current = batch;
		for (let n = 1; ; n++) {
			const { rows, conflicts, flaws } = await this.edit(current.rows);
			if (!conflicts.length || n === TRIES) {
				const late = conflicts.map(({ id }): Flaw => ({ id, code: "VERSION_CONFLICT" }));
				return this.finish(current, rows, [...current.flaws, ...flaws, ...late]);
			}
			const again = await this.replan(conflicts);
			const fresh = new Map(again.rows.map(row => [row.id, row]));
			current = await this.keep(current, {
				rows: rows.flatMap(row => (conflicts.includes(row) ? (fresh.get(row.id) ?? []) : row)),
				flaws: [...current.flaws, ...flaws, ...again.flaws]
			});
		}
	}

	/** The rows of products that have changed since they were planned, for these as they are now. */
	private async replan(conflicts: Row[]): Promise<{ rows: Row[]; flaws: Flaw[] }> {
		const { sellerId, undoes } = this.job;
		const ids = conflicts.map(({ id }) => id);
		if (!undoes) return planFor(this.broker, sellerId, ids, this.change);
		const found = await this.broker.call("catalog.facts", { sellerId, ids });
		const known = new Map(found.map(facts => [facts.id, facts]));
		const flaws: Flaw[] = [];
		const rows = conflicts.map(row => {
			const facts = known.get(row.id);
			if (facts && isStill(facts, row.before)) return { ...row, version: facts.version };
			flaws.push({ id: row.id, code: facts ? "VERSION_CONFLICT" : "NOT_FOUND" });
			return stockOf(row);
		});
		return { rows, flaws };
	}

	/** Changes the products themselves: the rows with their new versions, and those that couldn't be changed. */
	private async edit(rows: Row[]) {
		const { id: operationId, sellerId } = this.job;
		const open = rows.filter(row => isEdit(row) && row.now === undefined);
		const results = open.length
			? await this.broker.call("catalog.editMany", {
					sellerId,
					operationId,
					edits: open.map(({ id, version, after }) => ({ id, version, edit: after }))
				})
			: [];
		const result = new Map<Row, number | ErrorCode>(open.map((row, i) => [row, results[i]!]));
		const flaws: Flaw[] = [];
		const conflicts: Row[] = [];
		const kept = rows.flatMap(row => {
			const now = result.get(row);
			if (now === undefined) return row;
			if (typeof now === "number") return { ...row, now };
			if (now === "VERSION_CONFLICT") {
				conflicts.push(row);
				return row;
			}
			flaws.push({ id: row.id, code: now });
			return this.job.undoes ? stockOf(row) : [];
		});
		return { rows: kept, conflicts, flaws };
	}

	/** Moves the stock of the rows whose product is as it should be, and keeps what came of it all. */
	private async finish(batch: BatchDocument, rows: Row[], flaws: Flaw[]): Promise<BatchDocument> {
		const mayMove = (row: Row) => this.job.undoes || !isEdit(row) || row.now !== undefined;
		const shifts = rows.filter(mayMove).flatMap(row => row.stock.map(shift => ({ row, shift })));
		const moved = new Map<Row, { sku: string; delta: number }[]>();
		const short: Flaw[] = [];
		for (let i = 0; i < shifts.length; i += MOST_SKUS) {
			const some = shifts.slice(i, i + MOST_SKUS);
			const outcomes = await this.move(some.map(({ shift }) => shift));
			some.forEach(({ row, shift: { sku } }, n) => {
				const outcome = outcomes[n]!;
				if (typeof outcome === "string") short.push({ id: row.id, code: outcome, sku });
				else if (outcome.delta !== 0)
					moved.set(row, [...(moved.get(row) ?? []), { sku, delta: outcome.delta }]);
			});
		}
		return this.keep(batch, {
			state: "done",
			rows: rows.map(row => {
				const some = moved.get(row);
				return some ? { ...row, moved: some } : row;
			}),
			flaws: [...flaws, ...short]
		});
	}
	private move(items: Shift[]) {
		const { id: operationId, sellerId } = this.job;
		return this.broker.call("inventory.adjustMany", {
			sellerId,
			operationId,
			reason: REASON,
			items
		});
	}

	private get change(): BulkChange {
		return JSON.parse(this.job.change) as BulkChange;
	}
}
