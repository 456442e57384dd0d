import type { StockDocument } from "../../services/inventory/stock-update";
import type { OrderDocument } from "../../services/order/order-document";
import type { Charge } from "../../services/payment/provider";
import { refundKey } from "../../services/order/refunds";
import { canMove, isFinal, TRANSIENT, type SagaState } from "../../services/shared/order-status";
import type { Documents, Table } from "./saga-store";
import { KEEPERS } from "./saga-house";
import type { World } from "./saga-world";

const sum = (numbers: Iterable<number>) => [...numbers].reduce((a, b) => a + b, 0);
const holdsStock = (state: SagaState) =>
	state === "RESERVED" || state === "PAYING" || state === "CONFIRMED";
const isSold = (state: SagaState) => state === "CONFIRMED" || state === "COMPLETED";

/** A world in which something is so that must not be. */
export class Violation extends Error {
	constructor(invariant: string, what: string) {
		super(`${invariant}: ${what}`);
	}
}
function must(holds: boolean, invariant: string, what: () => string): void {
	if (!holds) throw new Violation(invariant, what());
}

/** What holds after every single write. */
export function invariantsOf(
	world: World,
	table: Table,
	document: object,
	before: object | undefined
): void {
	try {
		if (table === "stock") stockHolds(document as StockDocument);
		if (table === "orders")
			orderHolds(world, document as OrderDocument, before as OrderDocument | undefined);
		if (table === "charges") chargeHolds(document as Charge);
	} catch (err) {
		// not the writer's to catch
		world.complaints.push(String(err));
	}
}

function stockHolds(stock: StockDocument) {
	const { available, heldQty, sold, initial, restocked, returned, removed, held } = stock;
	for (const [name, value] of Object.entries({ available, heldQty, sold }))
		must(Number.isInteger(value) && value >= 0, "I1", () => `${name} of ${stock.id} is ${value}`);
	const expected = initial + restocked + returned - removed - sold - heldQty;
	must(expected === available, "I2", () => `${stock.id}: ${available}, should be ${expected}`);
	const holds = sum(Object.values(held));
	must(holds === heldQty, "I3", () => `${stock.id}: ${heldQty} held, the holds are ${holds}`);
}

function orderHolds(world: World, order: OrderDocument, before: OrderDocument | undefined) {
	const { id, history, state, version } = order;
	const from = before?.history ?? [];
	const added = history.slice(from.length);
	const legal =
		history.slice(0, from.length).join() === from.join() &&
		added.every((to, i) => {
			const last = i ? added[i - 1] : from.at(-1);
			return last === undefined ? to === "NEW" : canMove(last, to);
		});
	must(legal && history.at(-1) === state, "I13", () => `${id} went ${history.join(" → ")}`);
	const steps = before && WHAT_MOVES.some(field => !same(before[field], order[field])) ? 1 : 0;
	const expected = before ? before.version + steps : 1;
	must(version === expected, "I13", () => `${id}: version ${version}, should be ${expected}`);
	must(version >= (before?.version ?? 0), "I11", () => `${id} goes back to version ${version}`);
	if (holdsStock(state) && !world.setup.loses) hasItsStock(world, order);
	const { total, shipping, items } = order;
	const lines = sum(items.map(({ unitPrice, quantity }) => unitPrice * quantity));
	must(total === lines + shipping, "I12", () => `${id}: ${total} for ${lines} and ${shipping}`);
	refundsHold(order, before);
}
/** What a version is of. */
const WHAT_MOVES = ["history", "parcels", "timeline", "refunds", "returns"] as const;
const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);

/** No unit is given back twice or without having been bought, and none gets lost in the parcels. */
function refundsHold(order: OrderDocument, before: OrderDocument | undefined) {
	const { id, refunds = {}, items, parcels, total } = order;
	const all = Object.values(refunds);
	for (const was of Object.values(before?.refunds ?? {})) {
		const { doneAt, ...now } = refunds[was.id] ?? {};
		const { doneAt: wasDone, ...then } = was;
		must(same(now, then), "I8", () => `${was.id} of ${id} has changed`);
		must(!wasDone || wasDone === doneAt, "I8", () => `${was.id} of ${id} is done again`);
	}
	const given = sum(all.map(({ amount, shipping }) => amount + shipping));
	must(given <= total, "I8", () => `${given} of ${total} given back of ${id}`);
	for (const { sku, quantity, unitPrice } of items) {
		const units = sum(unitsOf(all, sku));
		must(units <= quantity, "I8", () => `${units} of ${quantity} × ${sku} given back of ${id}`);
		const worth = sum(
			all.flatMap(({ lines }) => lines.filter(line => line.sku === sku)).map(line => line.amount)
		);
		must(worth === units * unitPrice, "I8", () => `${worth} for ${units} × ${sku} of ${id}`);
		const packed = sum(unitsOf(parcels, sku));
		must(packed === quantity, "parcels", () => `${packed} of ${quantity} × ${sku} in ${id}`);
	}
}
const unitsOf = (boxes: { lines: { sku: string; quantity: number }[] }[], sku: string) =>
	boxes.flatMap(({ lines }) => lines.filter(line => line.sku === sku)).map(line => line.quantity);
function hasItsStock({ stores }: World, { id, state, items }: OrderDocument) {
	for (const { sku, quantity } of items) {
		const { held, closed, pending } = stores.documents.stock.get(sku)!;
		// what was sold long ago may have been forgotten by the document, not by the ledger
		const sold =
			closed[id]?.as === "SOLD" ||
			pending[`commit-${id}`] !== undefined ||
			stores.documents.movements.has(`${sku}.commit-${id}`);
		must(held[id] === quantity || sold, "I7", () => `${sku} isn't held for ${id}, ${state}`);
	}
}
function chargeHolds({ id, amount, refunded, refunds }: Charge) {
	must(refunded <= amount, "I8", () => `${refunded} of ${amount} given back of ${id}`);
	must(refunded === sum(Object.values(refunds)), "I8", () => `${id}: refunds don't add up`);
}

/** What holds once all has come to rest. */
export function restHolds(world: World): void {
	const { orders, stock, charges } = world.stores.documents;
	for (const order of orders.values()) orderRests(world, order);
	for (const document of stock.values()) stockRests(document, orders);
	for (const { orderId } of charges.values())
		must(orders.has(orderId), "I8", () => `${orderId} was charged, there is no such order`);
	// the sweeper is for what nothing else can help: messages and machines that come back from the dead
	const { twice, late, pause } = world.setup.faults;
	const swept = world.warnings.filter(warning => warning.includes(" were held for "));
	if (!twice && !late && !pause && !world.setup.loses)
		must(!swept.length, "I5", () => `swept: ${swept.join()}`);
}

function orderRests(world: World, order: OrderDocument) {
	const { id, state, seq, outbox, total, parcels, slot, tries } = order;
	const refunds = Object.values(order.refunds ?? {});
	must(!TRANSIENT.includes(state), "I6", () => `${id} is still ${state}`);
	must(state !== "RESERVED", "I6", () => `${id} should have expired`);
	must(isFinal(state) || state === "COMPLETED", "I6", () => `${id} rests in ${state}`);
	must(order.dueAt === undefined, "I6", () => `${id} is ${state} and due`);
	must(slot === undefined && tries === 0, "I6", () => `${id}: slot ${slot}, tries ${tries}`);

	for (const keeper of KEEPERS)
		for (let n = 1; n <= seq; n++)
			must(world.told.has(`${keeper} ${id} ${n}`), "I11", () => `${keeper} ${n}, ${id}: never`);
	must(!Object.keys(outbox).length, "I11", () => `${id} keeps ${Object.keys(outbox).join()}`);

	const captured = [...world.stores.documents.charges.values()].filter(
		charge => charge.orderId === id && charge.outcome === "captured"
	);
	must(captured.length <= 1, "I8", () => `${id} was captured ${captured.length} times`);
	const net = sum(captured.map(({ amount, refunded }) => amount - refunded));
	const given = sum(refunds.map(({ amount, shipping }) => amount + shipping));
	const due = isSold(state) ? total - given : 0;
	must(net === due, "I8", () => `${net} charged for ${due}, ${id} is ${state}`);
	const known = { ...captured[0]?.refunds };
	for (const { id: refundId, amount, shipping, doneAt } of refunds) {
		const key = refundKey(id, refundId);
		must(doneAt !== undefined, "I6", () => `${refundId} of ${id} is still under way`);
		must(known[key] === amount + shipping, "I8", () => `${known[key]} given back as ${key}`);
		delete known[key];
	}
	const others = Object.keys(known).filter(key => key !== `${id}-all` || state !== "REFUNDED");
	must(!others.length, "I8", () => `${others.join()} is no refund of ${id}, ${state}`);

	const gone = parcels.some(({ status }) => status === "shipped" || status === "delivered");
	must(!gone || isSold(state), "parcels", () => `${id} was shipped and is ${state}`);
}

function stockRests(stock: StockDocument, orders: Map<string, Documents["orders"]>) {
	const { id: sku, held, sold, returned } = stock;
	for (const orderId of Object.keys(held))
		must(false, "I5", () => `${sku} is held for ${orderId}, ${orders.get(orderId)?.state}`);
	const bought = [...orders.values()].filter(({ state }) => isSold(state));
	const lines = bought.flatMap(({ items }) => items).filter(item => item.sku === sku);
	const kept = [...orders.values()].filter(({ state }) => isSold(state) || state === "REFUNDED");
	const refunds = kept.flatMap(({ refunds = {}, state }) =>
		Object.values(refunds).map(refund => ({ ...refund, whole: !isSold(state) }))
	);
	// sold is what was bought, less what is back on the shelf; of orders refunded as a whole what isn't
	const paid =
		sum(lines.map(({ quantity }) => quantity)) +
		sum(
			unitsOf(
				refunds.filter(({ whole }) => whole),
				sku
			)
		) -
		sum(
			unitsOf(
				refunds.filter(({ restock }) => restock),
				sku
			)
		);
	must(sold - returned === paid, "I4", () => `${sku}: ${sold} - ${returned} sold, ${paid} paid`);
}
