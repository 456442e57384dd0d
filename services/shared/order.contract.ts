import { z } from "zod";
import { live, type ActionTable, type Push } from "./define";
import {
	Address,
	Cents,
	Currency,
	Id,
	IdempotencyKey,
	line,
	listOf,
	Options,
	paging,
	Sku,
	Time,
	Version
} from "./fields";
import { Fulfilment, OrderStatus, ParcelStatus } from "./order-status";
import { OperationId, OrderRefund, OrderReturn, Reason, Refund } from "./refund";
import { OrderLine } from "./stock";

export const OrderItem = z
	.strictObject({
		sku: Sku,
		productId: Id,
		title: z.string(),
		options: Options,
		image: z.string().nullable(),
		sellerId: Id,
		unitPrice: Cents,
		quantity: z.int(),
		lineTotal: Cents
	})
	.meta({ id: "OrderItem" });
export const Parcel = z
	.strictObject({
		id: z.string(),
		sellerId: Id,
		shopName: z.string(),
		lines: z.array(OrderLine),
		status: ParcelStatus,
		carrier: z.string().optional(),
		tracking: z.string().optional(),
		shippedAt: Time.optional(),
		deliveredAt: Time.optional()
	})
	.meta({ id: "Parcel" });
export const TimelineEntry = z.strictObject({
	at: Time,
	type: z.enum([
		"placed",
		"reserved",
		"rejected",
		"paying",
		"declined",
		"paid",
		"expired",
		"cancelled",
		"refunded",
		"shipped",
		"delivered",
		"attention",
		"partly_refunded",
		"return_requested",
		"return_approved",
		"return_declined",
		"return_received"
	]),
	sellerId: Id.optional(),
	/** What was given back. */
	amount: Cents.optional(),
	note: z.string().optional()
});
export const ShippingMethod = z.enum(["standard", "express"]);
export const SHIPPING: Record<z.infer<typeof ShippingMethod>, number> = {
	standard: 0,
	express: 790
};

export const Order = z
	.strictObject({
		id: Id,
		number: z.string(),
		status: OrderStatus,
		currency: Currency,
		items: z.array(OrderItem),
		subtotal: Cents,
		discount: Cents,
		shipping: Cents,
		tax: Cents,
		total: Cents,
		shippingAddress: Address,
		shippingMethod: ShippingMethod,
		/** While `reserved`: until when the stock is held. */
		expiresAt: Time.optional(),
		/** While `paying`: what the provider waits for. */
		payment: z.strictObject({ id: Id, status: z.enum(["pending", "challenge"]) }).optional(),
		parcels: z.array(Parcel),
		timeline: z.array(TimelineEntry),
		/** Given back in part, the first first; an order refunded as a whole says so by its status. */
		refunds: z.array(OrderRefund),
		returns: z.array(OrderReturn),
		version: Version,
		createdAt: Time
	})
	.meta({ id: "Order" });

const byId = z.strictObject({ id: Id });
const nobodys = ["NOT_FOUND"] as const;
const lines = z.array(OrderLine).min(1).max(100);

export const orderActions = {
	"order.place": {
		about: "Turns items into an order and holds their stock until `expiresAt`",
		access: "buyer",
		route: "POST /orders",
		status: 201,
		params: z.strictObject({
			idempotencyKey: IdempotencyKey,
			items: lines,
			shippingAddress: Address,
			shippingMethod: ShippingMethod.optional(),
			couponCode: z.string().max(40).optional(),
			expectedTotal: Cents.optional()
		}),
		result: Order.extend({ replayed: z.literal(true).optional() }).meta({ id: "PlacedOrder" }),
		timeout: 5000,
		refuses: [
			"IDEMPOTENCY_KEY_REQUIRED",
			"OUT_OF_STOCK",
			"PRICE_CHANGED",
			"IDEMPOTENCY_IN_PROGRESS",
			"IDEMPOTENCY_KEY_REUSED",
			"TOO_MANY_OPEN_ORDERS",
			"CHECKOUT_PENDING"
		]
	},
	"order.pay": {
		about: "Pays a reserved order; 202 while the provider is undecided",
		access: "buyer",
		route: "POST /orders/:id/pay",
		undecided: 202,
		params: byId.extend({ paymentToken: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/) }),
		result: Order,
		timeout: 5000,
		refuses: [...nobodys, "PAYMENT_DECLINED", "INVALID_STATE"]
	},
	"order.cancel": {
		about: "Cancels an order; one that was paid is refunded, if nothing was shipped",
		access: "buyer",
		route: "POST /orders/:id/cancel",
		params: byId.extend({ reason: line(300).optional() }),
		result: Order,
		timeout: 5000,
		refuses: [...nobodys, "INVALID_STATE", "CHECKOUT_PENDING"]
	},
	"order.holders": {
		about: "What a seller may know of the orders that hold their stock; unknown ones are left out",
		access: "internal",
		params: z.strictObject({ orderIds: z.array(Id).max(100) }),
		result: z.array(
			z.strictObject({
				id: Id,
				number: z.string(),
				status: OrderStatus,
				expiresAt: Time.optional()
			})
		),
		timeout: 2000
	},
	"order.list": {
		about: "Your orders, newest first",
		access: "buyer",
		route: "GET /orders",
		params: z.strictObject({ status: OrderStatus.optional(), ...paging }),
		result: listOf(Order)
	},
	"order.get": {
		about: "One order of yours",
		access: "buyer",
		route: "GET /orders/:id",
		params: byId,
		result: Order,
		refuses: nobodys
	},
	"order.sendBack": {
		about: "Asks its sellers to take back what was shipped, a return for each of them",
		access: "buyer",
		route: "POST /orders/:id/returns",
		status: 201,
		params: byId.extend({ lines, reason: Reason, operationId: OperationId.optional() }),
		result: Order,
		refuses: [...nobodys, "INVALID_STATE", "CHECKOUT_PENDING", "IDEMPOTENCY_KEY_REUSED"]
	},
	"order.incoming": {
		about: "Orders with your parcels, newest first; without a status those that were paid",
		access: "seller",
		route: "GET /seller/orders",
		params: z.strictObject({
			status: OrderStatus.optional(),
			/** How far your part of paid orders has come. */
			fulfilment: Fulfilment.optional(),
			/** A whole order number or the beginning of one, a recipient's name or a part of it, a SKU, a tracking number. */
			q: line(100).optional(),
			/** Placed at this moment or later. */
			from: Time.optional(),
			/** Placed before this moment. */
			to: Time.optional(),
			/** `next` of the page before: as quick at the end of a list as at its beginning. */
			after: z
				.string()
				.regex(/^\d{1,16}-[a-z0-9]{8,40}$/)
				.optional(),
			...paging
		}),
		result: listOf(Order).extend({ next: z.string().optional() })
	},
	"order.queue": {
		about: "How many of your paid orders are how far",
		access: "seller",
		route: "GET /seller/orders/counts",
		params: z.strictObject({}),
		result: z.record(Fulfilment, z.int())
	},
	"order.incomingOne": {
		about: "Your part of an order",
		access: "seller",
		route: "GET /seller/orders/:id",
		params: byId,
		result: Order,
		refuses: nobodys
	},
	"order.ship": {
		about: "Hands your parcel, or some lines of it, to a carrier",
		access: "seller",
		route: "POST /seller/orders/:id/ship",
		params: byId.extend({
			lines: lines.optional(),
			carrier: line(60).optional(),
			tracking: line(80).optional()
		}),
		result: Order,
		refuses: [...nobodys, "INVALID_STATE", "CHECKOUT_PENDING"]
	},
	"order.deliver": {
		about: "Marks what you shipped as delivered",
		access: "seller",
		route: "POST /seller/orders/:id/deliver",
		params: byId,
		result: Order,
		refuses: [...nobodys, "INVALID_STATE", "CHECKOUT_PENDING"]
	},
	"order.refund": {
		about:
			"Gives lines of yours back: those that weren't shipped are cancelled, shipped ones are taken back, or the buyer keeps them",
		access: "seller",
		route: "POST /seller/orders/:id/refund",
		params: byId.extend({
			lines,
			reason: Reason,
			/** They go back on the shelf: of what was shipped, only what has come back can. */
			restock: z.boolean(),
			/** Only what wasn't shipped, or only what was; without it first those, then these. */
			of: z.enum(["unshipped", "shipped"]).optional(),
			operationId: OperationId.optional()
		}),
		result: Order,
		timeout: 5000,
		refuses: [...nobodys, "INVALID_STATE", "CHECKOUT_PENDING", "IDEMPOTENCY_KEY_REUSED"]
	},
	"order.approveReturn": {
		about: "Lets a buyer send something back",
		access: "seller",
		route: "POST /seller/orders/:id/returns/:returnId/approve",
		params: byId.extend({ returnId: Id, note: line(300).optional() }),
		result: Order,
		refuses: [...nobodys, "INVALID_STATE"]
	},
	"order.declineReturn": {
		about: "Doesn't take something back, and says why",
		access: "seller",
		route: "POST /seller/orders/:id/returns/:returnId/decline",
		params: byId.extend({ returnId: Id, note: line(300) }),
		result: Order,
		refuses: [...nobodys, "INVALID_STATE"]
	},
	"order.receiveReturn": {
		about: "Has got something back, and gives the money back for it",
		access: "seller",
		route: "POST /seller/orders/:id/returns/:returnId/receive",
		params: byId.extend({
			returnId: Id,
			/** What has come; without it all that was to come. */
			lines: lines.optional(),
			restock: z.boolean(),
			note: line(300).optional()
		}),
		result: Order,
		timeout: 5000,
		refuses: [...nobodys, "INVALID_STATE", "CHECKOUT_PENDING"]
	},
	"order.settle": {
		about:
			"Takes an order as far as it goes: asked by the payment service when a payment is decided",
		access: "internal",
		params: byId,
		result: Order.nullable(),
		timeout: 5000
	},
	"order.bought": {
		about: "Did this user ever pay for this product?",
		access: "internal",
		params: z.strictObject({ userId: Id, productId: Id }),
		result: z.boolean()
	},
	"order.party": {
		about: "What somebody is to an order: decides who may hear of it",
		access: "internal",
		params: z.strictObject({ id: Id, userId: Id }),
		result: z.enum(["buyer", "seller"]).nullable()
	},
	"order.inspect": {
		about: "An order by its id or number as its saga sees it: for `shop order` in the REPL",
		access: "internal",
		params: z.strictObject({ name: z.string().max(40) }),
		result: z
			.strictObject({
				id: Id,
				number: z.string(),
				buyerId: Id,
				state: z.string(),
				history: z.array(z.string()),
				version: Version,
				attempt: z.int(),
				tries: z.int(),
				total: Cents,
				lines: z.array(z.strictObject({ sku: Sku, quantity: z.int(), unitPrice: Cents })),
				createdAt: Time,
				expiresAt: Time.nullable(),
				paidAt: Time.nullable(),
				refundedAt: Time.nullable(),
				/** When the worker looks at it. */
				dueAt: Time.nullable(),
				payment: z.strictObject({ id: Id, status: z.enum(["pending", "challenge"]) }).nullable(),
				missing: z.array(Sku),
				/** Steps that may not have been told yet. */
				outbox: z.array(z.strictObject({ seq: z.int(), type: TimelineEntry.shape.type, at: Time })),
				timeline: z.array(TimelineEntry)
			})
			.nullable()
	},
	"order.facts": {
		about: "What `ops.verify` and `sales.rebuild` need of every order, a page at a time by id",
		access: "internal",
		params: z.strictObject({
			after: z.string().default(""),
			limit: z.int().max(2000).default(500)
		}),
		result: z.array(
			z.strictObject({
				id: Id,
				state: z.string(),
				version: Version,
				history: z.array(z.string()),
				total: Cents,
				dirty: z.boolean(),
				leaseUntil: z.int(),
				lines: z.array(
					z.strictObject({
						sku: Sku,
						quantity: z.int(),
						unitPrice: Cents,
						sellerId: Id,
						productId: Id,
						title: z.string()
					})
				),
				reservedAt: Time.nullable(),
				paidAt: Time.nullable(),
				/** When all that was left was given back: `remaining(lines, refunds)`. */
				refundedAt: Time.nullable(),
				/** Given back in part; without `doneAt` still under way. */
				refunds: z.array(Refund.extend({ doneAt: Time.nullable() }))
			})
		)
	}
} satisfies ActionTable;

/**
 * A step of an order. Whoever must not miss one is called with it until it answers, more than once and in any order;
 * whoever only shows it hears the event.
 */
export const OrderStep = z.strictObject({
	id: Id,
	number: z.string(),
	seq: z.int().min(1),
	type: TimelineEntry.shape.type,
	status: OrderStatus,
	version: Version,
	at: Time,
	buyerId: Id,
	total: Cents,
	currency: Currency,
	/** With `refunded` only what was given back by this step: without what was refunded in part before. */
	items: z.array(OrderItem),
	parcels: z.array(Parcel),
	/** The seller who acted, for `shipped`, `delivered` and `partly_refunded`, or whom a return concerns. */
	sellerId: Id.optional(),
	/** When its stock was held: with steps from then on. */
	reservedAt: Time.optional(),
	/** When it was paid: with steps from then on. */
	paidAt: Time.optional(),
	/** Cents that were given back by this step: with `refunded` and `partly_refunded`. */
	given: Cents.optional(),
	/** With `partly_refunded`. */
	refund: Refund.optional(),
	/** With steps of a return. */
	return: OrderReturn.pick({ id: true, lines: true, status: true }).optional()
});

/** The buyer hears of the whole order, a seller of the own parcels only. */
function told({ id, status, version, parcels, buyerId }: z.output<typeof OrderStep>): Push[] {
	const event = "order.updated";
	const sellers = [...new Set(parcels.map(parcel => parcel.sellerId))];
	const push = (rooms: Push["rooms"], own: typeof parcels): Push => ({
		rooms,
		event,
		data: { id, status, version, parcels: own }
	});
	return [
		push([`user:${buyerId}`, `order:${id}:buyer`], parcels),
		...(status === "pending" || status === "rejected" ? [] : sellers).map(sellerId =>
			push(
				[`seller:${sellerId}`, `order:${id}:${sellerId}`],
				parcels.filter(parcel => parcel.sellerId === sellerId)
			)
		)
	];
}

export const orderEvents = { "order.changed": live(OrderStep, told) };

export type Order = z.infer<typeof Order>;
export type OrderItem = z.infer<typeof OrderItem>;
export type Parcel = z.infer<typeof Parcel>;
export type TimelineEntry = z.infer<typeof TimelineEntry>;
export type OrderChanged = z.infer<typeof OrderStep>;
