// Without zod, so that a page which only shows stock needn't load it.

/** Few left: shown to buyers as "3 left". */
export const isLow = (available: number, threshold: number) =>
	available > 0 && available <= threshold;
export const DEFAULT_THRESHOLD = 5;

/** Is the second a newer state than the first? Messages may arrive twice and out of order. */
export const isNewer = (known: { version: number } | undefined, next: { version: number }) =>
	known === undefined || next.version > known.version;

/** How late a reserve may arrive, in milliseconds: a later one is refused, for its order has moved on. */
export const MESSAGE_LIFE = 10_000;
