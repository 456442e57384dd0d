import { fail, failField } from "../errors";
import { split } from "../shared/money";
import { refundable, returnable, unitsOf, unsent } from "../shared/order-rules";
import type { Parcel } from "../shared/order.contract";
import type { OrderRefund, OrderReturn, Refund } from "../shared/refund";
import type { OrderLine } from "../shared/stock";
import type { OrderDocument, RefundEntry, ReturnEntry } from "./order-document";
import { taken } from "./parcels";

/** Refunds, and returns, that one order may have. */
const MOST = 200;

/** What an order gives back in part, the first first. */
export const refundsOf = ({ refunds = {} }: OrderDocument): RefundEntry[] =>
	Object.values(refunds).toSorted((a, b) => a.n - b.n);
/** The one that is to be taken on next. */
export const pendingOf = (order: OrderDocument): RefundEntry | undefined =>
	refundsOf(order).find(({ doneAt }) => doneAt === undefined);
export const returnsOf = ({ returns = {} }: OrderDocument): ReturnEntry[] =>
	Object.values(returns).toSorted((a, b) => a.n - b.n);

/** The name of a refund at the provider and in the stock's ledger. */
export const refundKey = (orderId: string, refundId: string) => `${orderId}:refund:${refundId}`;
/** Cents that are given back, or will be. */
export const givenBack = (order: OrderDocument) =>
	refundsOf(order).reduce((sum, { amount, shipping }) => sum + amount + shipping, 0);

export const giftOf = (entry: RefundEntry): Refund => {
	const { id, sellerId, lines, amount, shipping, restock } = entry;
	return { id, sellerId, lines, amount, shipping, restock };
};
export const refundView = ({ hash: _, n: _n, ...entry }: RefundEntry): OrderRefund => ({
	...entry,
	status: entry.doneAt === undefined ? "pending" : "done"
});
export const returnView = ({ hash: _, n: _n, ...entry }: ReturnEntry): OrderReturn => entry;

/** Cents that were paid for each line: its price less its part of the discount. */
function paidFor({ items, discount }: OrderDocument): Map<string, number> {
	const parts = split(
		discount,
		items.map(({ lineTotal }) => lineTotal)
	);
	return new Map(items.map(({ sku, lineTotal }, i) => [sku, lineTotal - parts[i]!]));
}
/** What some units of a line are worth, after others: all of them together exactly what was paid. */
function worthOf(paid: number, bought: number, before: number, quantity: number): number {
	const upTo = (units: number) => Math.floor((paid * units) / bought);
	return upTo(before + quantity) - upTo(before);
}

const GONE: Parcel["status"][] = ["shipped", "delivered"];
/** The order as the rules that pages know too look at it. */
const standing = (order: OrderDocument) => ({
	parcels: order.parcels,
	refunds: refundsOf(order),
	returns: returnsOf(order)
});

/** Refuses lines that name a SKU twice. */
export function once(lines: readonly OrderLine[]): void {
	const again = lines.findIndex(({ sku }, i) => lines.findIndex(line => line.sku === sku) !== i);
	if (again >= 0) failField(`lines.${again}.sku`, "Each SKU once");
}

interface Wish {
	id: string;
	hash: string;
	sellerId: string;
	lines: OrderLine[];
	reason: string;
	restock: boolean;
	of?: "unshipped" | "shipped" | undefined;
	returnId?: string;
}
/**
 * What a refund makes of an order: units that weren't shipped are cancelled, shipped ones that come back are returned,
 * others the buyer keeps. Refuses to give back what wasn't bought, or was given back.
 */
export function refund(
	order: OrderDocument,
	{ lines, of, ...wish }: Wish,
	at: string
): { parcels: Parcel[]; refunds: Record<string, RefundEntry> } {
	const { sellerId, restock } = wish;
	once(lines);
	if (refundsOf(order).length >= MOST) fail("INVALID_STATE");
	const paid = paidFor(order);
	const state = standing(order);
	const [staying, coming]: [OrderLine[], OrderLine[]] = [[], []];
	const given = lines.map(({ sku, quantity }, i) => {
		const item = order.items.find(one => one.sku === sku && one.sellerId === sellerId);
		const open = of === "shipped" ? 0 : unsent(state, sku);
		const gone = of === "unshipped" ? 0 : refundable(state, sku);
		if (!item || quantity > open + gone)
			return failField(
				`lines.${i}.quantity`,
				`${item ? open + gone : 0} of ${sku} can be given back`
			);
		const cancels = Math.min(quantity, open);
		staying.push({ sku, quantity: cancels });
		coming.push({ sku, quantity: quantity - cancels });
		const before = unitsOf(state.refunds, sku);
		const amount = worthOf(paid.get(sku)!, item.quantity, before, quantity);
		return { sku, productId: item.productId, quantity, amount };
	});
	let parcels = taken(order.parcels, sellerId, staying, ["unfulfilled"], "cancelled");
	if (restock || wish.returnId) parcels = taken(parcels, sellerId, coming, GONE, "returned");
	const nothingSent = parcels.every(({ status }) => status === "cancelled");
	const entry: RefundEntry = {
		...wish,
		n: refundsOf(order).length + 1,
		lines: given,
		amount: given.reduce((sum, { amount }) => sum + amount, 0),
		shipping: nothingSent ? order.shipping : 0,
		at
	};
	return { parcels, refunds: { ...order.refunds, [entry.id]: entry } };
}

/** With this refund everything is given back, and nothing is on its way or with the buyer. */
export const concludes = (order: OrderDocument, last: RefundEntry) =>
	givenBack(order) === order.total &&
	refundsOf(order).every(({ id, doneAt }) => doneAt !== undefined || id === last.id) &&
	order.parcels.every(({ status }) => status === "cancelled" || status === "returned");

/** A buyer's wish to send lines back, one for each seller. */
export function sentBack(
	order: OrderDocument,
	wish: { lines: OrderLine[]; reason: string; hash: string; idOf(sellerId: string): string },
	at: string
): ReturnEntry[] {
	once(wish.lines);
	const sellers = wish.lines.map(({ sku, quantity }, i) => {
		const sellerId = order.items.find(item => item.sku === sku)?.sellerId;
		const there = sellerId ? returnable(standing(order), sku) : 0;
		if (quantity > there) failField(`lines.${i}.quantity`, `${there} of ${sku} can be sent back`);
		return sellerId!;
	});
	const n = returnsOf(order).length;
	if (n >= MOST) fail("INVALID_STATE");
	return [...new Set(sellers)].map((sellerId, i) => ({
		id: wish.idOf(sellerId),
		hash: wish.hash,
		n: n + i + 1,
		sellerId,
		lines: wish.lines.filter((_, j) => sellers[j] === sellerId),
		reason: wish.reason,
		status: "requested",
		at
	}));
}

/** A seller's return of an order, or no such thing. */
export function returnOf(order: OrderDocument, id: string, sellerId: string): ReturnEntry {
	const entry = Object.hasOwn(order.returns ?? {}, id) ? order.returns![id] : undefined;
	return entry?.sellerId === sellerId ? entry : fail("NOT_FOUND");
}
