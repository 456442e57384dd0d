import { codeOf } from "../../services/errors";
import { idOf } from "../../services/id";
import type { ErrorCode } from "../../services/shared/errors";
import type { Identity } from "../../services/shared/access";
import type { ActionName, Result, Sent } from "../../services/shared/contract";
import { Violation } from "./saga-invariants";
import { sellerOf } from "./saga-house";
import type { Adjustment, GiveBack, Purchase } from "./saga-plans";
import type { World } from "./saga-world";
import { ADDRESS } from "./shop";

const person = (role: Identity["role"], id: string): Identity => ({ id, role, sid: `s-${id}` });
const buyer = (i: number) => person("buyer", `ubuyer00${i}`);
const seller = (item: number) => person("seller", sellerOf(item));

/** What came of a wish: an answer or a refusal; neither when nobody knows. */
interface Answer<T> {
	result?: T;
	code?: ErrorCode | undefined;
	/** It may have been done also where the last answer was a refusal. */
	unsure: boolean;
}
const LATER = new Set<ErrorCode | undefined>([
	undefined,
	"IDEMPOTENCY_IN_PROGRESS",
	"CHECKOUT_PENDING",
	"SERVICE_UNAVAILABLE"
]);
const PATIENCE = 12;

/** Everybody who comes to the shop, and what they were told: it must be true in the end. */
export class People {
	private readonly promises: (() => void)[] = [];
	private readonly repeats: (() => Promise<void>)[] = [];
	/** Seller's operations: done, refused, or nobody knows. */
	private readonly operations: { sku: string; id: string; delta: number; done: boolean | null }[] =
		[];
	private made = 0;

	constructor(private readonly world: World) {}

	/** As a client with patience would ask: again, when it wasn't told. */
	private async ask<K extends ActionName>(
		action: K,
		params: Sent<K>,
		who: Identity
	): Promise<Answer<Result<K>>> {
		let unsure = false;
		for (let tries = 0; tries < PATIENCE; tries++) {
			try {
				return { result: await this.world.ask(action, params, who), unsure };
			} catch (err) {
				const code = codeOf(err);
				if (!LATER.has(code)) return { code, unsure };
				if (code === undefined && !(err as { retryable?: boolean }).retryable) throw err;
				unsure ||= code === undefined;
			}
			await this.pause(500 + this.world.timeline.below(2500));
		}
		return { unsure: true };
	}
	private pause(ms: number) {
		return this.world.timeline.sleep(this.world.people, ms);
	}
	private clicked<T>(clicks: number, work: () => Promise<T>): Promise<T[]> {
		return Promise.all(Array.from({ length: clicks }, work));
	}

	/** A checkout, from the click on "Order" to the parcels. */
	purchase = (plan: Purchase) => async () => {
		const who = buyer(plan.buyer);
		const params = {
			idempotencyKey: `key-${this.made++}`,
			items: plan.lines.map(({ item, quantity }) => ({ sku: `sku-${item}`, quantity })),
			shippingAddress: ADDRESS
		};
		await this.pause(plan.at);
		const placing = () => this.ask("order.place", params, who);
		const answers = await this.clicked(plan.clicks, placing);
		for (const answer of answers)
			if (answer.result || answer.code) this.repeat(params, who, answer);
		const placed = answers.find(({ result }) => result)?.result;
		if (!placed) return;
		const paying = this.pay(placed.id, plan, who);
		const cancelling = this.cancel(placed.id, plan, who);
		await Promise.all([
			paying,
			cancelling,
			...plan.lines.map(line => this.ship(placed.id, plan, line)),
			...plan.refunds.map(wish => this.giveBack(placed.id, plan, wish)),
			this.sendBack(placed.id, plan, who)
		]);
		const [paid, cancelled] = [await paying, await cancelling];
		this.promise(() => this.buyerWasToldTheTruth(placed.id, paid, cancelled));
	};
	/** Asked again in the end, the same key gets the same bytes. */
	private repeat(params: Sent<"order.place">, who: Identity, first: Answer<Result<"order.place">>) {
		const said = ({ result, code }: Answer<Result<"order.place">>) => {
			const { replayed: _, ...order } = result ?? {};
			return JSON.stringify(result ? order : code);
		};
		this.repeats.push(async () => {
			const again = await this.ask("order.place", params, who);
			if (said(again) !== said(first)) throw new Violation("I9", `${said(first)}, ${said(again)}`);
			const other = { ...params, shippingMethod: "express" as const };
			const { code } = await this.ask("order.place", other, who);
			const known = first.result || first.code === "OUT_OF_STOCK";
			if (known && code !== "IDEMPOTENCY_KEY_REUSED") throw new Violation("I9", `${code}`);
		});
	}

	private async pay(id: string, { cards, thinks, clicks, approves }: Purchase, who: Identity) {
		const answers: Answer<{ status: string }>[] = [];
		for (const paymentToken of cards) {
			await this.pause(thinks);
			const paid = await this.clicked(clicks, () =>
				this.ask("order.pay", { id, paymentToken }, who)
			);
			answers.push(...paid);
			const payment = paid.find(({ result }) => result?.payment)?.result!.payment;
			if (approves === null || payment?.status !== "challenge") continue;
			await this.pause(thinks);
			// whoever clicks twice has both answers under the mouse
			const said = [approves, !approves].slice(0, clicks);
			const confirm = (approve: boolean) =>
				this.ask("payment.confirm", { id: payment.id, approve }, who);
			answers.push(...(await Promise.all(said.map(confirm))));
		}
		return answers;
	}
	private async cancel(id: string, { cancels, clicks }: Purchase, who: Identity) {
		if (cancels === null) return [];
		await this.pause(cancels);
		return this.clicked(clicks, () => this.ask("order.cancel", { id }, who));
	}
	private async ship(id: string, { ships, clicks }: Purchase, line: Purchase["lines"][number]) {
		if (ships === null) return;
		const who = seller(line.item);
		const one = [{ sku: `sku-${line.item}`, quantity: 1 }];
		await this.pause(ships);
		await this.clicked(clicks, () => this.ask("order.ship", { id, lines: one }, who));
		await this.pause(ships);
		await this.ask("order.ship", { id }, who);
		await this.ask("order.deliver", { id }, who);
	}

	/** Asked once more when the order isn't so far yet. */
	private async askLater<K extends ActionName>(action: K, params: Sent<K>, who: Identity) {
		let answer = await this.ask(action, params, who);
		for (let tries = 0; tries < 4 && answer.code === "INVALID_STATE"; tries++) {
			await this.pause(4000);
			const { unsure } = answer;
			answer = await this.ask(action, params, who);
			answer.unsure ||= unsure;
		}
		return answer;
	}
	private async giveBack(id: string, { lines, clicks }: Purchase, wish: GiveBack) {
		const { item } = lines[wish.line % lines.length]!;
		const { at, quantity, restock, of } = wish;
		const [who, operationId] = [seller(item), `giveback-${this.made++}`];
		await this.pause(at);
		const asked = { lines: [{ sku: `sku-${item}`, quantity }], reason: "Broken", restock };
		const params = { id, operationId, ...asked, ...(of && { of }) };
		const answers = await this.clicked(clicks, () => this.askLater("order.refund", params, who));
		const refundId = idOf("r", id, who.id, operationId);
		this.promise(() => {
			const refund = this.orderOf(id).refunds?.[refundId];
			this.keptWord(`refund ${refundId}`, answers, refund !== undefined);
			if (!refund) return;
			const { restock: back, lines: given } = refund;
			const units = given.map(line => [line.sku, line.quantity, back]);
			if (JSON.stringify(units) !== JSON.stringify([[`sku-${item}`, quantity, restock]]))
				throw new Violation("I10", `${refundId} gives back ${JSON.stringify(units)}`);
		});
	}
	private async sendBack(id: string, { returns, lines, clicks }: Purchase, who: Identity) {
		if (!returns) return;
		const { at, quantity, answers: steps, restock } = returns;
		const { item } = lines[0]!;
		const operationId = `sendback-${this.made++}`;
		await this.pause(at);
		const asked = { lines: [{ sku: `sku-${item}`, quantity }], reason: "Too small", operationId };
		const answers = await this.clicked(clicks, () =>
			this.askLater("order.sendBack", { id, ...asked }, who)
		);
		const returnId = idOf("b", id, operationId, seller(item).id);
		this.promise(() => {
			const there = this.orderOf(id).returns?.[returnId] !== undefined;
			this.keptWord(`return ${returnId}`, answers, there);
		});
		const receive = () => this.ask("order.receiveReturn", { id, returnId, restock }, seller(item));
		const note = "So be it";
		for (const step of steps) {
			await this.pause(300);
			const said = await this.clicked<Answer<unknown>>(clicks, () =>
				step === "receive"
					? receive()
					: this.ask(`order.${step}Return`, { id, returnId, note }, seller(item))
			);
			if (step !== "receive") continue;
			this.promise(() => {
				const entry = this.orderOf(id).returns?.[returnId];
				this.keptWord(`receipt of ${returnId}`, said, entry?.refundId !== undefined);
			});
		}
	}
	private orderOf = (id: string) => this.world.stores.documents.orders.get(id)!;
	/** What somebody was told is done is done, and what was refused is not. */
	private keptWord(what: string, answers: Answer<unknown>[], done: boolean) {
		if (answers.some(({ result }) => result) && !done)
			throw new Violation("I10", `told of the ${what}, which isn't there`);
		if (answers.every(({ code, unsure }) => code && !unsure) && done)
			throw new Violation("I10", `told that there is no ${what}`);
	}

	adjustment =
		({ at, item, delta, clicks }: Adjustment) =>
		async () => {
			const [sku, id] = [`sku-${item}`, `operation-${this.made++}`];
			await this.pause(at);
			const params = { sku, delta, reason: "correction" as const, operationId: id };
			const answers = await this.clicked(clicks, () =>
				this.ask("inventory.adjust", params, seller(item))
			);
			const done = answers.some(({ result }) => result);
			const refused = answers.every(({ code, unsure }) => code && !unsure);
			this.operations.push({ sku, id, delta, done: done || (refused ? false : null) });
		};

	private promise(kept: () => void) {
		this.promises.push(kept);
	}
	private buyerWasToldTheTruth(
		id: string,
		paid: Answer<{ status: string }>[],
		cancelled: Answer<{ status: string }>[]
	) {
		const { state, paidAt, history } = this.world.stores.documents.orders.get(id)!;
		const must = (holds: boolean, what: string) => {
			if (!holds) throw new Violation("I10", `${what}: ${id} is ${history.join(" → ")}`);
		};
		if (paid.some(({ result }) => result?.status === "paid"))
			must(!!paidAt, "told that it is paid");
		const refused = paid.every(({ code, unsure }) => code && !unsure);
		if (refused) must(!paidAt, "told that it wasn't paid");
		const ended = state === "CANCELLED" || state === "REFUNDED";
		if (cancelled.some(({ result }) => result)) must(ended, "told that it is cancelled");
		// what its sellers gave back line by line ends it as well
		const whole = history.includes("REFUNDING") || state === "CANCELLED";
		if (cancelled.every(({ code, unsure }) => code && !unsure))
			must(!whole || history.includes("NEEDS_ATTENTION"), "told that it isn't cancelled");
	}

	/** Throws when anybody was told what isn't so. */
	wereToldTheTruth(): void {
		for (const kept of this.promises) kept();
		for (const stock of this.world.stores.documents.stock.values()) {
			let shelf = 0;
			for (const { sku, id, delta, done } of this.operations) {
				if (sku !== stock.id) continue;
				const known = stock.operations[id] !== undefined;
				if (done !== null && done !== known) throw new Violation("I10", `${id} is ${known}`);
				if (known) shelf += delta;
			}
			if (stock.restocked - stock.removed !== shelf)
				throw new Violation("I10", `${stock.id}: ${shelf} by sellers, counted otherwise`);
		}
	}
	/** Asks for every order again, as it was asked for first. */
	askAgain = async () => {
		for (const repeat of this.repeats) await repeat();
	};
}
