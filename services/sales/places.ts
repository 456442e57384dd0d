/** Where in the store a seller's times lie: ids that sort by seller, then by time, so that a span is a range of them. */
export const QUARTER = 900_000;
export const HOUR = 4 * QUARTER;
export const DAY = 24 * HOUR;

const place = (sellerId: string, n: number, digits: number) =>
	`${sellerId}:${String(n).padStart(digits, "0")}`;
const numberIn = (id: string) => Number(id.slice(id.lastIndexOf(":") + 1));

export const bucketId = (sellerId: string, at: number) => place(sellerId, Math.floor(at / HOUR), 8);
/** When a bucket's hour begins. */
export const hourOf = (bucket: string) => numberIn(bucket) * HOUR;

/** A day of UTC. */
export const dayId = (sellerId: string, at: number) => place(sellerId, Math.floor(at / DAY), 6);
export const dayOf = (id: string) => numberIn(id) * DAY;
export const sellerOf = (id: string) => id.slice(0, id.lastIndexOf(":"));

export const dayBefore = (at: number) => Math.floor(at / DAY) * DAY;
export const dayAfter = (at: number) => Math.ceil(at / DAY) * DAY;
