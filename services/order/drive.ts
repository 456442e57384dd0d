import type { Query, Update } from "../../mixins/db.mixin";
import type { TimelineEntry } from "../shared/order.contract";
import { canMove, TRANSIENT, type SagaState } from "../shared/order-status";
import { listsOf } from "./lists";
import type { OrderDocument, OutboxEvent, RefundEntry } from "./order-document";
import { concludes, pendingOf } from "./refunds";

/** Milliseconds after which the worker takes over from whoever was driving an order. */
export const LEASE = 15_000;
/** Milliseconds until an undecided payment is asked after again. */
export const ASK_AGAIN = 2000;

export type Step =
	"reserve" | "capture" | "commit" | "release" | "refund" | "giveBack" | "expire" | "rest";

/** What takes an order on from where it is, from its document alone. */
export function stepOf(order: OrderDocument, now: number): Step {
	const { state, expiresAt = 0 } = order;
	switch (state) {
		case "NEW":
			return "reserve";
		case "RESERVED":
			return now >= expiresAt ? "expire" : "rest";
		case "PAYING":
			return "capture";
		case "CONFIRMED":
			return "commit";
		case "COMPLETED":
			return pendingOf(order) ? "giveBack" : "rest";
		case "REJECTING":
		case "EXPIRING":
		case "CANCELLING":
			return "release";
		case "NEEDS_ATTENTION":
		case "REFUNDING":
			return "refund";
		default:
			return "rest";
	}
}

/** Where a release ends. */
export const RELEASED = {
	REJECTING: "REJECTED",
	EXPIRING: "EXPIRED",
	CANCELLING: "CANCELLED"
} as const satisfies Partial<Record<SagaState, SagaState>>;

/** What a move is called in the timeline; moves without a name are nobody's business. */
function nameOf(from: SagaState, to: SagaState): TimelineEntry["type"] | undefined {
	if (to === "RESERVED") return from === "NEW" ? "reserved" : "declined";
	const names: Partial<Record<SagaState, TimelineEntry["type"]>> = {
		PAYING: "paying",
		CONFIRMED: "paid",
		REJECTED: "rejected",
		EXPIRING: "expired",
		CANCELLING: "cancelled",
		REFUNDED: "refunded",
		NEEDS_ATTENTION: "attention"
	};
	return names[to];
}
/** Told to nobody: the buyer has just been answered, or is about to be. */
const SILENT = new Set<SagaState>(["PAYING", "REJECTED"]);
/** From here on it isn't one of the buyer's unpaid orders any more. */
const FREES_SLOT = new Set<SagaState>(["CONFIRMED", "REJECTED", "EXPIRED", "CANCELLED"]);

export interface Move {
	query: Query;
	update: Required<Pick<Update, "$set" | "$inc" | "$push" | "$unset">>;
}

/** A step as the timeline and the outbox know it. */
type Said = Pick<TimelineEntry, "type" | "sellerId" | "amount" | "note"> &
	Pick<OutboxEvent, "refundId" | "returnId">;

/** Only the version decides between pay, expire, cancel and refund: whoever comes second finds another one. */
function base(order: OrderDocument, told: readonly number[]): Move {
	return {
		query: { id: order.id, version: order.version },
		update: {
			$set: {},
			$inc: { version: 1 },
			$push: {},
			$unset: Object.fromEntries(told.map(seq => [`outbox.s${seq}`, true as const]))
		}
	};
}
/** Writes steps into the timeline, and into the outbox those that are told. */
function say(
	{ update }: Move,
	order: OrderDocument,
	state: SagaState,
	at: string,
	said: readonly Said[],
	tells: readonly Said[] = said
) {
	const entries = said.map(({ refundId: _, returnId: _r, ...entry }) => ({ at, ...entry }));
	if (entries.length === 1) update.$push.timeline = entries[0];
	else if (entries.length) update.$set.timeline = [...order.timeline, ...entries];
	for (const [i, { amount: _, note: _n, ...event }] of tells.entries()) {
		const seq = order.seq + i + 1;
		update.$set.seq = seq;
		update.$set[`outbox.s${seq}`] = { seq, version: order.version + 1, at, state, ...event };
	}
}
function list({ update }: Move, order: OrderDocument, patch: Partial<OrderDocument>) {
	const lists = listsOf({ ...order, ...patch });
	if (lists.join() !== order.lists.join()) update.$set.lists = lists;
}

/**
 * The one conditional update that takes an order to another state.
 * @param told events that are known to have been told: they leave the outbox with this update
 * @param said what led to it and is told instead, where that isn't plain from the states
 */
export function move(
	order: OrderDocument,
	to: SagaState,
	now: number,
	told: readonly number[] = [],
	patch: Partial<OrderDocument> = {},
	said?: Said
): Move {
	const { state: from } = order;
	if (!canMove(from, to)) throw new Error(`Order ${order.id} can't go from ${from} to ${to}`);
	const change = base(order, told);
	const { $set, $unset, $push } = change.update;
	Object.assign($set, patch, { state: to, tries: 0 });
	$push.history = to;
	list(change, order, { ...patch, state: to });

	const at = new Date(now).toISOString();
	const type = nameOf(from, to);
	const steps = [...(said ? [said] : []), ...(type ? [{ type }] : [])];
	const tells = SILENT.has(to) ? [] : steps.slice(0, 1);
	say(change, order, to, at, steps, tells);

	const untold = Object.values(order.outbox).some(({ seq }) => !told.includes(seq));
	const expiresAt = patch.expiresAt ?? order.expiresAt ?? Infinity;
	if (TRANSIENT.includes(to)) $set.dueAt = now + LEASE;
	else if (to === "RESERVED") $set.dueAt = Math.min(expiresAt, now + LEASE);
	else if (tells.length || untold) $set.dueAt = now + LEASE;
	else $unset.dueAt = true;
	if (FREES_SLOT.has(to)) $unset.slot = true;
	if (from === "PAYING") Object.assign($unset, { paymentToken: true, payment: true });
	return change;
}
/** A change that leaves the saga where it is. */
export function amend(
	order: OrderDocument,
	patch: Partial<OrderDocument>,
	said: readonly Said[],
	now: number,
	told: readonly number[]
): Move {
	const change = base(order, told);
	Object.assign(change.update.$set, patch, { dueAt: now + LEASE });
	list(change, order, patch);
	say(change, order, order.state, new Date(now).toISOString(), said);
	return change;
}
/** A refund is over: the last of an order ends it. */
export function given(
	order: OrderDocument,
	entry: RefundEntry,
	now: number,
	told: readonly number[]
): Move {
	const { id, sellerId, amount, shipping, reason } = entry;
	const doneAt = new Date(now).toISOString();
	const refunds = { ...order.refunds, [id]: { ...entry, doneAt } };
	const said: Said = {
		type: "partly_refunded",
		sellerId,
		amount: amount + shipping,
		note: reason,
		refundId: id
	};
	return concludes(order, entry)
		? move(order, "REFUNDED", now, told, { refunds, refundedAt: now }, said)
		: amend(order, { refunds }, [said], now, told);
}
