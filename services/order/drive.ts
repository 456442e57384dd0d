import type { Query, Update } from "../../mixins/db.mixin";
import type { TimelineEntry } from "../shared/order.contract";
import { canMove, TRANSIENT, type SagaState } from "../shared/order-status";
import { listsOf } from "./lists";
import type { OrderDocument, OutboxEvent } from "./order-document";

/** Milliseconds after which the worker takes over from whoever was driving an order. */
export const LEASE = 15_000;
/** Milliseconds until an undecided payment is asked after again. */
export const ASK_AGAIN = 2000;

export type Step = "reserve" | "capture" | "commit" | "release" | "refund" | "expire" | "rest";

/** What takes an order on from where it is, from its document alone. */
export function stepOf({ state, expiresAt = 0 }: OrderDocument, now: number): Step {
	switch (state) {
		case "NEW":
			return "reserve";
		case "RESERVED":
			return now >= expiresAt ? "expire" : "rest";
		case "PAYING":
			return "capture";
		case "CONFIRMED":
			return "commit";
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

/** Only the version decides between pay, expire and cancel: whoever comes second finds another one. */
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
function announce(
	{ update }: Move,
	order: OrderDocument,
	event: Pick<OutboxEvent, "type" | "state" | "at" | "sellerId">
) {
	const seq = order.seq + 1;
	update.$set.seq = seq;
	update.$set[`outbox.s${seq}`] = { seq, version: order.version + 1, ...event };
}

/**
 * The one conditional update that takes an order to another state.
 * @param told events that are known to have been told: they leave the outbox with this update
 */
export function move(
	order: OrderDocument,
	to: SagaState,
	now: number,
	told: readonly number[] = [],
	patch: Partial<OrderDocument> = {}
): Move {
	const { state: from } = order;
	if (!canMove(from, to)) throw new Error(`Order ${order.id} can't go from ${from} to ${to}`);
	const change = base(order, told);
	const { $set, $unset, $push } = change.update;
	Object.assign($set, patch, { state: to, tries: 0 });
	$push.history = to;
	const lists = listsOf({ ...order, ...patch, state: to });
	if (lists.join() !== order.lists.join()) $set.lists = lists;

	const at = new Date(now).toISOString();
	const type = nameOf(from, to);
	if (type) $push.timeline = { at, type };
	const tells = type !== undefined && !SILENT.has(to);
	if (tells) announce(change, order, { type, state: to, at });

	const untold = Object.values(order.outbox).some(({ seq }) => !told.includes(seq));
	const expiresAt = patch.expiresAt ?? order.expiresAt ?? Infinity;
	if (TRANSIENT.includes(to)) $set.dueAt = now + LEASE;
	else if (to === "RESERVED") $set.dueAt = Math.min(expiresAt, now + LEASE);
	else if (tells || untold) $set.dueAt = now + LEASE;
	else $unset.dueAt = true;
	if (FREES_SLOT.has(to)) $unset.slot = true;
	if (from === "PAYING") Object.assign($unset, { paymentToken: true, payment: true });
	return change;
}
/** A change of the parcels: a step of the order that leaves the saga where it is. */
export function handle(
	order: OrderDocument,
	type: "shipped" | "delivered",
	sellerId: string,
	parcels: OrderDocument["parcels"],
	now: number,
	told: readonly number[]
): Move {
	const change = base(order, told);
	const at = new Date(now).toISOString();
	change.update.$set.parcels = parcels;
	change.update.$set.dueAt = now + LEASE;
	change.update.$push.timeline = { at, type, sellerId };
	announce(change, order, { type, state: order.state, at, sellerId });
	return change;
}
