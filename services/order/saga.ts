import { setTimeout } from "node:timers/promises";
import type { Collection } from "../../mixins/db.mixin";
import { fail } from "../errors";
import { MESSAGE_LIFE } from "../shared/stock-rules";
import { metrics } from "../metrics";
import { reservationTtl } from "../settings";
import { CURRENCY } from "../shared/money";
import type { SagaState } from "../shared/order-status";
import type { Ctx } from "../typed";
import { remaining } from "../shared/refund";
import { ASK_AGAIN, given, move, RELEASED, stepOf, type Move, type Step } from "./drive";
import type { OrderDocument } from "./order-document";
import type { Outbox } from "./outbox";
import { linesOf } from "./place";
import { givenBack, pendingOf, refundKey, refundsOf } from "./refunds";

type Caller = Pick<Ctx<unknown>, "call">;
/** Milliseconds that a buyer's answer waits for the order's listeners. */
const TELL_PATIENCE = 50;
/** More steps than any order takes in one go. */
const MOST_STEPS = 12;

/** Takes orders through their states: what `drive.ts` says, done. Whoever holds the document may do it, twice does no harm. */
export class Saga {
	constructor(
		private readonly orders: Collection<OrderDocument>,
		private readonly outbox: Outbox,
		private readonly warn: (...args: unknown[]) => void
	) {}

	/** Drives an order as far as it can be now: what is away keeps it where it is, and isn't the caller's error. */
	async attempt(caller: Caller, order: OrderDocument, fresh = false): Promise<OrderDocument> {
		try {
			return await this.drive(caller, order, fresh);
		} catch (err) {
			this.warn(`Order ${order.id} waits for the worker:`, err);
			return this.reload(order);
		}
	}

	/**
	 * Takes an order as far as it goes. A step that can't be done now throws, and leaves the order where it is:
	 * the next to drive it, or the worker, does that step again.
	 * @param fresh by whoever has just made the order: nobody else has asked for its stock before
	 */
	async drive(caller: Caller, order: OrderDocument, fresh = false): Promise<OrderDocument> {
		let current = order;
		for (let steps = 0; steps < MOST_STEPS; steps++) {
			const step = stepOf(current, Date.now());
			if (step === "rest") return current;
			const next = await metrics.sagaSteps.time(
				() => this.step(step, caller, current, fresh),
				step
			);
			if (next.version === current.version) return next;
			current = next;
		}
		throw new Error(`Order ${order.id} doesn't come to rest`);
	}

	/** The order after its move, or as somebody else has meanwhile moved it. */
	async to(
		order: OrderDocument,
		state: SagaState,
		patch: Partial<OrderDocument> = {},
		now = Date.now()
	) {
		const moved = await this.make(move(order, state, now, this.outbox.toldOf(order), patch));
		return moved ?? this.reload(order);
	}
	/** The order after a change, and told of; null when somebody else's came first. */
	async make({ query, update }: Move): Promise<OrderDocument | null> {
		const changed = await this.orders.change(query, update);
		if (!changed) return null;
		if (update.$set.state) metrics.orders.add(changed.state);
		void this.outbox.tell(changed);
		return changed;
	}

	async reload({ id }: OrderDocument): Promise<OrderDocument> {
		return (await this.orders.get(id))!;
	}

	private async step(
		step: Step,
		caller: Caller,
		order: OrderDocument,
		fresh: boolean
	): Promise<OrderDocument> {
		switch (step) {
			case "reserve":
				return this.reserve(caller, order, fresh);
			case "expire":
				return this.to(order, "EXPIRING");
			case "capture":
				return this.capture(caller, order);
			case "commit":
				return this.commit(caller, order);
			case "release": {
				await caller.call("inventory.release", { orderId: order.id, lines: linesOf(order) });
				if (order.state === "EXPIRING") metrics.holdsExpired.of().add(order.items.length);
				return this.to(order, RELEASED[order.state as keyof typeof RELEASED]);
			}
			case "refund":
				return this.refund(caller, order);
			case "giveBack":
				return this.giveBack(caller, order);
			case "rest":
				return order;
		}
	}

	private async reserve(caller: Caller, order: OrderDocument, fresh: boolean) {
		const lines = linesOf(order);
		const { outcome, short } = await caller.call("inventory.reserve", {
			orderId: order.id,
			lines,
			notAfter: Date.now() + MESSAGE_LIFE
		});
		// by the clock of one of the two, which may be wrong: nobody has said that there is none
		if (outcome === "LATE") fail("SERVICE_UNAVAILABLE");
		const now = Date.now();
		if (outcome === "HELD")
			return this.to(order, "RESERVED", { reservedAt: now, expiresAt: now + reservationTtl }, now);
		// one line, asked for once and refused: nothing is held, and no reserve is on its way
		const clean = outcome === "OUT_OF_STOCK" && lines.length === 1 && fresh;
		return this.to(order, clean ? "REJECTED" : "REJECTING", { short });
	}

	private async capture(caller: Caller, order: OrderDocument) {
		const { paymentId, outcome } = await caller.call("payment.capture", {
			orderId: order.id,
			buyerId: order.buyerId,
			attempt: order.attempt,
			amount: order.total,
			currency: CURRENCY,
			paymentToken: order.paymentToken!,
			until: order.expiresAt!
		});
		if (outcome === "captured") return this.to(order, "CONFIRMED", { paidAt: Date.now() });
		if (outcome === "declined") return this.to(order, "RESERVED");
		const undecided = await this.orders.change(
			{ id: order.id, version: order.version },
			{ $set: { payment: { id: paymentId, status: outcome }, dueAt: Date.now() + ASK_AGAIN } }
		);
		return undecided ?? this.reload(order);
	}

	private async commit(caller: Caller, order: OrderDocument) {
		const lines = linesOf(order);
		// what is told by then leaves the outbox with the next move; nobody waits longer for it
		const [{ sold, missing }] = await Promise.all([
			caller.call("inventory.commit", { orderId: order.id, lines }),
			Promise.race([this.outbox.tell(order), setTimeout(TELL_PATIENCE)])
		]);
		return sold ? this.to(order, "COMPLETED") : this.to(order, "NEEDS_ATTENTION", { missing });
	}

	/** Makes sure that what was missing stays so: a message that comes late must neither hold nor sell it any more. */
	private async lost(caller: Caller, order: OrderDocument) {
		const { id: orderId, missing = [] } = order;
		const lines = linesOf(order).filter(({ sku }) => missing.includes(sku));
		await caller.call("inventory.release", { orderId, lines });
		return { missing: (await caller.call("inventory.commit", { orderId, lines })).missing };
	}

	private async refund(caller: Caller, order: OrderDocument) {
		if (order.state === "NEEDS_ATTENTION")
			return this.to(order, "REFUNDING", await this.lost(caller, order));
		const { id: orderId, total, missing = [] } = order;
		const amount = total - givenBack(order);
		await caller.call("payment.refund", { orderId, amount, key: `${orderId}-all` });
		const lines = remaining(linesOf(order), refundsOf(order)).filter(
			({ sku }) => !missing.includes(sku)
		);
		if (lines.length)
			await caller.call("inventory.takeBack", { orderId, operationId: `${orderId}-all`, lines });
		return this.to(order, "REFUNDED", { refundedAt: Date.now() });
	}

	/** Money first, then the shelf; both know the refund by its id, so that a repeat does nothing. */
	private async giveBack(caller: Caller, order: OrderDocument) {
		const { id: orderId } = order;
		const refund = pendingOf(order)!;
		const { id, amount, shipping, restock } = refund;
		const key = refundKey(orderId, id);
		await caller.call("payment.refund", { orderId, amount: amount + shipping, key });
		const lines = refund.lines.map(({ sku, quantity }) => ({ sku, quantity }));
		if (restock) await caller.call("inventory.takeBack", { orderId, operationId: key, lines });
		const done = await this.make(given(order, refund, Date.now(), this.outbox.toldOf(order)));
		return done ?? this.reload(order);
	}
}
