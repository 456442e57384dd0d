import type { Collection } from "../../mixins/db.mixin";
import type { Result } from "../shared/contract";
import type { OrderDocument } from "./order-document";

const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());

/** An order by its id or by its number, which is the beginning of it. */
export async function sought(
	orders: Collection<OrderDocument>,
	name: string
): Promise<OrderDocument | null> {
	const [, digits] = /^CM-([0-9A-F]{8})$/i.exec(name) ?? [];
	if (!digits) return orders.get(name);
	const start = `o${digits.toLowerCase()}`;
	const [order] = await orders.find({ id: { $gte: start, $lt: `${start}g` } }, { limit: 1 });
	return order ?? null;
}

/** An order as its saga sees it, without whom it goes to and what pays for it. */
export const inside = (order: OrderDocument): NonNullable<Result<"order.inspect">> => ({
	id: order.id,
	number: order.number,
	buyerId: order.buyerId,
	state: order.state,
	history: order.history,
	version: order.version,
	attempt: order.attempt,
	tries: order.tries,
	total: order.total,
	lines: order.items.map(({ sku, quantity, unitPrice }) => ({ sku, quantity, unitPrice })),
	createdAt: iso(order.createdAt)!,
	expiresAt: iso(order.expiresAt),
	paidAt: iso(order.paidAt),
	refundedAt: iso(order.refundedAt),
	dueAt: iso(order.dueAt),
	payment: order.payment ?? null,
	missing: order.missing ?? [],
	outbox: Object.values(order.outbox)
		.toSorted((a, b) => a.seq - b.seq)
		.map(({ seq, type, at }) => ({ seq, type, at })),
	timeline: order.timeline
});
