/** Milliseconds that anything may wait for Redis: it makes answers faster or limits shared, never slower or wrong. */
export const PATIENCE = 100;
/** Milliseconds between two complaints of the same. */
const QUIET = 30_000;

export type Warn = (...args: unknown[]) => void;

/** Says something at most twice a minute. */
export function quietly(warn: Warn, what: string): (err: unknown) => void {
	let saidAt = 0;
	return err => {
		if (Date.now() - saidAt < QUIET) return;
		saidAt = Date.now();
		warn(what, (err as Error).message);
	};
}
