import type { Notification } from "../shared/notification.contract";
import type { OrderChanged, OrderItem } from "../shared/order.contract";
import type { Crossing } from "../shared/inventory.contract";
import type { OrderLine } from "../shared/stock";

/** What somebody is told: a notification before it has an id. */
export interface Notice extends Pick<Notification, "kind" | "title" | "body" | "link"> {
	userId: string;
}

/** A format takes a hundred times as long to make as to use. */
const formats = new Map<string, (cents: number) => string>();
function formatOf(currency: string): (cents: number) => string {
	const format = new Intl.NumberFormat("en", { style: "currency", currency });
	const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
	const made = (cents: number) => format.format(cents / 10 ** digits);
	formats.set(currency, made);
	return made;
}
const money = (cents: number, currency: string) =>
	(formats.get(currency) ?? formatOf(currency))(cents);

const counted = (quantity: number, title: string) =>
	quantity === 1 ? title : `${quantity} × ${title}`;
/** "3 × Stoneware mug", "Stoneware mug and 2 more". */
function named(items: readonly OrderItem[]): string {
	const first = items[0];
	if (!first) return "Nothing";
	const more = items.length - 1;
	return counted(first.quantity, first.title) + (more > 0 ? ` and ${more} more` : "");
}

type Texts = { [T in OrderChanged["type"]]?: [Notice["kind"], string, string] };

/** The items of a step that is about some of their units. */
function itemsIn(items: readonly OrderItem[], lines: readonly OrderLine[] = []): OrderItem[] {
	return lines.flatMap(({ sku, quantity }) => {
		const item = items.find(one => one.sku === sku);
		return item ? [{ ...item, quantity }] : [];
	});
}

const toBuyer = (order: OrderChanged) => {
	const { number, items, total, currency, sellerId, given = total } = order;
	const own = order.parcels.filter(one => one.sellerId === sellerId);
	const parcel = own.find(({ shippedAt }) => shippedAt === order.at) ?? own[0];
	const shop = parcel?.shopName ?? "The shop";
	const carrier = parcel?.carrier ? ` with ${parcel.carrier}` : "";
	const tracking = parcel?.tracking ? `, tracking number ${parcel.tracking}` : "";
	const refunded = named(itemsIn(items, order.refund?.lines));
	const returned = named(itemsIn(items, order.return?.lines));
	const texts: Texts = {
		paid: [
			"order.paid",
			`Order ${number} confirmed`,
			`${named(items)}. You paid ${money(total, currency)}.`
		],
		shipped: [
			"order.shipped",
			`Order ${number} shipped`,
			`${shop} sent your parcel${carrier}${tracking}.`
		],
		delivered: [
			"order.delivered",
			`Order ${number} delivered`,
			`Your parcel from ${shop} has arrived.`
		],
		expired: [
			"order.expired",
			`Order ${number} expired`,
			"It was not paid in time. Nothing was charged."
		],
		cancelled: [
			"order.cancelled",
			`Order ${number} cancelled`,
			"Nothing was charged, and the items are back on the shelf."
		],
		refunded: [
			"order.refunded",
			`Order ${number} refunded`,
			`${money(given, currency)} is on its way back to you.`
		],
		partly_refunded: [
			"order.refunded",
			`Refund for order ${number}`,
			`${shop} gives you ${money(given, currency)} back for ${refunded}.`
		],
		return_approved: [
			"order.return",
			`Return for order ${number} accepted`,
			`${shop} takes ${returned} back. Send it now.`
		],
		return_declined: [
			"order.return",
			`Return for order ${number} declined`,
			`${shop} doesn't take ${returned} back. The order says why.`
		],
		return_received: [
			"order.return",
			`Return for order ${number} received`,
			`${shop} has got ${returned} back.`
		]
	};
	return texts[order.type];
};

/** A seller hears of the own items and takings, and of nobody else's. */
function toSeller(order: OrderChanged, own: readonly OrderItem[]) {
	const takings = money(
		own.reduce((sum, { lineTotal }) => sum + lineTotal, 0),
		order.currency
	);
	const texts: Texts = {
		paid: ["sale", `${named(own)} sold`, `Order ${order.number}, ${takings}. Ready to ship.`],
		refunded: [
			"sale.refunded",
			`Order ${order.number} refunded`,
			`${named(own)}, ${takings}. Nothing is left to ship.`
		],
		return_requested: [
			"sale.return",
			`Return for order ${order.number}`,
			`The buyer wants to send ${named(itemsIn(own, order.return?.lines))} back.`
		]
	};
	// what concerns one seller is told to no other
	const isTheirs = !order.sellerId || own[0]?.sellerId === order.sellerId;
	return isTheirs && own.length ? texts[order.type] : undefined;
}

/** Whom a step of an order concerns, and in which words. */
export function noticesOf(order: OrderChanged): Notice[] {
	const told = toBuyer(order);
	const sellers = [...new Set(order.items.map(({ sellerId }) => sellerId))];
	return [
		...(told ? [notice(order.buyerId, `/orders/${order.id}`, told)] : []),
		...sellers.flatMap(sellerId => {
			const own = order.items.filter(item => item.sellerId === sellerId);
			const told = toSeller(order, own);
			return told ? [notice(sellerId, `/seller/orders/${order.id}`, told)] : [];
		})
	];
}

/** What a seller is told when stock runs low or out. */
export function stockNotice(kind: "stock.low" | "stock.out", stock: Crossing): Notice {
	const { sku, title, available, sellerId, productId } = stock;
	const text: [string, string] =
		kind === "stock.out"
			? [`${title} is sold out`, `No more ${sku} to sell. Restock it to go on.`]
			: [`${title} runs low`, `${available} left of ${sku}.`];
	return notice(sellerId, `/seller/products/${productId}`, [kind, ...text]);
}

const notice = (
	userId: string,
	link: string,
	[kind, title, body]: [Notice["kind"], string, string]
): Notice => ({ userId, kind, title, body, link });
