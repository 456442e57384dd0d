import { createHash, randomBytes } from "node:crypto";

/** An id that grows with time: 9 characters of milliseconds, 15 of chance. */
export const newId = (now = Date.now()) =>
	now.toString(36).padStart(9, "0") + randomBytes(12).toString("hex").slice(0, 15);

/** The same id for the same parts: what makes a repeated insert collide instead of doubling. */
export const idOf = (prefix: string, ...parts: (string | number)[]) =>
	prefix + createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 31);

/** The time at which a `newId` was made, for ranges of ids. */
export const idAt = (now: number) => now.toString(36).padStart(9, "0");
