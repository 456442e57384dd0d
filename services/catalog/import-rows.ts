import { setImmediate as turn } from "node:timers/promises";
import type { Collection } from "../../mixins/db.mixin";
import { atOnce } from "../at-once";
import { codeOf, fail } from "../errors";
import { idOf } from "../id";
import type { ImportRow } from "../shared/catalog.contract";
import { BATCH, MOST_SKUS } from "../shared/batch.contract";
import type { Payload, Result } from "../shared/contract";
import { ERRORS } from "../shared/errors";
import type { RowError } from "../shared/import.contract";
import type { Broker } from "../typed";
import { planOf, refusalsOf, type ImportPlan, type Shelf, type Target } from "./import-plan";
import type { LiveIndex } from "./live-index";
import { forget, open } from "./opening";
import { changeOf, touched, type StoredProduct } from "./product";
import { changeUnique } from "./uniqueness";

/** Products that are written side by side, and planned at a stretch: others' requests come between. */
const AT_ONCE = 50;
const PLANNED = 20;
const TRIES = 8;

type Announced = Payload<"products.changed">["items"][number];
interface Host {
	wire: Pick<Broker, "call" | "emit">;
	products: Collection<StoredProduct>;
	live: LiveIndex;
}
interface Job {
	sellerId: string;
	shopName: string;
	importId: string;
	dryRun: boolean;
}
export interface Outcome {
	created: number;
	updated: number;
	errors: RowError[];
}

/** A name that a seller has for a product belongs to the same product in every file. */
export const importedId = (sellerId: string, key: string) => idOf("p", sellerId, key);

/**
 * Which product each row is of: that of its SKU, else of a row of the same name, else of that name. A row whose SKU is
 * another product's than the one it names is refused; a name that is no product's only groups rows.
 */
export async function targetsOf(
	products: Collection<StoredProduct>,
	sellerId: string,
	rows: ImportRow[]
): Promise<{ targets: Target[]; errors: RowError[] }> {
	const skus = rows.map(({ sku }) => sku);
	const keys = [...new Set(rows.map(({ key }) => key))];
	const ids = keys.map(key => importedId(sellerId, key));
	const [bySku, byId, bySlug] = await Promise.all([
		products.find({ skus: { $in: skus } }, { limit: skus.length }),
		products.find({ id: { $in: ids } }, { limit: ids.length }),
		products.find({ slug: { $in: keys } }, { limit: keys.length })
	]);
	const ofSku = new Map(bySku.flatMap(product => product.skus.map(sku => [sku, product])));
	const own = [...byId, ...bySlug].filter(product => product.sellerId === sellerId);
	const named = new Map(own.map(product => [product.id, product]));
	const slugged = new Map(own.map(product => [product.slug, product]));

	const errors: RowError[] = [];
	const targets = new Map<string, Target>();
	const ofKey = new Map<string, StoredProduct>();
	/** What a row that names a product means by it: an imported name, or a slug. */
	const meantBy = ({ sku, key }: ImportRow): StoredProduct[] =>
		key === sku
			? []
			: [named.get(importedId(sellerId, key)), slugged.get(key)].flatMap(found => found ?? []);
	const contradicts = (row: ImportRow, product: StoredProduct) => {
		const meant = meantBy(row);
		return meant.length > 0 && !meant.some(({ id }) => id === product.id);
	};
	for (const row of rows) {
		const product = ofSku.get(row.sku);
		if (product?.sellerId !== sellerId || ofKey.has(row.key)) continue;
		if (!contradicts(row, product)) ofKey.set(row.key, product);
	}
	for (const row of rows) {
		const { sku, key, line } = row;
		const id = importedId(sellerId, key);
		const product = ofSku.get(sku) ?? ofKey.get(key) ?? named.get(id) ?? slugged.get(key) ?? null;
		if (product && product.sellerId !== sellerId) {
			errors.push({ line, column: "sku", code: "SKU_TAKEN", message: "This SKU is in use" });
			continue;
		}
		if (product && ofSku.has(sku) && contradicts(row, product)) {
			const message = "This SKU is another product's";
			errors.push({ line, column: "product", code: "CONFLICT", message });
			continue;
		}
		const target = targets.get(product?.id ?? id) ?? { id: product?.id ?? id, product, rows: [] };
		target.rows.push(row);
		targets.set(target.id, target);
	}
	return { targets: [...targets.values()], errors };
}

/** Works rows into a seller's products, or only says what that would come to. */
export async function importRows(host: Host, job: Job, rows: ImportRow[]): Promise<Outcome> {
	const { targets, errors } = await targetsOf(host.products, job.sellerId, rows);
	const outcome: Outcome = { created: 0, updated: 0, errors };
	const known = targets.flatMap(({ product, rows: own }) =>
		product ? own.flatMap(({ sku }) => (product.skus.includes(sku) ? sku : [])) : []
	);
	const stocks = known.length ? await host.wire.call("inventory.stock", { skus: known }) : [];
	const shelves = new Map<string, Shelf>(stocks.map(stock => [stock.sku, stock]));
	const announced: Announced[] = [];
	const done: ImportPlan[] = [];
	try {
		if (job.dryRun)
			for (const [i, target] of targets.entries()) {
				done.push(planOf(target, job, shelves));
				if (i % PLANNED === 0) await turn();
			}
		else
			done.push(
				...(await atOnce(targets, AT_ONCE, target =>
					applied(host, target, job, shelves, announced)
				))
			);
	} finally {
		for (let i = 0; i < announced.length; i += BATCH)
			await host.wire.emit("products.changed", {
				sellerId: job.sellerId,
				items: announced.slice(i, i + BATCH)
			});
	}
	for (const plan of done) {
		outcome.created += plan.created;
		outcome.updated += plan.updated;
		outcome.errors.push(...plan.errors);
	}
	if (!job.dryRun) outcome.errors.push(...(await setShelves(host, job, done)));
	outcome.errors.sort((a, b) => a.line - b.line);
	return outcome;
}

async function applied(
	host: Host,
	first: Target,
	job: Job,
	shelves: ReadonlyMap<string, Shelf>,
	announced: Announced[]
): Promise<ImportPlan> {
	const { products, live } = host;
	const wire: Host["wire"] = {
		call: host.wire.call.bind(host.wire),
		/** Of the opening of a new product: told with the others. */
		emit: async (_name, payload) => {
			announced.push({ ...(payload as Payload<"product.created">), as: "created" });
		}
	};
	let target = first;
	let refused: RowError[] = [];
	for (let n = 0; n < TRIES; n++) {
		const plan = planOf(target, job, shelves, n > 0);
		const whole = { ...plan, errors: [...refused, ...plan.errors] };
		const rows = target.rows.filter(({ line }) => plan.lines.includes(line));
		try {
			if (plan.make) {
				if (await products.create(plan.make.product)) {
					await opened({ ...host, wire }, plan.make.product);
					return whole;
				}
			} else if (plan.change) {
				const { id, version } = target.product!;
				const { set, inc } = touched();
				const { set: fields, unset } = plan.change;
				const update = { $set: { ...fields, ...set }, $unset: unset, $inc: inc };
				const changed = await changeUnique(
					products,
					id,
					{ id, version },
					update,
					plan.change.added
				);
				if (changed) {
					await live.put(changed);
					announced.push({ ...changeOf(changed), as: kindOf(target.product!, changed) });
					await open({ ...host, wire }, changed);
					return whole;
				}
			} else {
				// what a crash left halfway
				if (target.product?.unopened) await open({ ...host, wire }, target.product);
				return whole;
			}
		} catch (err) {
			const errors = refusalsOf(err, target.product, rows);
			if (!errors) throw err;
			refused = [...refused, ...plan.errors, ...errors];
			const wrong = new Set(refused.map(({ line }) => line));
			target = { ...target, rows: target.rows.filter(({ line }) => !wrong.has(line)) };
		}
		// somebody was quicker: with this product, its name or one of its SKUs
		const again = await targetsOf(products, job.sellerId, target.rows);
		refused = [...refused, ...again.errors];
		const [next, ...others] = again.targets;
		if (!next)
			return {
				...whole,
				errors: refused,
				created: 0,
				updated: 0,
				lines: [],
				stock: [],
				thresholds: []
			};
		if (others.length) fail("SERVICE_UNAVAILABLE");
		target = next;
	}
	return fail("SERVICE_UNAVAILABLE");
}

const kindOf = (before: StoredProduct, after: StoredProduct): Announced["as"] =>
	(before.status === "published" && after.status !== "published") ||
	(before.status !== "archived" && after.status === "archived")
		? "archived"
		: "updated";

/** Makes a new product's stock; what can't have any isn't there. */
async function opened(host: Host, product: StoredProduct): Promise<void> {
	try {
		await open(host, product);
	} catch (err) {
		if (codeOf(err) === "SKU_TAKEN") await forget(host, product);
		throw err;
	}
}

/** Sets what is on the shelf, once an import, and when its seller is alerted. */
async function setShelves(
	{ wire, live }: Host,
	{ sellerId, importId: operationId }: Job,
	plans: ImportPlan[]
): Promise<RowError[]> {
	const wishes = plans.flatMap(({ stock }) => stock);
	const items = wishes.map(({ sku, set }) => ({ sku, set }));
	const reason = "correction: import";
	const results: Result<"inventory.adjustMany"> = [];
	for (let i = 0; i < items.length; i += MOST_SKUS) {
		const some = items.slice(i, i + MOST_SKUS);
		const call = { sellerId, operationId, reason, items: some };
		results.push(...(await wire.call("inventory.adjustMany", call)));
	}
	for (const { sku, threshold } of plans.flatMap(({ thresholds }) => thresholds)) {
		await wire.call("inventory.setThreshold", { sku, threshold });
		await live.putThreshold(sku, threshold);
	}
	return results.flatMap((result, i) =>
		typeof result === "string"
			? [{ line: wishes[i]!.line, column: "stock", code: result, message: ERRORS[result][1] }]
			: []
	);
}
