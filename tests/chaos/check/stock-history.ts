import type { Line } from "../record";
import { unexplained, type CounterOp } from "./counter";
import type { Evidence, SeenStock, Violation } from "./evidence";

/** Milliseconds that a write may take after its time was noted: longer than the store's own patience. */
const WRITE = 8000;
const timeOf = (iso: string) => Date.parse(iso);

interface Window {
	from: number;
	to: number;
}
const both = (a: Window, b: Window): Window => {
	const meets = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
	return meets.from <= meets.to ? meets : a;
};
/** From the first try to the answer that decided. */
function windowsOf(lines: Line[], op: string): Map<string, Window & { last: Line }> {
	const windows = new Map<string, Window & { last: Line }>();
	for (const line of lines) {
		if (line.op !== op) continue;
		const known = windows.get(line.key);
		const isDecided = line.status !== null && line.status < 500 && line.status !== 429;
		const busy = line.body.includes("IDEMPOTENCY_IN_PROGRESS");
		if (!known) windows.set(line.key, { from: line.t0, to: line.t1, last: line });
		else if (known.last.status === null || known.last.status >= 429 || isBusy(known.last))
			windows.set(line.key, {
				from: Math.min(known.from, line.t0),
				to: Math.max(known.to, line.t1),
				last: isDecided && !busy ? line : known.last
			});
	}
	return windows;
}
const isBusy = ({ body }: Line) => body.includes("IDEMPOTENCY_IN_PROGRESS");

/** What was done to a SKU, as the ledger and the clients' clocks allow it. */
export function opsOf(
	{ sku, movements }: { sku: string; movements: SeenStock["movements"] },
	lines: Line[]
): CounterOp[] {
	const ops: CounterOp[] = [];
	const adjusts = windowsOf(lines, "adjust");
	const places = windowsOf(lines, "place");
	for (const { kind, quantity: units, ref, at } of movements) {
		const noted: Window = { from: timeOf(at), to: timeOf(at) + WRITE };
		const asked = kind === "restock" || kind === "remove" ? adjusts.get(ref) : undefined;
		const window = asked ? both(noted, asked) : noted;
		if (kind === "reserve" || kind === "remove") ops.push({ kind: "take", units, ...window, ref });
		if (kind === "release" || kind === "restock" || kind === "return")
			ops.push({ kind: "give", units, ...window, ref: `${kind} ${ref}` });
	}
	for (const [key, { from, to, last }] of places) {
		if (last.status !== 409 || !last.body.includes('"OUT_OF_STOCK"')) continue;
		const { errors } = JSON.parse(last.body) as { errors: { path: string }[] };
		const { items } = last.sent as { items: { sku: string; quantity: number }[] };
		const line = items.find(item => item.sku === sku);
		if (line && errors.some(({ path }) => path === sku))
			ops.push({ kind: "refused", units: line.quantity, from, to, ref: key });
	}
	return ops;
}

/** Could one counter, asked one at a time, have given all these answers? */
export function checkCounter({ stock, lines, skewed }: Evidence): Violation[] {
	if (skewed) return [];
	return stock.flatMap(seen => {
		const { sku } = seen.stock;
		const { movements } = seen;
		const [first] = movements.filter(({ kind }) => kind === "initial");
		const ops = opsOf({ sku, movements }, lines);
		const op = unexplained(first?.quantity ?? 0, ops);
		if (!op) return [];
		const around = ops.filter(({ from, to }) => from <= op.to && to >= op.from);
		return [
			{
				invariant: "counter",
				what: `No order of what was done to ${sku} explains ${op.kind} ${op.units} for ${op.ref}`,
				about: { op, around }
			}
		];
	});
}
