import type { Rule } from "./injections";

/** What a buyer does until the order is where it shall crash. */
export type Course = "placed" | "refused" | "cancelled" | "expired" | "paid" | "declined";
/** A crash point of RELIABILITY.md: where a process dies, and on which way of an order. */
export interface CrashPoint {
	name: string;
	course: Course;
	rule(orderId: string): Omit<Rule, "id">;
}

const point = (name: string, course: Course, rule: CrashPoint["rule"]) => ({ name, course, rule });
const crash = (when: Rule["when"], on: Rule["on"], name: string, ...holds: string[]) => {
	return (id: string) => ({ on, name, do: "crash" as const, when, holds: [id, ...holds] });
};
const before = (state: string) => crash("before", "write", "orders", `"state":"${state}"`);
const after = (state: string) => crash("after", "write", "orders", `"state":"${state}"`);
/** When the first of an order's lines is done, and the next one isn't. */
const halfway = (operation: string) => (id: string) =>
	crash("after", "write", "stock")(`"pending.${operation}-${id}":`);
const PAID = '"type":"paid"';

/** C15 to C20 are no crashes of ours: what a disk loses, a message late, a machine back from the dead. */
export const CRASH_POINTS: CrashPoint[] = [
	point("C0", "placed", before("NEW")),
	point("C1", "placed", after("NEW")),
	point("C2", "placed", halfway("reserve")),
	point("C3", "placed", crash("after", "call", "inventory.reserve")),
	point("C4", "placed", before("RESERVED")),
	point("C5", "placed", after("RESERVED")),
	point("C6", "refused", before("REJECTING")),
	point("C7 rejecting", "refused", halfway("release")),
	point("C7 cancelling", "cancelled", halfway("release")),
	point("C8", "paid", after("PAYING")),
	point("C9", "paid", before("CONFIRMED")),
	point("C10", "declined", before("RESERVED")),
	point("C11", "paid", halfway("commit")),
	point("C12", "paid", before("COMPLETED")),
	point("C13", "paid", crash("before", "event", "order.changed", PAID)),
	point("C14", "paid", crash("after", "call", "notification.record", PAID)),
	point("C7 expiring", "expired", halfway("release"))
];
const cut = (action: string) => (id: string) => ({
	on: "call" as const,
	name: action,
	do: "cut" as const,
	holds: [id]
});
/** In a cluster: the order's node dies while another one works for it. */
export const CUT_POINTS: CrashPoint[] = [
	point("C2 cut", "placed", cut("inventory.reserve")),
	point("C7 cut", "cancelled", cut("inventory.release")),
	point("C9 cut", "paid", cut("payment.capture")),
	point("C11 cut", "paid", cut("inventory.commit"))
];
