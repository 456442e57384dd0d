import { fulfilmentOf, statusOf, type Fulfilment, type OrderStatus } from "../shared/order-status";
import { isOpen } from "../shared/refund";
import type { OrderDocument } from "./order-document";
import { wordOf, wordsOf } from "./words";

/** Keys of the lists of orders; each list is read a page at a time, newest first. */
export const lists = {
	/** All of a buyer's orders, or those of a status. */
	ofBuyer: (buyer: string, status?: OrderStatus) => key("b", buyer, status),
	/** The orders with parcels of a seller that were ever paid, or those of a status. */
	ofSeller: (seller: string, status?: OrderStatus) => key("s", seller, status),
	/** The seller's paid orders whose parcels are so far. */
	fulfilled: (seller: string, fulfilment: Fulfilment) => key("f", seller, fulfilment),
	/** The seller's paid orders with some word. */
	found: (seller: string, words: string) => key("q", seller, wordOf(words)),
	/** The orders by which a buyer has ever paid for a product. */
	bought: (buyer: string, product: string) => key("bought", buyer, product)
};
const key = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(".");

type Listed = Pick<
	OrderDocument,
	"buyerId" | "sellerIds" | "productIds" | "state" | "paidAt" | "parcels" | "returns"
> &
	Pick<OrderDocument, "items" | "shippingAddress">;

/** The lists that an order is in: they follow from its state and parcels, and change with them in one update. */
export function listsOf(order: Listed): string[] {
	const { buyerId, sellerIds, productIds, state, paidAt } = order;
	const status = statusOf(state);
	return [
		lists.ofBuyer(buyerId),
		lists.ofBuyer(buyerId, status),
		// an order that isn't placed yet is the buyer's only
		...(status === "pending" ? [] : sellerIds.map(seller => lists.ofSeller(seller, status))),
		...(paidAt === undefined ? [] : sellerIds.flatMap(seller => listsOfSeller(order, seller))),
		...(paidAt === undefined ? [] : productIds.map(product => lists.bought(buyerId, product)))
	];
}

/** From when it is paid, a seller knows whom it goes to, and has to do with it. */
function listsOfSeller(order: Listed, seller: string): string[] {
	const parcels = order.parcels.filter(({ sellerId }) => sellerId === seller);
	const returns = Object.values(order.returns ?? {}).filter(({ sellerId }) => sellerId === seller);
	return [
		lists.ofSeller(seller),
		lists.fulfilled(seller, fulfilmentOf(parcels)),
		...(returns.some(isOpen) ? [lists.fulfilled(seller, "returning")] : []),
		...wordsOf(order, seller).map(word => lists.found(seller, word))
	];
}
