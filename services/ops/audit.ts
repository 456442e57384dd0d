import type { Result } from "../shared/contract";
import type { Finding } from "../shared/inventory.contract";
import { canMove, MOVES, TRANSIENT, type SagaState } from "../shared/order-status";
import type { Verdict } from "../shared/ops.contract";

type Facts = Result<"order.facts">[number];
type Charges = Result<"payment.ledger">[number];
type Stock = Result<"inventory.holds">[number];

const MOST_FINDINGS = 1000;
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const isPaid = (state: string) => state === "CONFIRMED" || state === "COMPLETED";
/** A service reads what another wrote a moment later: what is younger is judged only when all is settled. */
const LIVE = new Set<string>(["NEW", "RESERVED", "PAYING", "CONFIRMED"]);

/** Holds what orders, stock and the provider's log say against each other: I4 to I8 and I13 of RELIABILITY.md. */
export class Audit {
	private readonly findings: Finding[] = [];
	private readonly orders = new Map<string, { state: string; lines: Map<string, number> }>();
	/** SKU -> units in orders that were paid and not given back. */
	private readonly sold = new Map<string, number>();
	private readonly held = new Set<string>();
	private readonly lines: { orderId: string; sku: string }[] = [];
	private charges = 0;

	/** @param settled nothing is going on: also what only holds at rest must hold */
	constructor(private readonly settled: boolean) {}

	found(findings: Finding[]) {
		this.findings.push(...findings.slice(0, MOST_FINDINGS - this.findings.length));
	}
	private must(holds: boolean, invariant: string, what: string, ...refs: string[]) {
		if (!holds) this.found([{ invariant, what, refs }]);
	}

	order(order: Facts, { captured, refunded, captures }: Charges) {
		const { id, state, history, version, total, lines } = order;
		this.orders.set(id, {
			state,
			lines: new Map(lines.map(({ sku, quantity }) => [sku, quantity]))
		});

		const path = history.every((to, i) =>
			i === 0 ? to === "NEW" : to in MOVES && canMove(history[i - 1] as SagaState, to as SagaState)
		);
		this.must(path && history.at(-1) === state, "I13", `Illegal path ${history.join(" → ")}`, id);
		this.must(
			version >= history.length,
			"I13",
			`Version ${version} after ${history.length} states`,
			id
		);

		const given = sum(order.refunds.map(({ amount, shipping }) => amount + shipping));
		const pending = order.refunds.some(({ doneAt }) => doneAt === null);
		const due = isPaid(state) || state === "NEEDS_ATTENTION" ? total - given : 0;
		const decided =
			!pending && state !== "PAYING" && state !== "REFUNDING" && state !== "NEEDS_ATTENTION";
		const net = captured - refunded;
		this.refunds(order, given);
		if (decided) this.must(net === due, "I8", `${net} charged for ${due} in state ${state}`, id);
		this.must(captures <= 1, "I8", `Captured ${captures} times`, id);
		const worth = sum(lines.map(({ unitPrice, quantity }) => unitPrice * quantity));
		this.must(worth <= total, "I12", `The lines are worth ${worth}, the total is ${total}`, id);

		if (isPaid(state)) this.sells(lines, 1);
		// refunded as a whole, an order takes back what it hadn't given back before
		if (state === "REFUNDED")
			this.sells(
				order.refunds.flatMap(refund => refund.lines),
				1
			);
		if (isPaid(state) || state === "REFUNDED")
			for (const { restock, doneAt, lines: back } of order.refunds)
				if (restock && doneAt !== null) this.sells(back, -1);
		if (state === "RESERVED" || state === "PAYING")
			this.lines.push(...lines.map(({ sku }) => ({ orderId: id, sku })));
		if (!this.settled) return;
		this.must(!TRANSIENT.includes(state as SagaState), "I6", `Still ${state} at rest`, id);
		this.must(!pending, "I6", "Still giving back at rest", id);
		this.must(!order.dirty || order.leaseUntil > 0, "I11", "Events are left untold", id);
	}

	/** No unit is given back twice, and no cent more than was paid. */
	private refunds({ id, total, lines, refunds }: Facts, given: number) {
		this.must(given <= total, "I8", `${given} given back of ${total}`, id);
		const back = refunds.flatMap(refund => refund.lines);
		for (const { sku, quantity } of lines) {
			const units = sum(back.filter(line => line.sku === sku).map(line => line.quantity));
			this.must(units <= quantity, "I8", `${units} of ${quantity} × ${sku} given back`, id);
		}
		for (const { sku } of back)
			this.must(
				lines.some(line => line.sku === sku),
				"I8",
				`${sku} given back, and not bought`,
				id
			);
	}
	private sells(lines: readonly { sku: string; quantity: number }[], sign: 1 | -1) {
		for (const { sku, quantity } of lines)
			this.sold.set(sku, (this.sold.get(sku) ?? 0) + sign * quantity);
	}

	stock({ sku, sold, returned, held }: Stock) {
		for (const { orderId, quantity } of held) {
			this.held.add(`${orderId} ${sku}`);
			const order = this.orders.get(orderId);
			if (!order && !this.settled) continue; // made since the orders were read
			const live = order !== undefined && LIVE.has(order.state);
			if (live || this.settled)
				this.must(
					live && order.lines.get(sku) === quantity,
					"I5",
					`${quantity} × ${sku} held for ${order?.state ?? "no"} order`,
					orderId
				);
		}
		if (!this.settled) return;
		const net = this.sold.get(sku) ?? 0;
		this.must(sold - returned === net, "I4", `${sold - returned} sold, ${net} in paid orders`, sku);
	}

	charge(orderId: string) {
		this.charges++;
		if (this.settled)
			this.must(this.orders.has(orderId), "I8", "Charged without an order", orderId);
	}

	verdict(skus: number): Verdict {
		// an order that waits for its payment has its stock
		if (this.settled)
			for (const { orderId, sku } of this.lines)
				this.must(this.held.has(`${orderId} ${sku}`), "I7", `${sku} isn't held`, orderId);
		const { findings, charges } = this;
		const checked = { skus, orders: this.orders.size, charges };
		return { ok: findings.length === 0, at: new Date().toISOString(), checked, findings };
	}
}
