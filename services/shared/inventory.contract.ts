import { z } from "zod";
import { event, live, type ActionTable } from "./define";
import { Id, line, listOf, paging, Sku, Skus, Time, Version } from "./fields";
import { OrderStatus } from "./order-status";
import { OrderLine, SellerStock, Stock } from "./stock";

const forOrder = z.strictObject({ orderId: Id, lines: z.array(OrderLine).min(1).max(100) });
const threshold = z.int().min(0).max(1_000_000);

export const AdjustReason = z.enum([
	"received",
	"damaged",
	"lost",
	"found",
	"returned",
	"correction",
	"other"
]);
export const MovementKind = z.enum([
	"initial",
	"reserve",
	"release",
	"commit",
	"restock",
	"remove",
	"return"
]);
/** One change of a SKU's stock. The fold of a SKU's movements is its stock document. */
export const Movement = z
	.strictObject({
		sku: Sku,
		kind: MovementKind,
		quantity: z.int(),
		/** The order or the operation that it belongs to. */
		ref: z.string(),
		reason: z.string().optional(),
		by: z.string().optional(),
		version: Version,
		available: z.int(),
		held: z.int(),
		sold: z.int(),
		at: Time
	})
	.meta({ id: "Movement" });
export const Alert = z
	.strictObject({
		id: Id,
		kind: z.enum(["low", "out"]),
		sku: Sku,
		productId: Id,
		title: z.string(),
		available: z.int(),
		threshold: z.int(),
		since: Time
	})
	.meta({ id: "Alert" });
/** Something that `verify` found to be untrue. */
export const Finding = z
	.strictObject({
		/** Of RELIABILITY.md: I1 to I15. */
		invariant: z.string(),
		what: z.string(),
		refs: z.array(z.string())
	})
	.meta({ id: "Finding" });

export const inventoryActions = {
	"inventory.open": {
		about: "Makes the stock documents of new SKUs; harmless when repeated",
		access: "internal",
		params: z.strictObject({
			productId: Id,
			sellerId: Id,
			title: z.string(),
			items: z
				.array(z.strictObject({ sku: Sku, stock: z.int().min(0), threshold: threshold.optional() }))
				.min(1)
				.max(100)
		}),
		result: z.array(Stock),
		refuses: ["SKU_TAKEN"]
	},
	"inventory.retitle": {
		about: "Tells the SKUs of a product its title; harmless when repeated or late",
		access: "internal",
		params: z.strictObject({ productId: Id, title: z.string(), version: Version }),
		result: z.null(),
		timeout: 2000
	},
	"inventory.reserve": {
		about: "Holds stock for an order, line by line; harmless when repeated",
		access: "internal",
		params: forOrder.extend({
			/** Milliseconds since 1970: a reserve that comes later is `LATE`, for its order may have moved on. */
			notAfter: z.int()
		}),
		result: z.strictObject({
			outcome: z.enum(["HELD", "OUT_OF_STOCK", "CLOSED", "LATE"]),
			short: z.array(z.strictObject({ sku: Sku, available: z.int() }))
		}),
		timeout: 2000
	},
	"inventory.commit": {
		about: "Turns an order's holds into sales; harmless when repeated",
		access: "internal",
		params: forOrder,
		result: z.strictObject({ sold: z.boolean(), missing: z.array(Sku) }),
		timeout: 2000
	},
	"inventory.release": {
		about: "Gives an order's holds back and bars late reserves; harmless when repeated",
		access: "internal",
		params: forOrder,
		result: z.null(),
		timeout: 2000
	},
	"inventory.takeBack": {
		about: "Puts sold units back on the shelf, once per operation",
		access: "internal",
		params: z.strictObject({
			orderId: Id,
			operationId: z.string().min(8).max(80),
			lines: z.array(OrderLine).min(1).max(100)
		}),
		result: z.null(),
		timeout: 2000
	},
	"inventory.stock": {
		about: "Stock of SKUs and of whole products",
		access: "internal",
		params: z.strictObject({
			skus: z.array(Sku).max(1000).default([]),
			productIds: z.array(Id).max(1000).default([])
		}),
		result: z.array(SellerStock)
	},
	"inventory.all": {
		about: "Every SKU's stock, a page at a time by SKU: fills the search index",
		access: "internal",
		params: z.strictObject({
			after: z.string().default(""),
			limit: z.int().max(5000).default(2000)
		}),
		result: z.array(SellerStock)
	},
	"inventory.adjust": {
		about: "Changes a SKU's stock by a difference",
		access: "seller",
		route: "POST /seller/stock/:sku/adjust",
		params: z.strictObject({
			sku: Sku,
			delta: z
				.int()
				.min(-1_000_000)
				.max(1_000_000)
				.refine(delta => delta !== 0, "Not zero"),
			reason: AdjustReason,
			note: line(200).optional(),
			operationId: z
				.string()
				.regex(/^[A-Za-z0-9-]{8,64}$/)
				.optional()
		}),
		result: SellerStock,
		refuses: ["NOT_FOUND", "OUT_OF_STOCK", "IDEMPOTENCY_KEY_REUSED"]
	},
	"inventory.mine": {
		about:
			"Your stock of at most 100 SKUs, with what is sold and when you are alerted; those that aren't yours are left out",
		access: "seller",
		route: "GET /seller/stock",
		params: z.strictObject({
			skus: Skus
		}),
		result: z.strictObject({ items: z.array(SellerStock) })
	},
	"inventory.setThreshold": {
		about: "At how many units left its seller is alerted",
		access: "seller",
		route: "PUT /seller/stock/:sku/threshold",
		params: z.strictObject({ sku: Sku, threshold }),
		result: SellerStock,
		refuses: ["NOT_FOUND"]
	},
	"inventory.threshold": {
		about: "At how many units left you are alerted where a SKU doesn't say",
		access: "seller",
		route: "GET /seller/threshold",
		params: z.strictObject({}),
		result: z.strictObject({ threshold })
	},
	"inventory.setDefaultThreshold": {
		about: "Sets that; the SKUs that have no threshold of their own follow in a moment",
		access: "seller",
		route: "PUT /seller/threshold",
		params: z.strictObject({ threshold }),
		result: z.strictObject({ threshold })
	},
	"inventory.sellerHolds": {
		about:
			"Who holds how many of a SKU of yours and until when, the first to end first; at most 100",
		access: "seller",
		route: "GET /seller/stock/:sku/holds",
		params: z.strictObject({ sku: Sku }),
		result: z.strictObject({
			items: z.array(
				z.strictObject({
					orderId: Id,
					quantity: z.int(),
					/** Left out while the orders can't be asked. */
					number: z.string().optional(),
					status: OrderStatus.optional(),
					/** Until when the buyer has time; not while the payment is under way. */
					expiresAt: Time.optional()
				})
			),
			total: z.int()
		}),
		refuses: ["NOT_FOUND"]
	},
	"inventory.movements": {
		about: "The ledger of a SKU, newest first",
		access: "seller",
		route: "GET /seller/stock/:sku/movements",
		params: z.strictObject({ sku: Sku, ...paging }),
		result: listOf(Movement),
		refuses: ["NOT_FOUND"]
	},
	"inventory.alerts": {
		about: "What is low or sold out",
		access: "seller",
		route: "GET /seller/alerts",
		params: z.strictObject({ ...paging }),
		result: listOf(Alert)
	},
	"inventory.holds": {
		about: "Every hold, a page at a time by SKU: what `ops.verify` compares with the orders",
		access: "internal",
		params: z.strictObject({
			after: z.string().default(""),
			limit: z.int().max(5000).default(1000),
			/** Only those SKUs that may hold something. */
			heldOnly: z.boolean().default(false)
		}),
		result: z.array(
			z.strictObject({
				sku: Sku,
				sold: z.int(),
				returned: z.int(),
				held: z.array(z.strictObject({ orderId: Id, quantity: z.int() }))
			})
		)
	},
	"inventory.inspect": {
		about: "A SKU's stock with its holds and last movements: for `shop stock` in the REPL",
		access: "internal",
		params: z.strictObject({ sku: Sku }),
		result: z
			.strictObject({
				stock: SellerStock,
				sellerId: Id,
				initial: z.int(),
				restocked: z.int(),
				removed: z.int(),
				returned: z.int(),
				held: z.array(z.strictObject({ orderId: Id, quantity: z.int() })),
				/** Orders that are done with this SKU, as long as a late message could be about them. */
				closed: z.array(
					z.strictObject({ orderId: Id, as: z.enum(["SOLD", "RELEASED"]), at: Time })
				),
				/** Movements that are in the document but not known to be in the ledger. */
				unledgered: z.array(z.string()),
				/** The last ten, newest first. */
				movements: z.array(
					z.strictObject({
						version: Version,
						kind: MovementKind,
						quantity: z.int(),
						ref: z.string(),
						at: Time
					})
				)
			})
			.nullable()
	},
	"inventory.verify": {
		about: "I1 to I3 and the ledger's fold, of every SKU",
		access: "internal",
		params: z.strictObject({}),
		result: z.strictObject({ checked: z.int(), findings: z.array(Finding) }),
		timeout: 60_000
	}
} satisfies ActionTable;

export const Crossing = z.strictObject({
	sku: Sku,
	productId: Id,
	sellerId: Id,
	title: z.string(),
	available: z.int(),
	threshold: z.int(),
	/** Of the stock document when it crossed: makes a repeated event recognisable. */
	version: Version
});
const StockChange = Stock.extend({ threshold: z.int().min(0).optional() });
const alerted =
	(event: "stock.low" | "stock.out") =>
	({ sku, productId, sellerId, available, threshold }: z.output<typeof Crossing>) => [
		{
			rooms: [`seller:${sellerId}` as const],
			event,
			data: { sku, productId, available, threshold }
		}
	];

export const inventoryEvents = {
	/** With the threshold, which is for our own services: it stays inside. */
	"stock.changed": live(StockChange, ({ threshold: _inside, ...stock }) => [
		{
			rooms: [`stock:${stock.sku}`, `product:${stock.productId}`],
			event: "stock.changed",
			data: stock,
			latest: stock.sku
		}
	]),
	"stock.low": live(Crossing, alerted("stock.low")),
	"stock.out": live(Crossing, alerted("stock.out")),
	"stock.recovered": event(Crossing)
};

export type Movement = z.infer<typeof Movement>;
export type Alert = z.infer<typeof Alert>;
export type Finding = z.infer<typeof Finding>;
export type Crossing = z.infer<typeof Crossing>;
