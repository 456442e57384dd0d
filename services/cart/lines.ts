import { failField } from "../errors";
import type { Cart, CartItem, CartProblem } from "../shared/cart.contract";
import type { Sellable } from "../shared/catalog.contract";
import { CURRENCY } from "../shared/money";

/** One SKU of a cart, with the product as its owner last acknowledged it. */
export interface Line {
	quantity: number;
	addedAt: string;
	seen: Pick<Sellable, "productId" | "slug" | "title" | "options" | "image" | "unitPrice">;
}
export type Lines = Record<string, Line>;
export type Problems = Record<string, CartProblem>;

/** What is true of some SKUs now. A SKU that was asked for and has no sellable isn't sold any more. */
export interface Facts {
	asked: ReadonlySet<string>;
	sellables: ReadonlyMap<string, Sellable>;
	available: ReadonlyMap<string, number>;
}

export const MOST_LINES = 100;

const seenOf = ({ productId, slug, title, options, image, unitPrice }: Sellable): Line["seen"] => ({
	productId,
	slug,
	title,
	options,
	image,
	unitPrice
});

/** Sets how many of a SKU; doing so acknowledges its price. */
export function put(lines: Lines, sellable: Sellable, quantity: number, addedAt: string): Lines {
	const known = lines[sellable.sku];
	if (!known && Object.keys(lines).length >= MOST_LINES)
		failField("sku", `A cart holds at most ${MOST_LINES} different items`);
	const line = { quantity, addedAt: known?.addedAt ?? addedAt, seen: seenOf(sellable) };
	return { ...lines, [sellable.sku]: line };
}

export function without(lines: Lines, sku: string): Lines {
	const { [sku]: _gone, ...rest } = lines;
	return rest;
}

/** What is left when these have been bought. */
export function bought(lines: Lines, sold: { sku: string; quantity: number }[]): Lines {
	return sold.reduce<Lines>((left, { sku, quantity }) => {
		const line = left[sku];
		if (!line) return left;
		if (line.quantity <= quantity) return without(left, sku);
		return { ...left, [sku]: { ...line, quantity: line.quantity - quantity } };
	}, lines);
}

/**
 * A guest's lines come to an account's: of each SKU the larger quantity, but never more than there is. What is sold
 * out doesn't come along; what the account had doesn't go.
 */
export function merge(own: Lines, guest: Lines, { available }: Pick<Facts, "available">): Lines {
	const merged = { ...own };
	const byAge = Object.entries(guest).sort(([, a], [, b]) => (a.addedAt < b.addedAt ? -1 : 1));
	for (const [sku, line] of byAge) {
		const known = merged[sku];
		const wanted = Math.max(known?.quantity ?? 0, line.quantity);
		const quantity = Math.min(wanted, available.get(sku) ?? 0);
		if (quantity === 0 || (!known && Object.keys(merged).length >= MOST_LINES)) continue;
		merged[sku] = { ...(known ?? line), quantity };
	}
	return merged;
}

/** The gravest first: what can't be had at all, not now, not so many, not at that price. */
export function problemOf(sku: string, { quantity, seen }: Line, facts: Facts): CartProblem | null {
	const sellable = facts.sellables.get(sku);
	const available = facts.available.get(sku) ?? 0;
	if (sellable?.status !== "published") return "UNAVAILABLE";
	if (available === 0) return "OUT_OF_STOCK";
	if (available < quantity) return "INSUFFICIENT_STOCK";
	return sellable.unitPrice !== seen.unitPrice ? "PRICE_CHANGED" : null;
}

/** The problems of a cart as far as the facts go; beyond them, what was known. */
export function problemsOf(lines: Lines, facts: Facts, known: Problems): Problems {
	return Object.fromEntries(
		Object.entries(lines).flatMap(([sku, line]) => {
			const problem = facts.asked.has(sku) ? problemOf(sku, line, facts) : known[sku];
			return problem ? [[sku, problem]] : [];
		})
	);
}

function itemOf(sku: string, line: Line, facts: Facts): CartItem {
	const { quantity, seen } = line;
	const problem = problemOf(sku, line, facts);
	const now = facts.sellables.get(sku);
	const { unitPrice, ...shown } = now ? seenOf(now) : seen;
	return {
		sku,
		...shown,
		unitPrice,
		quantity,
		lineTotal: unitPrice * quantity,
		available: problem === "UNAVAILABLE" ? 0 : (facts.available.get(sku) ?? 0),
		...(problem && { problem }),
		...(problem === "PRICE_CHANGED" && { previousUnitPrice: seen.unitPrice })
	};
}

const buyable = ({ problem }: CartItem) => problem !== "UNAVAILABLE" && problem !== "OUT_OF_STOCK";

/** The cart at the prices and stock of now. What can't be had at all doesn't count in the sums. */
export function viewOf(lines: Lines, facts: Facts, version: number): Cart {
	const items = Object.entries(lines)
		.sort(([a, { addedAt: x }], [b, { addedAt: y }]) =>
			x === y ? (a < b ? -1 : 1) : x < y ? -1 : 1
		)
		.map(([sku, line]) => itemOf(sku, line, facts));
	const subtotal = items.filter(buyable).reduce((sum, { lineTotal }) => sum + lineTotal, 0);
	return { items, discounts: [], subtotal, total: subtotal, currency: CURRENCY, version };
}
