import { statusOf, type OrderStatus } from "../shared/order-status";
import type { OrderDocument } from "./order-document";

/** Keys of the lists of orders; each list is read a page at a time, newest first. */
export const lists = {
	/** All of a buyer's orders, or those of a status. */
	ofBuyer: (buyer: string, status?: OrderStatus) => key("b", buyer, status),
	/** The orders with parcels of a seller that were ever paid, or those of a status. */
	ofSeller: (seller: string, status?: OrderStatus) => key("s", seller, status),
	/** The orders by which a buyer has ever paid for a product. */
	bought: (buyer: string, product: string) => key("bought", buyer, product)
};
const key = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(".");

/** The lists that an order is in: they follow from its state, and change with it in one update. */
export function listsOf({
	buyerId,
	sellerIds,
	productIds,
	state,
	paidAt
}: Pick<OrderDocument, "buyerId" | "sellerIds" | "productIds" | "state" | "paidAt">): string[] {
	const status = statusOf(state);
	return [
		lists.ofBuyer(buyerId),
		lists.ofBuyer(buyerId, status),
		// an order that isn't placed yet is the buyer's only
		...(status === "pending" ? [] : sellerIds.map(seller => lists.ofSeller(seller, status))),
		...(paidAt === undefined ? [] : sellerIds.map(seller => lists.ofSeller(seller))),
		...(paidAt === undefined ? [] : productIds.map(product => lists.bought(buyerId, product)))
	];
}
