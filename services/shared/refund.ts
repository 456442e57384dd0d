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

export { isOpen, remaining, RETURN_MOVES } from "./order-rules";
export type Refund = z.infer<typeof Refund>;
export type OrderRefund = z.infer<typeof OrderRefund>;
export type OrderReturn = z.infer<typeof OrderReturn>;
