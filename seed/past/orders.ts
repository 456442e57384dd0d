import { idOf } from "../../services/id";
import { listsOf } from "../../services/order/lists";
import type { OrderDocument } from "../../services/order/order-document";
import { newOrder } from "../../services/order/place";
import { chargeId, type Charge } from "../../services/payment/provider";
import type { Sellable } from "../../services/shared/catalog.contract";
import type { Address } from "../../services/shared/fields";
import { CURRENCY } from "../../services/shared/money";
import type { SagaState } from "../../services/shared/order-status";

export type Ending = "COMPLETED" | "REFUNDED" | "EXPIRED";
const PATHS: Record<Ending, SagaState[]> = {
	COMPLETED: ["NEW", "RESERVED", "PAYING", "CONFIRMED", "COMPLETED"],
	REFUNDED: ["NEW", "RESERVED", "PAYING", "CONFIRMED", "COMPLETED", "REFUNDING", "REFUNDED"],
	EXPIRED: ["NEW", "RESERVED", "EXPIRING", "EXPIRED"]
};
const DAY = 86_400_000;
const TTL = 600_000;
/** Days until what was bought is shipped, delivered, or given back. */
const SHIPPED = 2;
const DELIVERED = 5;
export const GIVEN_BACK = 1;

export interface Wish {
	buyerId: string;
	lines: { sellable: Sellable; quantity: number }[];
	address: Address;
	at: number;
	ending: Ending;
}
const iso = (at: number) => new Date(at).toISOString();

/** An order of the past at its end, as its saga would have left it. */
export function pastOrder(n: number, { buyerId, lines, address, at, ending }: Wish, now: number) {
	const id = idOf("o", buyerId, "past", n);
	const items = lines.map(({ sellable: { sku }, quantity }) => ({ sku, quantity }));
	const sellables = lines.map(({ sellable }) => sellable);
	const request = { idempotencyKey: `past-${n}`, items, shippingAddress: address };
	const order: OrderDocument = newOrder(id, buyerId, request, sellables, at);
	delete order.dueAt;
	const history = PATHS[ending];
	const paid = ending !== "EXPIRED";
	const back = ending === "REFUNDED" ? at + GIVEN_BACK * DAY : undefined;
	const [seller] = order.sellerIds;
	const sent = ending === "COMPLETED" && now - at > SHIPPED * DAY ? at + SHIPPED * DAY : undefined;
	const there = sent && now - at > DELIVERED * DAY ? at + DELIVERED * DAY : undefined;
	const parcels = order.parcels.map(parcel => ({
		...parcel,
		...(back && { status: "cancelled" as const }),
		...(sent && { status: "shipped" as const, shippedAt: iso(sent), carrier: "DHL" }),
		...(there && { status: "delivered" as const, deliveredAt: iso(there) })
	}));
	const done: OrderDocument = {
		...order,
		state: ending,
		history,
		parcels,
		version: history.length + (sent ? 1 : 0) + (there ? 1 : 0),
		attempt: paid ? 1 : 0,
		reservedAt: at,
		expiresAt: at + TTL,
		...(paid && { paidAt: at }),
		...(back && { refundedAt: back }),
		seq: 2 + (back ? 1 : 0) + (sent ? 1 : 0) + (there ? 1 : 0),
		timeline: [
			{ at: iso(at), type: "placed" },
			{ at: iso(at), type: "reserved" },
			...(paid ? [{ at: iso(at), type: "paid" as const }] : []),
			...(ending === "EXPIRED" ? [{ at: iso(at + TTL), type: "expired" as const }] : []),
			...(back ? [{ at: iso(back), type: "refunded" as const }] : []),
			...(sent ? [{ at: iso(sent), type: "shipped" as const, sellerId: seller! }] : []),
			...(there ? [{ at: iso(there), type: "delivered" as const, sellerId: seller! }] : [])
		]
	};
	return { ...done, lists: listsOf(done) };
}

/** What the payment provider knows of it. */
export function chargeOf({ id, buyerId, total, createdAt, refundedAt }: OrderDocument): Charge {
	return {
		id: chargeId(id, 1),
		orderId: id,
		buyerId,
		attempt: 1,
		amount: total,
		currency: CURRENCY,
		outcome: "captured",
		decidesAt: createdAt,
		createdAt,
		refunded: refundedAt ? total : 0,
		refunds: refundedAt ? { [`${id}-all`]: total } : {}
	};
}
