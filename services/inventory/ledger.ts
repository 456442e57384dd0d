import type { Collection } from "../../mixins/db.mixin";
import {
	againOf,
	entryOf,
	idsOf,
	isAmong,
	placeOf,
	recovered,
	stale,
	type LedgerEntry,
	type StockDocument
} from "./stock-update";

const SWEEP_EVERY = 1000;
/** A document at rest for so long has been left by whoever changed it. */
const AT_REST = 3000;
/** Inserts under way at once; more wait for their turn. */
const MOST_UNDER_WAY = 500;

/**
 * The movements of all SKUs. An operation writes its movement into the stock document itself, in the one update that
 * decides; from there it is copied here, and taken out of the document with the SKU's next operation or when at rest.
 */
export class Ledger {
	/** SKU -> paths of the document that its next operation may unset. */
	private readonly forgettable = new Map<string, string[]>();
	private readonly underWay = new Set<Promise<void>>();
	private timer: NodeJS.Timeout | undefined;
	private sweeping: Promise<void> = Promise.resolve();

	constructor(
		private readonly stock: Collection<StockDocument>,
		private readonly movements: Collection<LedgerEntry>,
		private readonly warn: (err: unknown) => void,
		/** Sees every document that has come to rest. */
		private readonly atRest: (stock: StockDocument) => Promise<void> = async () => {}
	) {}

	start() {
		this.timer = setInterval(() => {
			this.sweeping = this.sweeping.then(() => this.sweep()).catch(this.warn);
		}, SWEEP_EVERY);
	}
	async stop() {
		clearInterval(this.timer);
		await this.sweeping;
		await Promise.all(this.underWay);
	}

	/** Copies the movement of an operation that was just done; nobody needs to wait for it. */
	async record(stock: StockDocument, key: string): Promise<void> {
		const movement = stock.pending[key];
		if (!movement) return;
		while (this.underWay.size >= MOST_UNDER_WAY) await Promise.race(this.underWay);
		const work: Promise<void> = this.put(entryOf(stock, key, movement))
			.then(there => this.mayForget(stock.id, there ? [`pending.${key}`] : []))
			.catch(this.warn) // stays in the document, and the sweep comes by
			.finally(() => this.underWay.delete(work));
		this.underWay.add(work);
		this.mayForget(stock.id, stale(stock, Date.now()));
	}
	/**
	 * Inserts a movement; false when a sweep has given its place to another one, so that it needs a new place. An operation
	 * that came once more when the document had long forgotten it, from a process that had stood still, is a movement too.
	 */
	private async put(entry: LedgerEntry): Promise<boolean> {
		if (await this.movements.create(entry)) return true;
		const known = await this.movements.get(entry.id);
		if (!known || known.at === entry.at) return known !== null;
		const again = { ...entry, id: againOf(entry) };
		return (await this.movements.create(again)) || (await this.movements.get(again.id)) !== null;
	}
	/** Was this operation ever done, however long ago? */
	async knows({ id: sku, pending }: StockDocument, key: string): Promise<boolean> {
		return pending[key] !== undefined || (await this.movements.get(`${sku}.${key}`)) !== null;
	}

	/** What a seller's operation did to the shelf, and why; null where it wasn't a seller's. */
	async adjustmentOf(
		{ id: sku, pending }: StockDocument,
		operation: string
	): Promise<{ delta: number; reason: string | undefined } | null> {
		for (const [kind, sign] of [
			["restock", 1],
			["remove", -1]
		] as const) {
			const key = `${kind}-${operation}`;
			const movement = pending[key] ?? (await this.movements.get(`${sku}.${key}`));
			if (movement) return { delta: sign * movement.quantity, reason: movement.reason };
		}
		return null;
	}
	/** By how much a seller's operation that the document knows of has changed the shelf. */
	async deltaOf(stock: StockDocument, operation: string): Promise<number> {
		const done = await this.adjustmentOf(stock, operation);
		if (done) return done.delta;
		throw new Error(`${stock.id} knows of ${operation}, and its ledger doesn't`);
	}

	/** These paths of a SKU's document may go with its next operation. */
	mayForget(sku: string, paths: string[]) {
		if (paths.length) this.forgettable.set(sku, [...(this.forgettable.get(sku) ?? []), ...paths]);
	}
	/** What the next update of this SKU should unset, but for what it sets itself. */
	forget(sku: string, sets: object = {}): string[] {
		const paths = this.forgettable.get(sku) ?? [];
		this.forgettable.delete(sku);
		return paths.filter(path => !Object.hasOwn(sets, path));
	}

	/** The movements of versions `newest` and the `count - 1` before it, newest first. */
	async page(sku: string, newest: number, count: number): Promise<LedgerEntry[]> {
		const versions = Array.from(
			{ length: Math.max(0, Math.min(count, newest)) },
			(_, i) => newest - i
		);
		const places = versions.map(version => placeOf(sku, version));
		const found = await this.movements.find({ place: { $in: places } }, { limit: count });
		return found.toSorted((a, b) => b.version - a.version);
	}

	private async sweep() {
		const rest = Date.now() - AT_REST;
		const left = await this.stock.find({ unledgered: { $lte: rest } }, { limit: 200 });
		for (const document of left) await this.settle(document);
	}
	/** Puts what is pending in the ledger and out of the document, also after a crash. */
	async settle(document: StockDocument): Promise<void> {
		const { id: sku, version, pending, heldQty } = document;
		const keys = Object.keys(pending);
		const ids = Object.entries(pending).flatMap(([key, movement]) => idsOf(sku, key, movement));
		const known = await this.movements.find({ id: { $in: ids } }, { limit: ids.length || 1 });
		const lost = Object.entries(pending).filter(
			([key, movement]) => !isAmong(known, sku, key, movement)
		);
		if (lost.length) {
			const places = await this.freeVersions(sku, version, lost.length);
			let missed = lost.length > places.length; // one was just being inserted
			for (const entry of recovered(document, lost.slice(0, places.length), places))
				if (!(await this.put(entry))) missed = true; // its place was just taken
			if (missed) return; // next time
		}
		const forget = [...keys.map(key => `pending.${key}`), ...stale(document, Date.now())];
		const rested = await this.stock.change(
			{ id: sku, version },
			{
				$unset: {
					unledgered: true,
					...(heldQty === 0 && { holding: true as const }),
					...Object.fromEntries(forget.map(path => [path, true as const]))
				}
			}
		);
		this.forgettable.delete(sku);
		if (rested) await this.atRest(rested);
	}
	private async freeVersions(sku: string, newest: number, count: number): Promise<number[]> {
		const free: number[] = [];
		for (let top = newest; top > 0 && free.length < count; top -= 100) {
			const taken = new Set((await this.page(sku, top, 100)).map(({ version }) => version));
			for (let version = top; version > Math.max(0, top - 100); version--)
				if (!taken.has(version)) free.push(version);
		}
		return free.slice(0, count);
	}
}
