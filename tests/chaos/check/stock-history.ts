import { orderId } from "../../../services/order/place";
import type { Line } from "../record";
import { unexplained, type CounterOp } from "./counter";
import type { Evidence, Judgement, SeenStock } from "./evidence";

/** Milliseconds that a write may take after its time was noted: longer than the store's own patience. */
const WRITE = 15_000;
const timeOf = (iso: string) => Date.parse(iso);

interface Window {
	from: number;
	to: number;
}
const both = (a: Window, b: Window): Window => {
	const meets = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
	return meets.from <= meets.to ? meets : a;
};
const isDecided = ({ status, body }: Line) =>
	status !== null && status < 500 && status !== 429 && !body.includes("IDEMPOTENCY_IN_PROGRESS");
/** From the first try to the first answer that decided, by key. */
function windowsOf(lines: Line[], op: string): Map<string, Window & { answer: Line }> {
	const windows = new Map<string, Window & { answer: Line }>();
	for (const line of lines) {
		if (line.op !== op) continue;
		const { from = line.t0, to = Infinity, answer = line } = windows.get(line.key) ?? {};
		const decides = to === Infinity && isDecided(line);
		windows.set(line.key, {
			from: Math.min(from, line.t0),
			to: decides ? line.t1 : to,
			answer: decides ? line : answer
		});
	}
	return windows;
}

/** What was done to a SKU, as the ledger and the clients' clocks allow it. */
export function opsOf(
	{ sku, movements }: { sku: string; movements: SeenStock["movements"] },
	lines: Line[],
	buyerOf: Map<string, string>
): CounterOp[] {
	const ops: CounterOp[] = [];
	const adjusts = windowsOf(lines, "adjust");
	const places = windowsOf(lines, "place");
	const placed = new Map(
		[...places].flatMap(([key, window]) => {
			const buyer = buyerOf.get(window.answer.actor);
			return buyer ? [[orderId(buyer, key), window] as const] : [];
		})
	);
	for (const { kind, quantity: units, ref, at } of movements) {
		const noted: Window = { from: timeOf(at), to: timeOf(at) + WRITE };
		const asked = kind === "reserve" ? placed.get(ref) : adjusts.get(ref);
		const window = asked ? both(noted, asked) : noted;
		if (kind === "reserve" || kind === "remove") ops.push({ kind: "take", units, ...window, ref });
		if (kind === "release" || kind === "restock" || kind === "return")
			ops.push({ kind: "give", units, ...window, ref: `${kind} ${ref}` });
	}
	for (const [key, { from, to, answer }] of places) {
		if (answer.status !== 409 || !answer.body.includes('"OUT_OF_STOCK"')) continue;
		const { errors } = JSON.parse(answer.body) as { errors: { path: string }[] };
		const { items } = answer.sent as { items: { sku: string; quantity: number }[] };
		const line = items.find(item => item.sku === sku);
		if (line && errors.some(({ path }) => path === sku))
			ops.push({ kind: "refused", units: line.quantity, from, to, ref: key });
	}
	return ops;
}

/** Could one counter, asked one at a time, have given all these answers? */
export function checkCounter({ stock, lines, skewed, buyers }: Evidence): Judgement {
	const judgement: Judgement = { violations: [], notes: [] };
	if (skewed)
		return { ...judgement, notes: ["a clock was wrong: no search of the stock's history"] };
	const buyerOf = new Map(buyers.map(({ name, id }) => [name, id]));
	for (const { stock: seen, movements } of stock) {
		const { sku } = seen;
		const [first] = movements.filter(({ kind }) => kind === "initial");
		const ops = opsOf({ sku, movements }, lines, buyerOf);
		const op = unexplained(first?.quantity ?? 0, ops);
		if (op === "undecided")
			judgement.notes.push(`too much of ${sku} happened at the same time to search its history`);
		else if (op) {
			const around = ops.filter(({ from, to }) => from <= op.to && to >= op.from);
			const what = `No order of what was done to ${sku} explains ${op.kind} ${op.units} for ${op.ref}`;
			judgement.violations.push({ invariant: "counter", what, about: { op, around } });
		}
	}
	return judgement;
}
