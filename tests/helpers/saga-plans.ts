import * as fc from "fast-check";

/** What a buyer does at one checkout. Times in milliseconds. */
export interface Purchase {
	at: number;
	buyer: number;
	lines: { item: number; quantity: number }[];
	/** Every button is clicked so often at once. */
	clicks: number;
	/** The cards that are tried, one after the other. */
	cards: string[];
	/** Before each card. */
	thinks: number;
	/** Answer to the bank's question; null leaves it unanswered. */
	approves: boolean | null;
	/** When the order is cancelled, from when it was placed. */
	cancels: number | null;
	/** When its sellers ship a unit, and then the rest. */
	ships: number | null;
	/** What its sellers give back. */
	refunds: GiveBack[];
	/** What is sent back of the first line. */
	returns: SendBack | null;
}
export interface GiveBack {
	at: number;
	/** Of which line, counted around. */
	line: number;
	quantity: number;
	restock: boolean;
	of: "unshipped" | "shipped" | undefined;
}
export interface SendBack {
	at: number;
	quantity: number;
	/** What the seller does about it, one after the other. */
	answers: ("approve" | "decline" | "receive")[];
	restock: boolean;
}
/** A seller's difference. */
export interface Adjustment {
	at: number;
	item: number;
	delta: number;
	clicks: number;
}

const times = fc.constantFrom(0, 20, 300, 2000, 9000, 17_000);
export const purchases = (items: number): fc.Arbitrary<Purchase> =>
	fc.record({
		at: times,
		buyer: fc.nat(2),
		lines: fc.uniqueArray(
			fc.record({ item: fc.nat(items - 1), quantity: fc.integer({ min: 1, max: 2 }) }),
			{ selector: ({ item }) => item, minLength: 1, maxLength: 3 }
		),
		clicks: fc.integer({ min: 1, max: 2 }),
		cards: fc.array(
			fc.constantFrom("tok_ok", "tok_declined", "tok_timeout", "tok_slow", "tok_challenge"),
			{ maxLength: 3 }
		),
		thinks: fc.constantFrom(0, 200, 5000, 29_900),
		approves: fc.option(fc.boolean()),
		cancels: fc.option(times),
		ships: fc.option(times),
		refunds: fc.array(
			fc.record({
				at: times,
				line: fc.nat(2),
				quantity: fc.integer({ min: 1, max: 2 }),
				restock: fc.boolean(),
				of: fc.constantFrom(undefined, "unshipped" as const, "shipped" as const)
			}),
			{ maxLength: 3 }
		),
		returns: fc.option(
			fc.record({
				at: times,
				quantity: fc.integer({ min: 1, max: 2 }),
				answers: fc.uniqueArray(
					fc.constantFrom("approve" as const, "decline" as const, "receive" as const),
					{ minLength: 1, maxLength: 2 }
				),
				restock: fc.boolean()
			})
		)
	});
/** Checkouts of which most come to a sale that something is given back of. */
export const sales = (items: number): fc.Arbitrary<Purchase> =>
	fc
		.record({
			purchase: purchases(items),
			card: fc.constantFrom("tok_ok", "tok_ok", "tok_timeout", "tok_slow"),
			cancels: fc.constantFrom(null, null, 2000, 9000),
			ships: fc.constantFrom(null, 20, 300, 2000),
			late: fc.array(fc.constantFrom(300, 2000, 9000), { minLength: 4, maxLength: 4 })
		})
		.map(({ purchase, card, cancels, ships, late }) => ({
			...purchase,
			cards: [card],
			thinks: 0,
			cancels,
			ships,
			refunds: purchase.refunds.map((wish, i) => ({ ...wish, at: late[i]! })),
			returns: purchase.returns && { ...purchase.returns, at: late[3]! }
		}));
export const adjustments = (items: number): fc.Arbitrary<Adjustment> =>
	fc.record({
		at: times,
		item: fc.nat(items - 1),
		delta: fc.integer({ min: -3, max: 3 }).filter(delta => delta !== 0),
		clicks: fc.integer({ min: 1, max: 2 })
	});
