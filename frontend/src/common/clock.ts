import { readonly, ref } from "vue";

/** Milliseconds that the server's clock is ahead of ours. */
const offset = ref(0);
let known = false;

/** Learns the server's time from an answer that no cache kept. HTTP dates are cut to the second. */
export function learnTime(date: string | null, sentAt: number, now = Date.now()): void {
	const told = date ? Date.parse(date) : NaN;
	if (Number.isNaN(told)) return;
	const next = told + 500 - (sentAt + now) / 2;
	if (known && Math.abs(next - offset.value) < 1000) return;
	offset.value = next;
	known = true;
}

/** What the server's clock shows now: a countdown must not trust the visitor's. */
export const serverNow = () => Date.now() + offset.value;

const tick = ref(Date.now());
if (typeof window !== "undefined") setInterval(() => (tick.value = Date.now()), 1000);
/** Our own clock, to the second: makes "12 s ago" go on. */
export const now = readonly(tick);
