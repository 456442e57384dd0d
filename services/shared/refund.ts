import { z } from "zod";
import { Cents, Id, line, Quantity, Sku, Time } from "./fields";
import { OrderLine } from "./stock";

/** Units of a line that were given back, and the cents that were paid for them. */
export const RefundLine = z.strictObject({
	sku: Sku,
	productId: Id,
	quantity: Quantity,
	amount: Cents
});
/** What a seller gives back of an order. */
export const Refund = z.strictObject({
	id: Id,
	sellerId: Id,
	lines: z.array(RefundLine),
	/** The sum of the lines: the seller's. */
	amount: Cents,
	/** Given back besides, with the last unit of an order of which nothing was sent: nobody's takings. */
	shipping: Cents,
	/** The units went back on the shelf. */
	restock: z.boolean()
});
/** A refund as it stands: `pending` until the provider has answered and the shelf is right. */
export const OrderRefund = Refund.extend({
	status: z.enum(["pending", "done"]),
	reason: z.string(),
	at: Time,
	doneAt: Time.optional(),
	returnId: Id.optional()
}).meta({ id: "OrderRefund" });

export const ReturnStatus = z.enum(["requested", "approved", "declined", "received"]);
export type ReturnStatus = z.infer<typeof ReturnStatus>;
/** What a return may become; what is not here is not allowed. */
export const RETURN_MOVES: Record<ReturnStatus, readonly ReturnStatus[]> = {
	requested: ["approved", "declined", "received"],
	approved: ["declined", "received"],
	declined: [],
	received: []
};
/** Somebody is still to do something about it. */
export const isOpen = ({ status }: { status: ReturnStatus }) => RETURN_MOVES[status].length > 0;

/** What a buyer sends back to one seller. */
export const OrderReturn = z
	.strictObject({
		id: Id,
		sellerId: Id,
		lines: z.array(OrderLine),
		reason: z.string(),
		status: ReturnStatus,
		at: Time,
		decidedAt: Time.optional(),
		receivedAt: Time.optional(),
		/** What the seller said to it. */
		note: z.string().optional(),
		refundId: Id.optional()
	})
	.meta({ id: "OrderReturn" });

export const Reason = line(300);
/** The client's name for an operation: asked again by it, nothing is done twice. */
export const OperationId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);

interface Bought {
	sku: string;
	quantity: number;
}
/** What is left of lines when what was refunded is taken away; lines of which nothing is left are left out. */
export function remaining<T extends Bought>(
	bought: readonly T[],
	refunds: readonly { lines: readonly Bought[] }[]
): T[] {
	const gone = new Map<string, number>();
	for (const { lines } of refunds)
		for (const { sku, quantity } of lines) gone.set(sku, (gone.get(sku) ?? 0) + quantity);
	return bought.flatMap(one => {
		const quantity = one.quantity - (gone.get(one.sku) ?? 0);
		return quantity > 0 ? [{ ...one, quantity }] : [];
	});
}

export type Refund = z.infer<typeof Refund>;
export type OrderRefund = z.infer<typeof OrderRefund>;
export type OrderReturn = z.infer<typeof OrderReturn>;
