import * as fc from "fast-check";
import { restHolds, Violation } from "./saga-invariants";
import { People } from "./saga-people";
import { adjustments, purchases, sales, type Adjustment, type Purchase } from "./saga-plans";
import type { Faults } from "./saga-wire";
import { World, type Bug, type Setup } from "./saga-world";

/** What happens in a shop, and what goes wrong meanwhile: the seed decides when exactly. */
export interface History extends Setup {
	purchases: Purchase[];
	adjustments: Adjustment[];
}

const ITEMS = 3;
const often = (...perMille: number[]) => fc.constantFrom(0, ...perMille);
const faults: fc.Arbitrary<Faults> = fc.record({
	crash: often(3, 10, 30),
	pause: often(3, 10),
	lose: often(20, 100),
	late: often(10, 50),
	twice: often(50, 200),
	skew: often(500, 3000)
});
export const histories = (changes: Partial<History> = {}): fc.Arbitrary<History> =>
	fc
		.record({
			topology: fc.constantFrom("many" as const, "one" as const),
			stocks: fc.array(fc.nat(4), { minLength: ITEMS, maxLength: ITEMS }),
			hot: fc.nat(3).map(n => n === 3),
			purchases: fc.array(purchases(ITEMS), { minLength: 1, maxLength: 6 }),
			adjustments: fc.array(adjustments(ITEMS), { maxLength: 3 }),
			faults,
			seed: fc.integer()
		})
		.map(history => ({ ...history, ...changes }));

/** Histories of what comes after a sale. */
export const aftermaths = (changes: Partial<History> = {}): fc.Arbitrary<History> =>
	fc
		.record({
			history: histories(changes),
			stocks: fc.array(fc.integer({ min: 2, max: 6 }), { minLength: ITEMS, maxLength: ITEMS }),
			purchases: fc.array(sales(ITEMS), { minLength: 1, maxLength: 4 })
		})
		.map(({ history, ...sold }) => ({ ...history, ...sold }));

/** Lets a history happen; throws when anything was, or is in the end, as it must not be. */
export async function happens(history: History, bug?: Bug): Promise<World> {
	const world = new World({ ...history, bug });
	const people = new People(world);
	const plans = [
		...history.purchases.map(people.purchase),
		...history.adjustments.map(people.adjustment),
		...(history.loses ? [() => loseHolds(world)] : [])
	];
	await world.run(plans, async () => {
		restHolds(world);
		people.wereToldTheTruth();
		await people.askAgain();
		if (history.loses) return; // the ledger knows better than the document
		const admin = { id: "uadmin000", role: "admin" as const, sid: "s-admin" };
		const { ok, findings } = await world.ask("ops.verify", { settled: true }, admin);
		if (!ok) throw new Violation("ops.verify", JSON.stringify(findings));
	});
	return world;
}

/** Now and then a hold is gone, and the units are back. */
async function loseHolds({ stores, timeline, people }: World) {
	const table = stores.tableOf(people, "stock");
	for (let n = 0; n < 20; n++) {
		await timeline.sleep(people, timeline.below(2000));
		for (const { id: sku, held } of stores.documents.stock.values())
			for (const [order, quantity] of Object.entries(held).slice(0, 1))
				await table.change(
					{ id: sku, [`held.${order}`]: quantity },
					{
						$inc: { available: quantity, heldQty: -quantity },
						$unset: { [`held.${order}`]: true }
					}
				);
	}
}

/** Everything goes wrong, often. */
const ROUGH: Faults = { crash: 10, pause: 10, lose: 50, late: 50, twice: 200, skew: 0 };
/** Tries a mistake on histories until one goes wrong. */
export const hunt = (bug: Bug) =>
	fc.check(
		fc.asyncProperty(
			bug.later
				? fc.oneof(aftermaths(), aftermaths({ faults: ROUGH, hot: false }))
				: fc.oneof(histories(), histories({ faults: ROUGH, hot: false })),
			async history => void (await happens(history, bug))
		),
		{ seed: Number(process.env.SAGA_SEED ?? 3), numRuns: 2000, endOnFailure: true }
	);
