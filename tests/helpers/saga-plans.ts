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
		ships: fc.option(times)
	});
export const adjustments = (items: number): fc.Arbitrary<Adjustment> =>
	fc.record({
		at: times,
		item: fc.nat(items - 1),
		delta: fc.integer({ min: -3, max: 3 }).filter(delta => delta !== 0),
		clicks: fc.integer({ min: 1, max: 2 })
	});
