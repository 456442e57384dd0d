import { codeOf } from "../../services/errors";
import type { ErrorCode } from "../../services/shared/errors";
import type { Identity } from "../../services/shared/access";
import type { ActionName, Result, Sent } from "../../services/shared/contract";
import { Violation } from "./saga-invariants";
import { sellerOf } from "./saga-house";
import type { Adjustment, Purchase } from "./saga-plans";
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
			...plan.lines.map(line => this.ship(placed.id, plan, line))
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
		if (cancelled.every(({ code, unsure }) => code && !unsure))
			must(!ended || history.includes("NEEDS_ATTENTION"), "told that it isn't cancelled");
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
