import type { OrderChanged } from "../shared/order.contract";
import { CURRENCY } from "../shared/money";
import { statusOf } from "../shared/order-status";
import type { Broker } from "../typed";
import type { OrderDocument, OutboxEvent } from "./order-document";

/** So many orders' told events are remembered; of others the worker tells again, which does no harm. */
const MOST = 20_000;

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
	...(event.sellerId && { sellerId: event.sellerId })
});

/** Tells the events that wait in orders' documents, at least once, and knows which this node has told. */
export class Outbox {
	/** Order id -> the events told, or being told. */
	private readonly told = new Map<string, Map<number, Promise<void>>>();

	constructor(private readonly broker: Broker) {}

	/** Emits what this node hasn't told yet; done when all local listeners are. */
	async tell(order: OrderDocument): Promise<void> {
		const known = this.told.get(order.id) ?? new Map<number, Promise<void>>();
		for (const event of Object.values(order.outbox).toSorted((a, b) => a.seq - b.seq))
			if (!known.has(event.seq))
				known.set(event.seq, this.broker.emit("order.changed", payloadOf(order, event)));
		if (known.size) this.remember(order.id, known);
		await Promise.all(known.values());
	}

	/** The events of an order's outbox that may leave it. Await `tell` first. */
	toldOf({ id, outbox }: OrderDocument): number[] {
		const known = this.told.get(id);
		return Object.values(outbox).flatMap(({ seq }) => (known?.has(seq) ? [seq] : []));
	}

	private remember(id: string, known: Map<number, Promise<void>>) {
		this.told.delete(id);
		this.told.set(id, known);
		if (this.told.size > MOST) this.told.delete(this.told.keys().next().value!);
	}
}
