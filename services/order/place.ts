import { fail, failField } from "../errors";
import type { Sellable } from "../shared/catalog.contract";
import type { Params } from "../shared/contract";
import { SHIPPING, type OrderItem } from "../shared/order.contract";
import type { OrderLine } from "../shared/stock";
import { idOf } from "../id";
import { LEASE } from "./drive";
import { listsOf } from "./lists";
import { hashOf, parcelsOf, type OrderDocument } from "./order-document";

type Request = Params<"order.place">;
const MOST_OF_A_SKU = 999;
const MOST_CENTS = 1_000_000_000;

/** Lines of the same SKU are one line. */
export function merged(lines: OrderLine[]): OrderLine[] {
	const bySku = new Map<string, number>();
	for (const [i, { sku, quantity }] of lines.entries()) {
		const sum = (bySku.get(sku) ?? 0) + quantity;
		if (sum > MOST_OF_A_SKU) failField(`items.${i}.quantity`, `At most ${MOST_OF_A_SKU} of a SKU`);
		bySku.set(sku, sum);
	}
	return [...bySku].map(([sku, quantity]) => ({ sku, quantity }));
}

export const requestHash = ({ idempotencyKey: _key, ...request }: Request) => hashOf(request);

/** A new order as it was asked for, at the prices of now; refuses what can't be bought. */
export function newOrder(
	id: string,
	buyerId: string,
	request: Request,
	sellables: Sellable[],
	now: number
): OrderDocument {
	const known = new Map(sellables.map(sellable => [sellable.sku, sellable]));
	const lines = merged(request.items);
	const unknown = request.items.findIndex(({ sku }) => !known.has(sku));
	if (unknown >= 0) failField(`items.${unknown}.sku`, "There is no such SKU", "UNKNOWN_SKU");
	const gone = lines.filter(({ sku }) => known.get(sku)!.status !== "published");
	if (gone.length) refuseShort(gone.map(({ sku }) => ({ sku, available: 0 })));
	if (request.couponCode !== undefined)
		failField("couponCode", "There is no such coupon", "UNKNOWN_COUPON");

	const items: OrderItem[] = lines.map(({ sku, quantity }) => {
		const { productId, title, options, image, sellerId, unitPrice } = known.get(sku)!;
		const lineTotal = unitPrice * quantity;
		return { sku, productId, title, options, image, sellerId, unitPrice, quantity, lineTotal };
	});
	const subtotal = items.reduce((sum, { lineTotal }) => sum + lineTotal, 0);
	const shippingMethod = request.shippingMethod ?? "standard";
	const shipping = SHIPPING[shippingMethod];
	const total = subtotal + shipping;
	if (total > MOST_CENTS) failField("items", "That is more than one order can be worth");
	if (request.expectedTotal !== undefined && request.expectedTotal !== total)
		fail("PRICE_CHANGED", {
			errors: [{ path: "expectedTotal", code: "PRICE_CHANGED", message: `The total is ${total}` }]
		});

	const parcels = parcelsOf(
		items,
		new Map(sellables.map(({ sellerId, shopName }) => [sellerId, shopName]))
	);
	const { shippingAddress } = request;
	const listed = {
		buyerId,
		sellerIds: [...new Set(items.map(({ sellerId }) => sellerId))],
		productIds: [...new Set(items.map(({ productId }) => productId))],
		state: "NEW" as const,
		items,
		parcels,
		shippingAddress
	};
	return {
		id,
		number: `CM-${id.slice(1, 9).toUpperCase()}`,
		requestHash: requestHash(request),
		...listed,
		lists: listsOf(listed),
		history: ["NEW"],
		version: 1,
		attempt: 0,
		dueAt: now + LEASE,
		tries: 0,
		subtotal,
		discount: 0,
		shipping,
		tax: 0,
		total,
		shippingMethod,
		createdAt: now,
		timeline: [{ at: new Date(now).toISOString(), type: "placed" }],
		seq: 0,
		outbox: {}
	};
}

export const orderId = (buyerId: string, key: string) => idOf("o", buyerId, key);
export const linesOf = ({ items }: OrderDocument): OrderLine[] =>
	items.map(({ sku, quantity }) => ({ sku, quantity }));

/** Refuses an order for what is short, SKU by SKU; `replayed` says that it was refused so before. */
export const refuseShort = (short: { sku: string; available: number }[], replayed = false): never =>
	fail("OUT_OF_STOCK", {
		...(replayed && { replayed }),
		errors: short.map(({ sku, available }) => ({
			path: sku,
			code: "OUT_OF_STOCK",
			message: available ? `Only ${available} left` : "Sold out"
		}))
	});
