import { createHash } from "node:crypto";
import type { Address } from "../shared/fields";
import { CURRENCY } from "../shared/money";
import { UNKNOWN } from "../shared/order-rules";
import type { Order, OrderItem, Parcel, TimelineEntry } from "../shared/order.contract";
import { statusOf, type SagaState } from "../shared/order-status";
import type { OrderReturn, Refund } from "../shared/refund";
import { parcelId } from "./parcels";
import { refundsOf, refundView, returnsOf, returnView } from "./refunds";

/** An order with all that its saga needs to know: whoever has the document can take it a step on. */
export interface OrderDocument {
	/** From the buyer and the idempotency key: an order a key. */
	id: string;
	number: string;
	/** What was asked for: the same key must come with the same request. */
	requestHash: string;
	buyerId: string;
	sellerIds: string[];
	productIds: string[];
	/** Keys of the lists that it is in. */
	lists: string[];
	state: SagaState;
	/** Every state it was in. */
	history: SagaState[];
	version: number;
	/** Payment attempts. */
	attempt: number;
	/** When the recovery worker should look at it, in milliseconds; absent when there is nothing to do. */
	dueAt?: number;
	/** How often the worker failed in an unforeseen way. */
	tries: number;
	/** One of the buyer's places for unpaid orders, unique while it has it. */
	slot?: string;
	items: OrderItem[];
	subtotal: number;
	discount: number;
	shipping: number;
	tax: number;
	total: number;
	shippingAddress: Address;
	shippingMethod: Order["shippingMethod"];
	createdAt: number;
	/** Milliseconds; from RESERVED on. */
	reservedAt?: number;
	expiresAt?: number;
	paidAt?: number;
	refundedAt?: number;
	/** While PAYING. */
	paymentToken?: string;
	payment?: { id: string; status: "pending" | "challenge" };
	/** Why it was refused: what the same key is told again. */
	short?: { sku: string; available: number }[];
	/** SKUs whose hold was gone when it was paid. */
	missing?: string[];
	parcels: Parcel[];
	timeline: TimelineEntry[];
	/** What is given back in part, by refund id: the provider and the stock are asked by these ids. */
	refunds?: Record<string, RefundEntry>;
	/** What the buyer wants to send back, by return id. */
	returns?: Record<string, ReturnEntry>;
	/** Number of events so far. */
	seq: number;
	/** Events that may not have been told yet, by "s<seq>". */
	outbox: Record<string, OutboxEvent>;
}
export interface OutboxEvent {
	seq: number;
	type: TimelineEntry["type"];
	state: SagaState;
	version: number;
	at: string;
	sellerId?: string;
	refundId?: string;
	returnId?: string;
}
/** A refund is asked for in the one update that takes its units out of the parcels; `doneAt` is when it was over. */
export interface RefundEntry extends Refund {
	/** What was asked for by this id. */
	hash: string;
	/** The n-th of its order. */
	n: number;
	reason: string;
	at: string;
	doneAt?: string;
	returnId?: string;
}
export interface ReturnEntry extends OrderReturn {
	hash: string;
	n: number;
}

export const hashOf = (value: unknown) =>
	createHash("sha256").update(JSON.stringify(value)).digest("base64url");
const iso = (ms: number) => new Date(ms).toISOString();

/** A parcel for each seller, in the order of the items. */
export function parcelsOf(items: OrderItem[], shopNames: Map<string, string>): Parcel[] {
	const sellers = [...new Set(items.map(({ sellerId }) => sellerId))];
	return sellers.map((sellerId, i) => ({
		id: parcelId(i + 1),
		sellerId,
		shopName: shopNames.get(sellerId) ?? "",
		lines: items
			.filter(item => item.sellerId === sellerId)
			.map(({ sku, quantity }) => ({ sku, quantity })),
		status: "unfulfilled"
	}));
}

const common = (order: OrderDocument) => ({
	currency: CURRENCY,
	items: order.items,
	subtotal: order.subtotal,
	discount: order.discount,
	shipping: order.shipping,
	tax: order.tax,
	total: order.total,
	shippingAddress: order.shippingAddress,
	shippingMethod: order.shippingMethod
});

/** An order as its buyer sees it. */
export const viewOf = (order: OrderDocument): Order => ({
	id: order.id,
	number: order.number,
	status: statusOf(order.state),
	...common(order),
	...(order.state === "RESERVED" && { expiresAt: iso(order.expiresAt!) }),
	...(order.state === "PAYING" && order.payment && { payment: order.payment }),
	parcels: order.parcels,
	timeline: order.timeline,
	refunds: refundsOf(order).map(refundView),
	returns: returnsOf(order).map(returnView),
	version: order.version,
	createdAt: iso(order.createdAt)
});

/** The answer to placing the order, however much later it is asked again: byte for byte the first one. */
export const placedView = (order: OrderDocument): Order => ({
	id: order.id,
	number: order.number,
	status: "reserved",
	...common(order),
	expiresAt: iso(order.expiresAt!),
	parcels: parcelsOf(
		order.items,
		new Map(order.parcels.map(({ sellerId, shopName }) => [sellerId, shopName]))
	),
	timeline: [
		{ at: iso(order.createdAt), type: "placed" },
		{ at: iso(order.reservedAt!), type: "reserved" }
	],
	refunds: [],
	returns: [],
	version: 2,
	createdAt: iso(order.createdAt)
});

/** An order as one of its sellers sees it: own lines, takings and parcels; the address once it is paid. */
export function sellerView(order: OrderDocument, sellerId: string): Order {
	const items = order.items.filter(item => item.sellerId === sellerId);
	const subtotal = items.reduce((sum, { lineTotal }) => sum + lineTotal, 0);
	const { country } = order.shippingAddress;
	const hidden = { name: UNKNOWN, line1: UNKNOWN, city: UNKNOWN, postalCode: UNKNOWN, country };
	const { payment: _payment, ...view } = viewOf(order);
	return {
		...view,
		items,
		subtotal,
		discount: 0,
		shipping: 0,
		total: subtotal,
		shippingAddress: order.paidAt ? order.shippingAddress : hidden,
		parcels: order.parcels.filter(parcel => parcel.sellerId === sellerId),
		timeline: order.timeline.filter(entry => !entry.sellerId || entry.sellerId === sellerId),
		refunds: view.refunds.filter(refund => refund.sellerId === sellerId),
		returns: view.returns.filter(one => one.sellerId === sellerId)
	};
}

/** What a hold says of its order. */
export const holderOf = ({ id, number, state, expiresAt }: OrderDocument) => ({
	id,
	number,
	status: statusOf(state),
	...(state === "RESERVED" && { expiresAt: iso(expiresAt!) })
});
