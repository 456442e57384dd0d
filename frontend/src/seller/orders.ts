import type { Order } from "@shared/order.contract";
import type { ParcelStatus } from "@shared/order-status";
import type { OrderSearch } from "./live-orders";

/** What the queue is looked at by. The first three look at the latest 100 paid orders. */
export const TABS = ["ship", "away", "done", "paid", "reserved", "cancelled", "refunded"] as const;
export type Tab = (typeof TABS)[number];
export const isWorkTab = (tab: Tab) => tab === "ship" || tab === "away" || tab === "done";

export const PAGE_SIZE = 25;
export const searchOf = (tab: Tab, page: number): OrderSearch => ({
	status: tab === "reserved" || tab === "cancelled" || tab === "refunded" ? tab : "paid",
	page,
	pageSize: PAGE_SIZE
});

/** How far a seller's part of an order has come: the parcel that is furthest behind says it. */
export function fulfilmentOf({ parcels }: Pick<Order, "parcels">): ParcelStatus {
	const order: ParcelStatus[] = ["unfulfilled", "shipped", "delivered", "returned", "cancelled"];
	return order.find(status => parcels.some(parcel => parcel.status === status)) ?? "unfulfilled";
}
export const canShip = (order: Order) =>
	order.status === "paid" && order.parcels.some(({ status }) => status === "unfulfilled");
export const canDeliver = (order: Order) =>
	order.status === "paid" && order.parcels.some(({ status }) => status === "shipped");

const WORK: Record<string, (order: Order) => boolean> = {
	ship: canShip,
	away: order => !canShip(order) && canDeliver(order),
	done: order => !canShip(order) && !canDeliver(order)
};
/** The part of the latest orders that a tab shows; what has come first is shipped first. */
export function workOf(orders: readonly Order[], tab: Tab): Order[] {
	const fitting = orders.filter(WORK[tab] ?? (() => true));
	return tab === "ship" ? fitting.toReversed() : fitting;
}

export const unitsOf = ({ items }: Order) => items.reduce((sum, { quantity }) => sum + quantity, 0);
/** What a buyer who hasn't paid yet is called: nothing. */
export const UNKNOWN = "–";
