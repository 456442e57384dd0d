import type { OrderDocument } from "./order-document";

/** More parts of a name, or tracking numbers, than anybody looks for. */
const MOST = 8;

/** A text as it is looked for: without case, accents and spaces too many. */
export const wordOf = (text: string) =>
	text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

/** What a seller finds an order by, besides its number: whom it goes to, what is in it, and how it goes. */
export function wordsOf(
	order: Pick<OrderDocument, "items" | "parcels" | "shippingAddress">,
	seller: string
): string[] {
	const name = wordOf(order.shippingAddress.name);
	const tracking = order.parcels
		.filter(({ sellerId }) => sellerId === seller)
		.flatMap(({ tracking }) => (tracking ? [wordOf(tracking)] : []));
	return [
		...new Set([
			name,
			...name.split(" ").slice(0, MOST),
			...order.items.filter(({ sellerId }) => sellerId === seller).map(({ sku }) => sku),
			...tracking.slice(0, MOST)
		])
	];
}

/** The ids of the orders whose numbers begin so; null when it isn't an order number. */
export function idsOf(text: string): { $gte: string; $lt: string } | null {
	const [, digits] = /^cm-?([0-9a-f]{4,8})$/i.exec(text.trim()) ?? [];
	return digits ? { $gte: `o${digits.toLowerCase()}`, $lt: `o${digits.toLowerCase()}g` } : null;
}
