import { z } from "zod";
import type { ActionTable } from "./define";
import { Cents, Currency, Id } from "./fields";
import { Order } from "./order.contract";

/** What the provider says of a capture. `pending` and `challenge` are no decisions: ask again. */
export const CaptureOutcome = z.enum(["captured", "declined", "pending", "challenge"]);

export const paymentActions = {
	"payment.capture": {
		about: "Captures an order's total, once per attempt; a repeat gets the first result",
		access: "internal",
		params: z.strictObject({
			orderId: Id,
			buyerId: Id,
			attempt: z.int().min(1),
			amount: Cents,
			currency: Currency,
			paymentToken: z.string().max(100),
			/** Milliseconds since 1970: an undecided challenge is declined then. */
			until: z.int()
		}),
		result: z.strictObject({ paymentId: Id, outcome: CaptureOutcome }),
		timeout: 3000
	},
	"payment.refund": {
		about: "Gives back what was captured for an order, once per key",
		access: "internal",
		params: z.strictObject({ orderId: Id, amount: Cents, key: z.string().max(80) }),
		result: z.null(),
		timeout: 3000
	},
	"payment.confirm": {
		about: "Answers the provider's challenge, as a buyer would on a bank's page",
		access: "buyer",
		route: "POST /payments/:id/confirm",
		params: z.strictObject({ id: Id, approve: z.boolean().default(true) }),
		result: Order,
		timeout: 5000,
		refuses: ["NOT_FOUND", "INVALID_STATE", "PAYMENT_DECLINED"]
	},
	"payment.ledger": {
		about:
			"The provider's own log by order, a page at a time: what `ops.verify` compares with the orders",
		access: "internal",
		params: z.strictObject({ orderIds: z.array(Id).max(2000) }),
		result: z.array(
			z.strictObject({ orderId: Id, captured: Cents, refunded: Cents, captures: z.int() })
		),
		timeout: 30_000
	},
	"payment.strays": {
		about: "Orders that the provider charged, a page at a time by id",
		access: "internal",
		params: z.strictObject({
			after: z.string().default(""),
			limit: z.int().max(2000).default(500)
		}),
		result: z.array(Id)
	}
} satisfies ActionTable;
