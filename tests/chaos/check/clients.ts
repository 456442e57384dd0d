import { orderId } from "../../../services/order/place";
import { isAck, type Line } from "../record";
import type { Evidence, SeenOrder, Violation } from "./evidence";

/** Answers that each operation may get; anything else is a lie or a bug, such as a 404 for a service that is away. */
const ALLOWED: Record<string, number[]> = {
	place: [201, 409, 429],
	reuse: [422, 409, 429],
	pay: [200, 202, 402, 409],
	cancel: [200, 409],
	adjust: [200, 409],
	price: [200, 409],
	cart: [200],
	login: [200, 429],
	socket: [200]
};
const isUnexpected = ({ op, status }: Line) =>
	status !== null && status < 500 && !(ALLOWED[op] ?? [200]).includes(status);
const ordersOf = (lines: Line[]) => lines.filter(({ op }) => op === "place");
const group = <T>(all: T[], keyOf: (one: T) => string) => {
	const groups = new Map<string, T[]>();
	for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
	return groups;
};

export function checkAnswers({ lines }: Evidence): Violation[] {
	const wrong = lines.filter(isUnexpected);
	const hung = lines.filter(({ body, status }) => status === null && body === "ABORT_ERR");
	return [
		...wrong.map(line => ({
			invariant: "answers",
			what: `${line.op} was answered ${line.status}`,
			about: line
		})),
		...hung.map(line => ({ invariant: "answers", what: `${line.op} hung for 30 s`, about: line }))
	];
}

/** I9: a key is one order, and the same answer whenever it is asked again. */
export function checkKeys({ lines, orders, buyers }: Evidence): Violation[] {
	const found: Violation[] = [];
	const idOf = new Map(buyers.map(({ name, id }) => [name, id]));
	const byId = new Map(orders.map(order => [order.id, order]));
	const keys = group(ordersOf(lines), ({ actor, key }) => `${actor} ${key}`);
	const known = new Set<string>();
	for (const tries of keys.values()) {
		const { actor, key } = tries[0]!;
		const id = orderId(idOf.get(actor)!, key);
		known.add(id);
		const made = tries.filter(({ status }) => status === 201);
		const refused = tries.filter(
			({ status, body }) => status === 409 && body.includes('"OUT_OF_STOCK"')
		);
		const about = { order: byId.get(id), tries };
		const must = (holds: boolean, what: string) =>
			holds || found.push({ invariant: "I9", what, about });
		must(
			new Set(made.map(({ body }) => body)).size <= 1,
			`Key ${key} was answered in several ways`
		);
		must(!made.length || !refused.length, `Key ${key} was accepted and refused`);
		must(!made.length || made[0]!.body.includes(`"${id}"`), `Key ${key} made another order`);
		if (made.length) must(byId.has(id), `Key ${key} has no order`);
	}
	for (const order of orders)
		if (!known.has(order.id))
			found.push({ invariant: "I9", what: `Nobody asked for order ${order.id}`, about: order });
	for (const line of lines.filter(({ op, status }) => op === "reuse" && isAck({ status })))
		found.push({ invariant: "I9", what: "A changed request was accepted", about: line });
	return found;
}

const PAID = new Set(["CONFIRMED", "COMPLETED", "REFUNDING", "REFUNDED", "NEEDS_ATTENTION"]);
const isPaid = ({ history }: SeenOrder) => history.some(state => PAID.has(state));
const isUndone = ({ history }: SeenOrder) =>
	["CANCELLING", "CANCELLED", "REFUNDING", "REFUNDED"].some(state =>
		history.includes(state as never)
	);

/** I10: what was acknowledged is there. */
export function checkAcks({ lines, orders, stock, charges }: Evidence): Violation[] {
	const byId = new Map(orders.map(order => [order.id, order]));
	const chargeOf = new Map(charges.map(charge => [charge.orderId, charge]));
	const moves = new Map(
		stock.flatMap(({ movements, stock: { sku } }) =>
			movements.map(movement => [`${sku} ${movement.ref}`, movement] as const)
		)
	);
	const found: Violation[] = [];
	for (const line of lines) {
		if (!isAck(line)) continue;
		const lost = (what: string, about: unknown) =>
			found.push({ invariant: "I10", what, about: { line, about } });
		const order = byId.get(line.key);
		if (line.op === "pay" && !(order && isPaid(order)))
			lost(`Order ${line.key} was paid, and isn't`, order);
		if (line.op === "pay" && chargeOf.get(line.key)?.captures !== 1)
			lost(`Order ${line.key} was paid, and the provider knows of no capture`, order);
		if (line.op === "cancel" && !(order && isUndone(order)))
			lost(`Order ${line.key} was cancelled, and isn't`, order);
		if (line.op === "place") {
			const told = JSON.parse(line.body) as { id: string; total: number };
			const kept = byId.get(told.id);
			if (kept?.total !== told.total || !kept.history.includes("RESERVED"))
				lost(`Order ${told.id} was placed, and isn't there as it was told`, kept);
		}
		if (line.op === "adjust") {
			const { delta } = line.sent as { delta: number };
			const { sku } = JSON.parse(line.body) as { sku: string };
			if (moves.get(`${sku} ${line.key}`)?.quantity !== Math.abs(delta))
				lost(`${delta} of ${sku} isn't in the ledger`, null);
		}
	}
	return found;
}

interface PriceTry {
	price: number;
	base: number;
	t0: number;
	t1: number;
	acked: boolean;
}
/** I12: every price on an order was the product's at some time while it was being placed. */
export function checkPrices({ lines, orders, opened, buyers }: Evidence): Violation[] {
	const tries = new Map<string, PriceTry[]>();
	for (const { sku, price, at } of opened)
		tries.set(sku, [{ price, base: 0, t0: at, t1: at, acked: true }]);
	for (const { op, key, sent, t0, t1, status } of lines) {
		if (op !== "price" || (status !== null && status >= 400 && status < 500)) continue;
		const { version, variants } = sent as { version: number; variants: { price: number }[] };
		const acked = isAck({ status });
		tries.get(key)?.push({ price: variants[0]!.price, base: version, t0, t1, acked });
	}
	const idOf = new Map(buyers.map(({ name, id }) => [name, id]));
	const placed = new Map<string, { from: number; to: number }>();
	for (const { actor, key, t0, t1 } of ordersOf(lines)) {
		const id = orderId(idOf.get(actor)!, key);
		const known = placed.get(id);
		placed.set(id, { from: Math.min(t0, known?.from ?? t0), to: Math.max(t1, known?.to ?? t1) });
	}
	return orders.flatMap(order => {
		const window = placed.get(order.id);
		if (!window) return [];
		return order.lines.flatMap(({ sku, unitPrice }) => {
			const all = tries.get(sku) ?? [];
			const isPossible = (one: PriceTry) =>
				one.price === unitPrice &&
				one.t0 <= window.to &&
				!all.some(
					next =>
						next !== one &&
						next.acked &&
						next.base > one.base - 1 &&
						next.t1 < window.from &&
						next.t0 >= one.t0
				);
			if (all.some(isPossible)) return [];
			const what = `Order ${order.id} was made at ${unitPrice} for ${sku}`;
			return [{ invariant: "I12", what, about: { order, window, prices: all } }];
		});
	});
}

/** I15: nobody is told of somebody else. */
export function checkPrivacy({ lines, orders, buyers }: Evidence): Violation[] {
	const owner = new Map(orders.map(({ id, buyerId }) => [id, buyerId]));
	const byMarker = new Map(buyers.map(({ marker, id }) => [marker, id]));
	const idOf = new Map(buyers.map(({ name, id }) => [name, id]));
	const secrets = /m[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|o[0-9a-f]{31}/g;
	return lines.flatMap(line => {
		const me = idOf.get(line.actor);
		if (!me) return [];
		const others = (line.body.match(secrets) ?? []).filter(secret => {
			const whose = byMarker.get(secret) ?? owner.get(secret);
			return whose !== undefined && whose !== me;
		});
		if (!others.length) return [];
		const what = `${line.actor} was told of ${others.join()}`;
		return [{ invariant: "I15", what, about: line }];
	});
}
