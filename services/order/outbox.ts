import { metrics } from "../metrics";
import type { OrderChanged } from "../shared/order.contract";
import { CURRENCY } from "../shared/money";
import { statusOf } from "../shared/order-status";
import { remaining, type ReturnStatus } from "../shared/refund";
import type { Broker } from "../typed";
import { Lag } from "./lag";
import type { OrderDocument, OutboxEvent } from "./order-document";
import { giftOf, givenBack, refundsOf } from "./refunds";

/** So many orders' told events are remembered; of others the worker tells again, which does no harm. */
const MOST = 20_000;

/** How a return stood at a step of it. */
const STOOD: Partial<Record<OutboxEvent["type"], ReturnStatus>> = {
	return_requested: "requested",
	return_approved: "approved",
	return_declined: "declined",
	return_received: "received"
};
/** What a step adds to what every step says. */
function more(
	order: OrderDocument,
	{ type, refundId, returnId }: OutboxEvent
): Partial<OrderChanged> {
	if (type === "refunded") {
		const items = remaining(order.items, refundsOf(order));
		return {
			items: items.map(item => ({ ...item, lineTotal: item.unitPrice * item.quantity })),
			given: order.total - givenBack(order)
		};
	}
	const refund = refundId === undefined ? undefined : order.refunds?.[refundId];
	const back = returnId === undefined ? undefined : order.returns?.[returnId];
	const status = STOOD[type];
	return {
		...(refund && { refund: giftOf(refund), given: refund.amount + refund.shipping }),
		...(back && status && { return: { id: back.id, lines: back.lines, status } })
	};
}

const payloadOf = (order: OrderDocument, event: OutboxEvent): OrderChanged => ({
	id: order.id,
	number: order.number,
	seq: event.seq,
	type: event.type,
	status: statusOf(event.state),
	version: event.version,
	at: event.at,
	buyerId: order.buyerId,
	total: order.total,
	currency: CURRENCY,
	items: order.items,
	parcels: order.parcels,
	...(order.reservedAt && { reservedAt: new Date(order.reservedAt).toISOString() }),
	...(order.paidAt && { paidAt: new Date(order.paidAt).toISOString() }),
	...(event.sellerId && { sellerId: event.sellerId }),
	...more(order, event)
});

interface Telling {
	done: Promise<void>;
	/** All keepers have answered. */
	told: boolean;
}

/** Tells the steps that wait in orders' documents, at least once, and knows which this node has told. */
export class Outbox {
	/** Order id -> step -> how far telling it is. */
	private readonly orders = new Map<string, Map<number, Telling>>();

	private readonly lag = new Lag();

	constructor(private readonly broker: Broker) {
		metrics.outboxLag.of().watch(() => this.lag.seconds);
	}

	/** Tells what this node hasn't told yet. Never throws: what could not be told stays in the document. */
	async tell(order: OrderDocument): Promise<void> {
		const waiting = Object.values(order.outbox).toSorted((a, b) => a.seq - b.seq);
		if (!waiting.length) return;
		const steps = this.orders.get(order.id) ?? new Map<number, Telling>();
		for (const event of waiting)
			if (!steps.has(event.seq)) steps.set(event.seq, this.deliver(payloadOf(order, event), steps));
		this.remember(order.id, steps);
		await Promise.all(waiting.map(({ seq }) => steps.get(seq)?.done));
	}

	/** The steps of an order's outbox that may leave it. */
	toldOf({ id, outbox }: OrderDocument): number[] {
		const steps = this.orders.get(id);
		return Object.values(outbox).flatMap(({ seq }) => (steps?.get(seq)?.told ? [seq] : []));
	}

	/** Notes that an order's steps could not all be told. */
	lags(order: OrderDocument): void {
		const told = this.toldOf(order);
		for (const { seq, at } of Object.values(order.outbox))
			if (!told.includes(seq)) this.lag.note(Date.parse(at));
	}

	private deliver(step: OrderChanged, steps: Map<number, Telling>): Telling {
		void this.broker.emit("order.changed", step);
		// who keeps what an order's steps lead to: each must answer before a step counts as told
		const calls = [
			this.broker.call("sales.record", step),
			this.broker.call("notification.record", step)
		];
		const telling: Telling = {
			told: false,
			done: Promise.allSettled(calls).then(answers => {
				telling.told = answers.every(({ status }) => status === "fulfilled");
				if (!telling.told) steps.delete(step.seq);
			})
		};
		return telling;
	}

	private remember(id: string, steps: Map<number, Telling>) {
		this.orders.delete(id);
		this.orders.set(id, steps);
		if (this.orders.size > MOST) this.orders.delete(this.orders.keys().next().value!);
	}
}
