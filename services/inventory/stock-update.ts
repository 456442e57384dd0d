import type { Query, Update } from "../../mixins/db.mixin";
import type { Movement } from "../shared/inventory.contract";
import type { SellerStock, Stock } from "../shared/stock";
import { MESSAGE_LIFE } from "../shared/stock-rules";
import type { Outage } from "./outages";

/** A SKU's stock: one document, so that one conditional update is the whole decision. */
export interface StockDocument {
	/** The SKU. */
	id: string;
	productId: string;
	sellerId: string;
	title: string;
	available: number;
	heldQty: number;
	sold: number;
	initial: number;
	restocked: number;
	removed: number;
	returned: number;
	threshold: number;
	version: number;
	/** Milliseconds. */
	changedAt: number;
	/** Order id -> units held. */
	held: Record<string, number>;
	/** The SKU again while it may hold something: finds the holds without a look at all the others. */
	holding?: string;
	/** "<seller>/<SKU>" while its threshold is its seller's usual one. */
	follows?: string;
	/** The version of its seller's settings that its threshold is from. */
	followed?: number;
	/** The version of the product that its title is from. */
	titleVersion?: number;
	/** Order id -> how its hold ended: bars a reserve that comes late. */
	closed: Record<string, { as: Ending; at: number }>;
	/** Operation id -> when it was done: bars its repetition. */
	operations: Record<string, number>;
	/** Movements of which the document doesn't know yet that they are in the ledger, by operation. */
	pending: Record<string, PendingMovement>;
	/** Since when, in milliseconds, there is something in `pending`: finds such documents after a crash. */
	unledgered?: number;
	alert?: { kind: "low" | "out"; since: number; version: number };
	/** The seller's id while there is an alert: the key of the list of alerts. */
	alertOf?: string;
	/** Since when, in milliseconds, there is an alert that its seller hasn't been told of. */
	untold?: number;
	/** Times in which it is or was out, as long as the sales service is to hear of them. */
	outs?: Record<string, Outage>;
	/** Since when, in milliseconds, it hasn't heard of one. */
	outsDue?: number;
}
export type Ending = "SOLD" | "RELEASED";
/** A movement as its operation knows it; the version is known once the update is done. */
export interface PendingMovement {
	kind: Movement["kind"];
	quantity: number;
	ref: string;
	at: number;
	reason?: string;
	by?: string;
}

const TOMBSTONE_LIFE = 120_000;
/** With many tombstones the document would grow with the sales rate: then they live no longer than a message can. */
const FEW = 64;
const SHORT_LIFE = MESSAGE_LIFE + 5000;

export interface Change {
	query: Query;
	update: Update;
	/** Key of the movement in `pending`. */
	key: string;
}
/** What any operation writes besides its own counters. */
function change(sku: string, conditions: Query, movement: PendingMovement, update: Update): Change {
	const key = `${movement.kind}-${movement.ref}`;
	return {
		key,
		query: { id: sku, ...conditions },
		update: {
			...update,
			$inc: { ...update.$inc, version: 1 },
			$set: {
				...update.$set,
				changedAt: movement.at,
				[`pending.${key}`]: movement,
				unledgered: movement.at
			}
		}
	};
}

/** What kind of movement a key of `pending` belongs to. */
export const kindOf = (key: string) => key.slice(0, key.indexOf("-"));

/** Holds units for an order, if there are enough and the order isn't done with this SKU. */
export const reserve = (sku: string, order: string, quantity: number, at: number): Change =>
	change(
		sku,
		{
			available: { $gte: quantity },
			[`held.${order}`]: { $exists: false },
			[`closed.${order}`]: { $exists: false }
		},
		{ kind: "reserve", quantity, ref: order, at },
		{
			$inc: { available: -quantity, heldQty: quantity },
			$set: { [`held.${order}`]: quantity, holding: sku }
		}
	);

/** Turns an order's hold into a sale. */
export const commit = (sku: string, order: string, quantity: number, at: number): Change =>
	change(
		sku,
		{ [`held.${order}`]: quantity },
		{ kind: "commit", quantity, ref: order, at },
		{
			$inc: { heldQty: -quantity, sold: quantity },
			$unset: { [`held.${order}`]: true },
			$set: { [`closed.${order}`]: { as: "SOLD", at } }
		}
	);

/** Gives an order's hold back. */
export const release = (sku: string, order: string, quantity: number, at: number): Change =>
	change(
		sku,
		{ [`held.${order}`]: quantity },
		{ kind: "release", quantity, ref: order, at },
		{
			$inc: { heldQty: -quantity, available: quantity },
			$unset: { [`held.${order}`]: true },
			$set: { [`closed.${order}`]: { as: "RELEASED", at } }
		}
	);

/** Bars a reserve that is still on its way, where there is no hold to give back. Counts nothing, moves nothing. */
export const fence = (
	sku: string,
	order: string,
	at: number
): Pick<Change, "query" | "update"> => ({
	query: {
		id: sku,
		[`held.${order}`]: { $exists: false },
		[`closed.${order}`]: { $exists: false }
	},
	update: { $set: { [`closed.${order}`]: { as: "RELEASED", at } } }
});

/** Changes the shelf by a seller's difference, once per operation and never below zero. */
export function adjust(
	sku: string,
	sellerId: string,
	delta: number,
	operation: string,
	at: number,
	reason: string
): Change {
	const quantity = Math.abs(delta);
	return change(
		sku,
		{
			sellerId,
			[`operations.${operation}`]: { $exists: false },
			...(delta < 0 && { available: { $gte: quantity } })
		},
		{ kind: delta > 0 ? "restock" : "remove", quantity, ref: operation, at, reason, by: sellerId },
		{
			$inc: { available: delta, [delta > 0 ? "restocked" : "removed"]: quantity },
			$set: { [`operations.${operation}`]: at }
		}
	);
}

/** Puts sold units back on the shelf, once per operation. */
export const takeBack = (sku: string, operation: string, quantity: number, at: number): Change =>
	change(
		sku,
		{ [`operations.${operation}`]: { $exists: false } },
		{ kind: "return", quantity, ref: operation, at },
		{
			$inc: { available: quantity, returned: quantity },
			$set: { [`operations.${operation}`]: at }
		}
	);

/** What may be forgotten: ended orders and done operations older than any message can be. */
export function stale({ closed, operations }: StockDocument, now: number): string[] {
	const ended = Object.entries(closed);
	const life = ended.length > FEW ? SHORT_LIFE : TOMBSTONE_LIFE;
	const done = Object.entries(operations);
	return [
		...ended.filter(([, { at }]) => at < now - life).map(([order]) => `closed.${order}`),
		// a seller's repeated click may come much later than a message: operations live a day, the last hundred longer
		...(done.length > 100 ? done : [])
			.filter(([, at]) => at < now - 86_400_000)
			.map(([operation]) => `operations.${operation}`)
	];
}

/** A movement as the ledger keeps it. */
export interface LedgerEntry extends Movement {
	/** By operation, so that a repeated insert collides. */
	id: string;
	/** By SKU and version: unique, and a page of the ledger is a handful of known places. */
	place: string;
}
export const placeOf = (sku: string, version: number) => `${sku}.${version}`;

/** The movement that brought the document to its version. */
export const entryOf = (
	{ id: sku, version, available, heldQty, sold }: StockDocument,
	key: string,
	{ kind, quantity, ref, at, reason, by }: PendingMovement
): LedgerEntry => ({
	id: `${sku}.${key}`,
	place: placeOf(sku, version),
	sku,
	kind,
	quantity,
	ref,
	version,
	available,
	held: heldQty,
	sold,
	at: new Date(at).toISOString(),
	...(reason && { reason }),
	...(by && { by })
});

/** The id of a movement whose operation was done before, so long ago that the document had forgotten it. */
export const againOf = ({ id, at }: Pick<LedgerEntry, "id" | "at">) => `${id}.${at}`;
/** The ids that a pending movement may have in the ledger. */
export function idsOf(sku: string, key: string, { at }: PendingMovement): [string, string] {
	const id = `${sku}.${key}`;
	return [id, againOf({ id, at: new Date(at).toISOString() })];
}
/** Is a pending movement one of these? */
export function isAmong(
	entries: readonly Pick<LedgerEntry, "id" | "at">[],
	sku: string,
	key: string,
	movement: PendingMovement
): boolean {
	const ids = idsOf(sku, key, movement);
	const at = new Date(movement.at).toISOString();
	return entries.some(entry => entry.at === at && ids.includes(entry.id));
}

/** What a movement of each kind does to the three counters, per unit. */
export const EFFECT: Record<Movement["kind"], { available: number; held: number; sold: number }> = {
	initial: { available: 1, held: 0, sold: 0 },
	reserve: { available: -1, held: 1, sold: 0 },
	release: { available: 1, held: -1, sold: 0 },
	commit: { available: 0, held: -1, sold: 1 },
	restock: { available: 1, held: 0, sold: 0 },
	remove: { available: -1, held: 0, sold: 0 },
	return: { available: 1, held: 0, sold: 0 }
};

/**
 * Entries for movements whose version a crash made us forget: they take the places that are free in the ledger,
 * oldest first. Sums commute, so the fold is right whichever of them took which place.
 */
export function recovered(
	stock: StockDocument,
	lost: [key: string, movement: PendingMovement][],
	freeVersions: number[]
): LedgerEntry[] {
	const counters = { available: stock.available, held: stock.heldQty, sold: stock.sold };
	const places = freeVersions.toSorted((a, b) => b - a);
	return lost
		.toSorted(([, a], [, b]) => b.at - a.at)
		.map(([key, movement], i) => {
			const { available, held, sold } = counters;
			const at = { ...stock, version: places[i]!, available, heldQty: held, sold };
			const effect = EFFECT[movement.kind];
			counters.available -= effect.available * movement.quantity;
			counters.held -= effect.held * movement.quantity;
			counters.sold -= effect.sold * movement.quantity;
			return entryOf(at, key, movement);
		});
}

export const viewOf = (stock: StockDocument): SellerStock => ({
	sku: stock.id,
	productId: stock.productId,
	available: stock.available,
	held: stock.heldQty,
	version: stock.version,
	at: new Date(stock.changedAt).toISOString(),
	sold: stock.sold,
	threshold: stock.threshold
});

/** How alarmed a seller should be: an alert is due when this changes. */
export const alertKind = ({ available, threshold }: StockDocument): "low" | "out" | undefined =>
	available === 0 ? "out" : available <= threshold ? "low" : undefined;

/** What anybody may see. */
export function publicView(stock: StockDocument): Stock {
	const { sold: _sold, threshold: _threshold, ...rest } = viewOf(stock);
	return rest;
}

/** All of a seller's are one range of these. */
export const followerOf = (sellerId: string, sku = "") => `${sellerId}/${sku}`;

const INITIAL = "initial-open";
/** The document of a new SKU, at version 1, with the movement that put the first units there. */
export function opened(
	sku: string,
	{ productId, sellerId, title, stock, threshold, follows = false }: Opening,
	at: number
): { document: StockDocument; key: string } {
	const movement: PendingMovement = { kind: "initial", quantity: stock, ref: productId, at };
	const document: StockDocument = {
		id: sku,
		productId,
		sellerId,
		title,
		available: stock,
		heldQty: 0,
		sold: 0,
		initial: stock,
		restocked: 0,
		removed: 0,
		returned: 0,
		threshold,
		version: 1,
		changedAt: at,
		held: {},
		closed: {},
		operations: {},
		pending: { [INITIAL]: movement },
		unledgered: at,
		...(follows && { follows: followerOf(sellerId, sku) })
	};
	const kind = alertKind(document);
	// a seller who opens with few units knows it: listed, but not told
	if (kind)
		Object.assign(document, {
			alert: { kind, since: at, version: 1 },
			alertOf: sellerId
		});
	return { document, key: INITIAL };
}
export interface Opening {
	productId: string;
	sellerId: string;
	title: string;
	stock: number;
	threshold: number;
	/** Is that its seller's usual one? */
	follows?: boolean;
}
