import { setImmediate as turn } from "node:timers/promises";
import { BATCH } from "../shared/batch.contract";
import { MOST_ERRORS, MOST_SHOWN, type BulkAnswer, type BulkChange } from "../shared/bulk.contract";
import type { Broker } from "../typed";
import { isChange, isFlaw, planOf, type Flaw, type Row } from "./plan";

export interface Plan {
	rows: Row[];
	flaws: Flaw[];
	/** What is on the shelf of their SKUs, where the change is about that. */
	available: ReadonlyMap<string, number>;
}

/** What a change comes to for some products of a seller; what isn't theirs isn't there. */
export async function planFor(
	broker: Broker,
	sellerId: string,
	ids: string[],
	change: BulkChange
): Promise<Plan> {
	const found = await broker.call("catalog.facts", { sellerId, ids });
	const known = new Map(found.map(facts => [facts.id, facts]));
	const stocks =
		change.stock && found.length
			? await broker.call("inventory.stock", { productIds: found.map(({ id }) => id) })
			: [];
	const available = new Map(stocks.map(stock => [stock.sku, stock.available]));
	const plan: Plan = { rows: [], flaws: [], available };
	for (const id of ids) {
		const facts = known.get(id);
		const outcome: Row | Flaw = facts
			? planOf(facts, change, available)
			: { id, code: "NOT_FOUND" };
		if (isFlaw(outcome)) plan.flaws.push(outcome);
		else if (isChange(outcome)) plan.rows.push(outcome);
	}
	return plan;
}

type Shown = NonNullable<BulkAnswer["preview"]>[number];
function shownOf(row: Row, available: Plan["available"]): Shown {
	const { id, title, before, after, stock } = row;
	if (!stock.length) return { id, title, before, after };
	const was = stock.map(({ sku }) => ({ sku, available: available.get(sku) ?? 0 }));
	const will = stock.map(({ sku, set, delta = 0 }) => ({
		sku,
		available: set ?? (available.get(sku) ?? 0) + delta
	}));
	return { id, title, before: { ...before, stock: was }, after: { ...after, stock: will } };
}

/** A dry run: looks at all, changes nothing, keeps nothing; past `until` it says how far it came. */
export async function preview(
	broker: Broker,
	sellerId: string,
	ids: string[],
	change: BulkChange,
	until: number
): Promise<BulkAnswer> {
	const answer: BulkAnswer & { preview: Shown[] } = {
		status: "done",
		dryRun: true,
		matched: ids.length,
		done: 0,
		changed: 0,
		failed: 0,
		errors: [],
		preview: []
	};
	while (answer.done < ids.length && Date.now() < until) {
		const some = ids.slice(answer.done, answer.done + BATCH);
		const { rows, flaws, available } = await planFor(broker, sellerId, some, change);
		answer.done += some.length;
		answer.changed += rows.length;
		answer.failed += flaws.length;
		answer.errors.push(...flaws.slice(0, MOST_ERRORS - answer.errors.length));
		for (const row of rows.slice(0, MOST_SHOWN - answer.preview.length))
			answer.preview.push(shownOf(row, available));
		await turn();
	}
	return answer;
}
