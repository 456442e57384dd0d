import type { Result } from "../shared/contract";
import type { OrderDocument } from "./order-document";
import { giftOf, refundsOf } from "./refunds";

const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());

/** What the invariants are about. */
export const factsOf = (order: OrderDocument): Result<"order.facts">[number] => ({
	id: order.id,
	state: order.state,
	version: order.version,
	history: order.history,
	total: order.total,
	dirty: Object.keys(order.outbox).length > 0,
	leaseUntil: order.dueAt ?? 0,
	lines: order.items.map(({ sku, quantity, unitPrice, sellerId, productId, title }) => ({
		sku,
		quantity,
		unitPrice,
		sellerId,
		productId,
		title
	})),
	reservedAt: iso(order.reservedAt),
	paidAt: iso(order.paidAt),
	refundedAt: iso(order.refundedAt),
	refunds: refundsOf(order).map(refund => ({
		...giftOf(refund),
		doneAt: refund.doneAt ?? null
	}))
});
