import { setImmediate } from "node:timers";
import { setImmediate as turn } from "node:timers/promises";

/** Milliseconds that one turn of the event loop may go on reading from memory. */
const LONGEST = 10;
let began: number | undefined;

/**
 * For a read of what lies in memory: nothing there is ever waited for, so a loop over it would hold the process from
 * its first read to its last. Past some milliseconds of one turn the others come first; till then there is nothing to
 * wait for, and what is asked in some order is done in it.
 */
export function giveWay(): Promise<void> | undefined {
	if (began === undefined) {
		began = performance.now();
		setImmediate(() => (began = undefined));
		return undefined;
	}
	return performance.now() - began > LONGEST ? turn() : undefined;
}
