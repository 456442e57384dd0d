import { idOf } from "../id";
import type { Result } from "../shared/contract";
import type { OrderChanged } from "../shared/order.contract";
import { remaining } from "../shared/refund";
import { bucketId, QUARTER } from "./places";

type Facts = Result<"order.facts">[number];

export interface Line {
	sku: string;
	productId: string;
	title: string;
	units: number;
	revenue: number;
	/** Of these units, those that are on the shelf again. */
	back?: number;
}
/** What a step of an order is to one seller: written once, never changed. */
export interface Entry {
	id: string;
	/** `converted` counts in the time in which the order's stock was held, `returned` in that in which it was paid. */
	type: "held" | "converted" | "paid" | "refunded" | "returned";
	sellerId: string;
	/** The bucket that it counts in. */
	bucket: string;
	/** The quarter of that bucket's hour. */
	quarter: number;
	lines: Line[];
	/** Paid in the quarter of an hour in which it was held: `converted` as well. */
	converted?: true;
	/** The bucket again, until it has counted it. */
	open?: string;
}
export interface Totals {
	revenue: number;
	refunds: number;
	orders: number;
	units: number;
	holds: number;
	converted: number;
}
export interface Quarter extends Totals {
	skus: Record<string, Omit<Line, "sku">>;
}
/** A seller's sales of an hour, by quarters: some places' days begin at a quarter or half past. */
export interface Bucket {
	id: string;
	quarters: Record<string, Quarter>;
	/** Entries that are counted in here, and may not know it yet. */
	pending: string[];
	/** Another one after each change, so that one who works on an old state can't write. */
	stamp: string;
	/** When its day is to be summed up (again), in milliseconds; absent once it is. */
	rollAt?: number;
}

export const nothing = (): Totals => ({
	revenue: 0,
	refunds: 0,
	orders: 0,
	units: 0,
	holds: 0,
	converted: 0
});

type Owned<T> = T & { sellerId: string };
/** An entry for each seller of some lines. */
function entriesOf(
	parts: readonly string[],
	type: Entry["type"],
	at: string,
	lines: readonly Owned<Line>[]
): Entry[] {
	const time = Date.parse(at);
	const [orderId = "", ...more] = parts;
	return [...new Set(lines.map(({ sellerId }) => sellerId))].map(sellerId => {
		const bucket = bucketId(sellerId, time);
		return {
			id: idOf("e", orderId, type, sellerId, ...more),
			type,
			sellerId,
			bucket,
			quarter: Math.floor(time / QUARTER) % 4,
			lines: lines
				.filter(line => line.sellerId === sellerId)
				.map(({ sellerId: _, ...line }) => line),
			open: bucket
		};
	});
}
const without = (entries: Entry[]) => entries.map(entry => ({ ...entry, lines: [] }));
const quarterOf = (at: string) => Math.floor(Date.parse(at) / QUARTER);

const held = (id: string, at: string, lines: readonly Owned<Line>[]) =>
	without(entriesOf([id], "held", at, lines));
/** One entry, or two where the stock was held in another quarter of an hour than it was paid. */
function paid(
	id: string,
	at: string,
	reservedAt: string | null | undefined,
	lines: readonly Owned<Line>[]
): Entry[] {
	const entries = entriesOf([id], "paid", at, lines);
	if (!reservedAt) return entries;
	return quarterOf(at) === quarterOf(reservedAt)
		? entries.map(entry => ({ ...entry, converted: true as const }))
		: [...entries, ...without(entriesOf([id], "converted", reservedAt, lines))];
}
const refunded = (id: string, at: string, lines: readonly Owned<Line>[]) =>
	entriesOf([id], "refunded", at, lines);

interface Gift {
	id: string;
	sellerId: string;
	restock: boolean;
	lines: readonly { sku: string; productId: string; quantity: number; amount: number }[];
}
const refundedInPart = (id: string, at: string, { id: refundId, sellerId, lines }: Gift) =>
	entriesOf(
		[id, refundId],
		"refunded",
		at,
		lines.map(({ sku, productId, quantity, amount }) => ({
			sku,
			productId,
			title: "",
			sellerId,
			units: quantity,
			revenue: amount
		}))
	);

interface Bought {
	sku: string;
	productId: string;
	title: string;
	sellerId: string;
	quantity: number;
	unitPrice: number;
}
const linesOf = (items: readonly Bought[]): Owned<Line>[] =>
	items.map(({ sku, productId, title, sellerId, quantity, unitPrice }) => ({
		sku,
		productId,
		title,
		sellerId,
		units: quantity,
		revenue: quantity * unitPrice
	}));

/** Units that are on the shelf again, of all that was left of an order or of a refund in part. */
function returned(
	parts: readonly string[],
	paidAt: string | null | undefined,
	back: readonly Bought[]
): Entry[] {
	return paidAt ? entriesOf(parts, "returned", paidAt, linesOf(back)) : [];
}
const returnedInPart = (
	id: string,
	paidAt: string | null | undefined,
	bought: readonly Bought[],
	{ id: refundId, sellerId, lines, restock }: Gift
) =>
	returned(
		[id, refundId],
		paidAt,
		bought.flatMap(one => {
			const line = lines.find(({ sku }) => sku === one.sku);
			return restock && line && one.sellerId === sellerId
				? [{ ...one, quantity: line.quantity }]
				: [];
		})
	);

/** The entries of a step of an order; of most there are none. */
export function entriesOfEvent(step: OrderChanged): Entry[] {
	const { id, type, at, items, reservedAt, paidAt, refund } = step;
	switch (type) {
		case "reserved":
			return held(id, reservedAt ?? at, linesOf(items));
		case "paid":
			return paid(id, at, reservedAt, linesOf(items));
		case "refunded":
			return [...refunded(id, at, linesOf(items)), ...returned([id], paidAt, items)];
		case "partly_refunded":
			if (!refund) return [];
			return [...refundedInPart(id, at, refund), ...returnedInPart(id, paidAt, items, refund)];
		default:
			return [];
	}
}

/** The same entries from what an order says of itself. */
export function entriesOfFacts({
	id,
	reservedAt,
	paidAt,
	refundedAt,
	lines: bought,
	refunds
}: Facts): Entry[] {
	const lines = linesOf(bought);
	const left = refundedAt ? remaining(bought, refunds) : [];
	return [
		...(reservedAt ? held(id, reservedAt, lines) : []),
		...(paidAt ? paid(id, paidAt, reservedAt, lines) : []),
		...refunds.flatMap(({ doneAt, ...gift }) =>
			doneAt
				? [...refundedInPart(id, doneAt, gift), ...returnedInPart(id, paidAt, bought, gift)]
				: []
		),
		...(refundedAt ? refunded(id, refundedAt, linesOf(left)) : []),
		...returned([id], paidAt, left)
	];
}
