import { randomUUID } from "node:crypto";
import { orderId } from "../../services/order/place";
import { isFinal, type SagaState } from "../../services/shared/order-status";
import type { Result } from "../../services/shared/contract";
import type { Order } from "../helpers/client";
import { until } from "../helpers/shop";
import type { CrashPoint } from "./crash-points";
import type { Buyer } from "./crowd";
import type { Rule } from "./injections";
import { settle } from "./settle";
import type { Stage } from "./stage";

type Inside = NonNullable<Result<"order.inspect">>;
/** Processes that die by a rule, and are started again. */
export interface Mortal {
	/** To whatever runs orders and stock. */
	tell(...rules: Rule[]): void;
	/** Waits until a process has died of the rule, proves it, and sees to it that everything runs again. */
	outlive(rule: string): Promise<void>;
}
interface Fate {
	point: string;
	/** Milliseconds from when everything ran again until the order was where it belongs. */
	recovered: number;
}

/** Milliseconds. A lease and a tick of the worker make 16 s; the next deaths, and what else the machine does, come on top. */
const RECOVERED_WITHIN = 90_000;
/** And after which it hangs. */
const PATIENCE = 240_000;
const TTL = 60_000;
/** For the shops that this is done to. */
export const ENV = { RESERVATION_TTL: `${TTL / 1000}` };
/** More than anybody has in stock. */
const TOO_MANY = 900;
const WANTED: Record<CrashPoint["course"], [status: number, state: string]> = {
	placed: [200, "COMPLETED"],
	paid: [200, "COMPLETED"],
	declined: [200, "COMPLETED"],
	refused: [409, "REJECTED"],
	cancelled: [200, "CANCELLED"],
	expired: [200, "EXPIRED"]
};

/** Lets processes die at crash points on orders' ways, and sees that every buyer gets what he would have got. */
export async function crashAll(stage: Stage, mortal: Mortal, points: CrashPoint[]): Promise<void> {
	const { buyers } = stage.crowd;
	const crashes = new Crashes(stage, mortal);
	await crashes.stock();
	const fates: Promise<Fate>[] = [];
	for (const [n, point] of points.entries()) {
		// the clock will go on: nothing may be waiting to be paid then
		if (point.course === "expired") await Promise.all(fates);
		fates.push((await crashes.crash(point, buyers[n % buyers.length]!)).fate);
	}
	for (const { point, recovered } of await Promise.all(fates)) {
		stage.proofs.push(`${point} recovered in ${(recovered / 1000).toFixed(1)} s`);
		stage.expect(`${point} recovers in time`, recovered < RECOVERED_WITHIN, recovered);
	}
}

class Crashes {
	private skus: string[] = [];

	constructor(
		private readonly stage: Stage,
		private readonly mortal: Mortal
	) {}

	/** Goods that nobody else wants. */
	async stock(): Promise<void> {
		const { crowd } = this.stage;
		this.skus = [await crowd.offer(100), await crowd.offer(100)].sort();
	}

	/** Everything until the death and the start after it; what then becomes of the order is still to come. */
	async crash(point: CrashPoint, buyer: Buyer): Promise<{ fate: Promise<Fate> }> {
		const key = randomUUID();
		const id = orderId(buyer.client.user!.id, key);
		const rule = point.name;
		const arm = () =>
			this.mortal.tell(
				{ ...point.rule(id), id: rule, once: true },
				...(point.course === "expired"
					? [{ id: "hold's end", on: "clock" as const, skew: TTL + 1000, lasting: true }]
					: [])
			);
		const { answer } = await this.begin(point, buyer, key, arm);
		await this.mortal.outlive(rule);
		const fate = this.end(point, buyer, id, answer, Date.now());
		fate.catch(() => {}); // whoever waits for it hears
		return { fate };
	}

	private lines(quantity: number) {
		const [first, last] = this.skus;
		return [
			{ sku: first!, quantity: 1 },
			{ sku: last!, quantity }
		];
	}
	/** Brings an order to the point; what its buyer is asking then has no answer yet. */
	private async begin({ name, course }: CrashPoint, buyer: Buyer, key: string, arm: () => void) {
		const place = (quantity = 1) => this.stage.crowd.place(buyer, key, this.lines(quantity));
		if (course === "placed" || course === "refused") {
			arm();
			return { answer: place(course === "refused" ? TOO_MANY : 1) };
		}
		const { status, text, body } = await place();
		if (status !== 201) throw new Error(`${name} can't begin: ${status} ${text}`);
		arm();
		if (course === "expired") return { answer: null };
		return { answer: this.ask(course, buyer, (body as Order).id) };
	}
	private ask(what: "cancelled" | "paid" | "declined", buyer: Buyer, id: string) {
		const { crowd, recorder } = this.stage;
		if (what !== "cancelled")
			return crowd.pays(buyer, id, what === "declined" ? "tok_declined" : "tok_ok");
		const { name: actor, client } = buyer;
		const route = `POST /api/orders/${id}/cancel`;
		return settle(recorder, client, { actor, op: "cancel", key: id, route, body: {} });
	}

	private async end(
		{ name: point, course }: CrashPoint,
		buyer: Buyer,
		id: string,
		answer: ReturnType<typeof this.ask> | null,
		alive: number
	): Promise<Fate> {
		const isOpen = course === "placed" || course === "declined";
		const rests = this.rests(id, isOpen);
		rests.catch(() => {}); // the answer may fail first
		let status = (await answer)?.status ?? 200;
		const { at } = await rests;
		if (isOpen && status === (course === "placed" ? 201 : 402))
			status = (await this.ask("paid", buyer, id)).status;
		const { order } = await this.rests(id, false);
		const told = [status, order.state];
		const about = { id, told, wanted: WANTED[course] };
		this.stage.expect(`${point} ends as it should`, told.join() === WANTED[course].join(), about);
		return { point, recovered: Math.max(0, at - alive) };
	}
	/** When nothing is left to do for an order; `isOpen`: or it is its buyer's turn. */
	private async rests(id: string, isOpen: boolean): Promise<{ at: number; order: Inside }> {
		const { shop } = this.stage;
		const isThere = (order: Inside | null) =>
			order !== null &&
			(isFinal(order.state as SagaState) ||
				order.state === "COMPLETED" ||
				(isOpen && order.state === "RESERVED"));
		const order = await until(
			() => shop.call<Inside | null>("order.inspect", { name: id }).catch(() => null),
			isThere,
			PATIENCE
		);
		return { at: Date.now(), order: order! };
	}
}
