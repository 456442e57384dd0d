import { fulfilmentOf as fulfilmentIn } from "@shared/order-rules";
import type { Order } from "@shared/order.contract";
import type { Fulfilment, OrderStatus } from "@shared/order-status";
import type { LocationQuery } from "vue-router";
import type { OrderSearch } from "./live-orders";

/** What the queue is looked at by: how far the own part of paid orders has come, and where orders stand as a whole. */
const BY_FULFILMENT = {
	ship: "unfulfilled",
	partly: "partly",
	away: "shipped",
	done: "delivered",
	returning: "returning",
	returned: "returned"
} as const satisfies Record<string, Fulfilment>;
const BY_STATUS = {
	paid: undefined,
	reserved: "reserved",
	cancelled: "cancelled",
	refunded: "refunded"
} as const satisfies Record<string, OrderStatus | undefined>;
export type Tab = keyof typeof BY_FULFILMENT | keyof typeof BY_STATUS;
export const TABS = [...Object.keys(BY_FULFILMENT), ...Object.keys(BY_STATUS)] as Tab[];

export const tabOf = (query: LocationQuery): Tab => TABS.find(one => one === query.tab) ?? "ship";
/** How many wait under a tab, where that is counted. */
export const countOf = (tab: Tab, counts?: Record<Fulfilment, number>) =>
	tab in BY_FULFILMENT ? counts?.[BY_FULFILMENT[tab as keyof typeof BY_FULFILMENT]] : undefined;

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** When a day of the seller's begins, some days later. */
function startOf(day: string | undefined, later = 0): string | undefined {
	if (!day || !DAY.test(day)) return undefined;
	const [year, month, date] = day.split("-").map(Number) as [number, number, number];
	const start = new Date(year, month - 1, date + later);
	return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}

/** What the page's address asks for: words are looked for in all paid orders. */
export function searchOf(query: LocationQuery): OrderSearch {
	const q = textOf(query.q);
	const tab = tabOf(query);
	const [from, to] = [startOf(textOf(query.from)), startOf(textOf(query.to), 1)];
	const span = { ...(from && { from }), ...(to && { to }) };
	if (q !== undefined) return { q, ...span };
	if (tab in BY_FULFILMENT)
		return { fulfilment: BY_FULFILMENT[tab as keyof typeof BY_FULFILMENT], ...span };
	const status = BY_STATUS[tab as keyof typeof BY_STATUS];
	return { ...(status && { status }), ...span };
}

export const canShip = (order: Order) =>
	order.status === "paid" && order.parcels.some(({ status }) => status === "unfulfilled");
export const canDeliver = (order: Order) =>
	order.status === "paid" && order.parcels.some(({ status }) => status === "shipped");
export const fulfilmentOf = ({ parcels }: Pick<Order, "parcels">) => fulfilmentIn(parcels);

export const unitsOf = ({ items }: Order) => items.reduce((sum, { quantity }) => sum + quantity, 0);
export { UNKNOWN } from "@shared/order-rules";
