import type { Collection } from "../../mixins/db.mixin";
import { codeOf } from "../errors";
import { metrics } from "../metrics";
import { isFinal } from "../shared/order-status";
import type { Broker } from "../typed";
import { LEASE } from "./drive";
import type { OrderDocument } from "./order-document";
import type { Outbox } from "./outbox";
import type { Saga } from "./saga";

const TICK = 1000;
const AT_ONCE = 16;
const SWEEP_EVERY = 30_000;
/** An order that fails so often by itself is left to a person. */
const MOST_TRIES = 10;

interface Logger {
	warn(...args: unknown[]): void;
	error(...args: unknown[]): void;
}

/** Takes on the orders that nobody else does: after crashes, at the end of a hold, while a payment is undecided. */
export class Worker {
	private timers: NodeJS.Timeout[] = [];
	private running: Promise<unknown> = Promise.resolve();
	/** Holds that looked orphaned at the last sweep. */
	private suspects = new Set<string>();

	constructor(
		private readonly orders: Collection<OrderDocument>,
		private readonly saga: Saga,
		private readonly outbox: Outbox,
		private readonly broker: Broker,
		private readonly logger: Logger
	) {}

	start() {
		this.every(TICK, () => this.tick());
		this.every(SWEEP_EVERY, () => this.sweep());
	}
	async stop() {
		this.timers.forEach(clearInterval);
		await this.running;
	}
	private every(ms: number, work: () => Promise<void>) {
		let busy = false;
		const timer = setInterval(() => {
			if (busy) return;
			busy = true;
			const run = work()
				.catch(err => this.logger.warn("The order worker will try again:", err))
				.finally(() => (busy = false));
			this.running = Promise.all([this.running, run]);
		}, ms);
		this.timers.push(timer);
	}

	private async tick() {
		const due = await this.orders.find(
			{ dueAt: { $lte: Date.now() } },
			{ sort: ["dueAt"], limit: 20 * AT_ONCE }
		);
		metrics.workerLag.of().set(due[0] ? (Date.now() - due[0].dueAt!) / 1000 : 0);
		for (let i = 0; i < due.length; i += AT_ONCE)
			await Promise.all(due.slice(i, i + AT_ONCE).map(order => this.take(order)));
	}

	private async take(seen: OrderDocument) {
		const { id, version, dueAt } = seen;
		// one replica gets it; should it die, the order is due again
		const mine = await this.orders.change(
			{ id, version, dueAt: dueAt! },
			{ $set: { dueAt: Date.now() + LEASE } }
		);
		if (!mine) return;
		metrics.workerTakes.add();
		try {
			const order = await this.saga.drive(this.broker, mine);
			await this.outbox.tell(order);
			await this.rest(order);
		} catch (err) {
			await this.postpone(mine, err);
		}
	}

	/** What is told leaves the outbox; an order at rest is due when its hold runs out or something is to be told again. */
	private async rest(order: OrderDocument) {
		const { id, version, state, outbox, expiresAt = Infinity } = order;
		if (state === "PAYING") return;
		const told = this.outbox.toldOf(order);
		const untold = Object.keys(outbox).length > told.length;
		if (untold) this.outbox.lags(order);
		const dueAt = Math.min(
			state === "RESERVED" ? expiresAt : Infinity,
			untold ? Date.now() + LEASE : Infinity
		);
		const gone = Object.fromEntries(told.map(seq => [`outbox.s${seq}`, true as const]));
		await this.orders.change(
			{ id, version },
			dueAt < Infinity ? { $set: { dueAt }, $unset: gone } : { $unset: { ...gone, dueAt: true } }
		);
	}

	private async postpone({ id }: OrderDocument, err: unknown) {
		const order = (await this.orders.get(id))!;
		const { version, tries } = order;
		// away for a while is nobody's fault: only what should not happen is counted
		const code = codeOf(err);
		const status = (err as { code?: unknown }).code;
		const away = code !== undefined || status === 404 || status === 503 || status === 504;
		if (away) return;
		this.logger.error(`Order ${id} failed in state ${order.state}, try ${tries + 1}:`, err);
		const parked = tries + 1 >= MOST_TRIES;
		if (parked) this.logger.error(`Order ${id} is parked: it needs a person`);
		await this.orders.change(
			{ id, version },
			{
				$inc: { tries: 1 },
				...(parked
					? { $unset: { dueAt: true as const } }
					: { $set: { dueAt: Date.now() + Math.min(300_000, 1000 * 2 ** tries) } })
			}
		);
	}

	/** Ends the holds of orders that are over or never were; a hold is judged when two sweeps saw it so. */
	private async sweep() {
		const suspects = new Set<string>();
		for (let after = "", page; ; after = page.at(-1)!.sku) {
			page = await this.broker.call("inventory.holds", { after, heldOnly: true });
			if (!page.length) break;
			for (const { sku, held } of page)
				for (const hold of held) await this.judge(sku, hold, suspects);
		}
		this.suspects = suspects;
	}
	private async judge(
		sku: string,
		{ orderId, quantity }: { orderId: string; quantity: number },
		suspects: Set<string>
	) {
		const order = await this.orders.get(orderId);
		if (order && !isFinal(order.state) && order.state !== "COMPLETED") return;
		const name = `${orderId} ${sku}`;
		if (!this.suspects.has(name)) return void suspects.add(name);
		metrics.holdsOrphaned.add();
		this.logger.warn(`${quantity} × ${sku} were held for ${order?.state ?? "no"} order ${orderId}`);
		const lines = [{ sku, quantity }];
		const bought = order?.state === "COMPLETED" || order?.state === "REFUNDED";
		const sold = bought && !order.missing?.includes(sku);
		await this.broker.call(sold ? "inventory.commit" : "inventory.release", { orderId, lines });
	}
}
