import type { Fulfilment, ParcelStatus } from "./order-status";
import type { ReturnStatus } from "./refund";

/** Rules of orders that a page needs without the schemas. */

/** What a buyer who hasn't paid yet is called: nothing. */
export const UNKNOWN = "—";

/** How far a seller's part of an order has come, by its parcels. */
export function fulfilmentOf(
	parcels: readonly { status: ParcelStatus }[]
): Exclude<Fulfilment, "returning"> {
	const has = (...wanted: ParcelStatus[]) => parcels.some(({ status }) => wanted.includes(status));
	if (has("unfulfilled")) return has("shipped", "delivered") ? "partly" : "unfulfilled";
	if (has("shipped")) return "shipped";
	if (has("delivered")) return "delivered";
	return has("returned") ? "returned" : "cancelled";
}

/** What a return may become; what is not here is not allowed. */
export const RETURN_MOVES: Record<ReturnStatus, readonly ReturnStatus[]> = {
	requested: ["approved", "declined", "received"],
	approved: ["declined", "received"],
	declined: [],
	received: []
};
/** Somebody is still to do something about it. */
export const isOpen = ({ status }: { status: ReturnStatus }) => RETURN_MOVES[status].length > 0;

interface Line {
	sku: string;
	quantity: number;
}
interface Lines {
	lines: readonly Line[];
}
/** Units of a SKU in some parcels, refunds or returns. */
export const unitsOf = (boxes: readonly Lines[], sku: string) =>
	boxes
		.flatMap(({ lines }) => lines)
		.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);

/** What is left of lines when what was refunded is taken away; lines of which nothing is left are left out. */
export const remaining = <T extends Line>(bought: readonly T[], refunds: readonly Lines[]): T[] =>
	bought
		.map(one => ({ ...one, quantity: one.quantity - unitsOf(refunds, one.sku) }))
		.filter(({ quantity }) => quantity > 0);

interface Sold {
	parcels: readonly (Lines & { status: ParcelStatus })[];
	refunds: readonly Lines[];
	returns: readonly (Lines & { status: ReturnStatus })[];
}
const inParcels = ({ parcels }: Pick<Sold, "parcels">, sku: string, of: ParcelStatus[]) =>
	unitsOf(
		parcels.filter(({ status }) => of.includes(status)),
		sku
	);
/** Units that wait to be sent. */
export const unsent = (order: Pick<Sold, "parcels">, sku: string) =>
	inParcels(order, sku, ["unfulfilled"]);
/** Units that were sent and not refunded: of the refunded ones some were never sent, or have come back. */
export function refundable(order: Pick<Sold, "parcels" | "refunds">, sku: string): number {
	const kept = unitsOf(order.refunds, sku) - inParcels(order, sku, ["cancelled", "returned"]);
	return inParcels(order, sku, ["shipped", "delivered"]) - kept;
}
/** Units that the buyer may ask to send back. */
export const returnable = (order: Sold, sku: string) =>
	refundable(order, sku) - unitsOf(order.returns.filter(isOpen), sku);
