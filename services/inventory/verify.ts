import type { Finding } from "../shared/inventory.contract";
import type { Ledger } from "./ledger";
import { EFFECT, isAmong, type StockDocument } from "./stock-update";

/** What is untrue of one SKU: I1 to I3 of RELIABILITY.md, and the ledger's fold. */
export async function findingsOf(stock: StockDocument, ledger: Ledger): Promise<Finding[]> {
	const { id: sku, available, heldQty, sold, initial, restocked, returned, removed, held } = stock;
	const found: Finding[] = [];
	const must = (holds: boolean, invariant: string, what: string) => {
		if (!holds) found.push({ invariant, what, refs: [sku] });
	};

	for (const [name, value] of Object.entries({ available, heldQty, sold }))
		must(Number.isInteger(value) && value >= 0, "I1", `${name} is ${value}`);
	const expected = initial + restocked + returned - removed - sold - heldQty;
	must(expected === available, "I2", `${available} available where the counters say ${expected}`);
	const holds = Object.values(held).reduce((sum, quantity) => sum + quantity, 0);
	must(holds === heldQty, "I3", `${heldQty} held where the holds add up to ${holds}`);
	must(holds === 0 || stock.holding === sku, "I3", "its holds are not to be found");

	const fold = { available: 0, held: 0, sold: 0 };
	let entries = 0;
	const add = (kind: keyof typeof EFFECT, quantity: number) => {
		entries++;
		for (const counter of ["available", "held", "sold"] as const)
			fold[counter] += EFFECT[kind][counter] * quantity;
	};
	const pending = Object.entries(stock.pending);
	const copied = new Set<string>();
	for (let top = stock.version; top > 0; top -= 500) {
		const page = await ledger.page(sku, top, 500);
		for (const { kind, quantity } of page) add(kind, quantity);
		for (const [key, movement] of pending) if (isAmong(page, sku, key, movement)) copied.add(key);
	}
	// an operation's movement is in the document first
	for (const [key, { kind, quantity }] of pending) if (!copied.has(key)) add(kind, quantity);
	must(entries === stock.version, "ledger", `${entries} movements at version ${stock.version}`);
	for (const [name, value] of Object.entries({ available, held: heldQty, sold }))
		must(
			fold[name as keyof typeof fold] === value,
			"ledger",
			`${name} is ${value}, its movements add up to ${fold[name as keyof typeof fold]}`
		);
	return found;
}
