import { randomUUID } from "node:crypto";
import { orderId } from "../../services/order/place";
import { isFinal, type SagaState } from "../../services/shared/order-status";
import type { Result } from "../../services/shared/contract";
import type { Order } from "../helpers/client";
import { until } from "../helpers/shop";
import type { CrashPoint } from "./crash-points";
import type { Buyer, Crowd } from "./crowd";
import type { Rule } from "./injections";
import type { Recorder } from "./record";
import { settle } from "./settle";
import type { Shop } from "./shops";

type Inside = NonNullable<Result<"order.inspect">>;
/** A shop whose processes die by a rule, and are started again. */
export interface Mortal {
	shop: Shop;
	/** To whatever runs orders and stock. */
	tell(...rules: Rule[]): void;
	/** Waits until a process has died of the rule, and answers when everything runs again. */
	outlive(rule: string): Promise<void>;
}
export interface Fate {
	point: string;
	/** Milliseconds from when everything ran again until the order was where it belongs. */
	recovered: number;
	/** As its buyer was told in the end. */
	status: number;
	state: string;
}

/** Longer than the lease, the worker's tick and a busy machine take together. */
const PATIENCE = 60_000;
const TTL = 60_000;
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

/** Lets processes die at crash points on an order's way, and sees that its buyer gets what he would have got. */
export class Crashes {
	private skus: string[] = [];

	constructor(
		private readonly mortal: Mortal,
		private readonly crowd: Crowd,
		private readonly recorder: Recorder
	) {}

	/** Goods that nobody else wants. */
	async stock(units: number): Promise<void> {
		this.skus = [await this.crowd.offer(units), await this.crowd.offer(units)].sort();
	}

	/** Everything until the death and the start after it; what then becomes of the order is still to come. */
	async crash(point: CrashPoint, buyer: Buyer): Promise<{ fate: Promise<Fate> }> {
		const key = randomUUID();
		const id = orderId(buyer.client.user!.id, key);
		const rule = point.name.replaceAll(" ", "-");
		const arm = () =>
			this.mortal.tell(
				{ ...point.rule(id), id: rule, once: true },
				...(point.course === "expired"
					? [{ id: `${rule}-clock`, on: "clock" as const, skew: TTL + 1000 }]
					: [])
			);
		const asked = await this.begin(point, buyer, key, arm);
		await this.mortal.outlive(rule);
		const alive = Date.now();
		const fate = this.end(point, buyer, id, asked.answer, alive);
		fate.catch(() => {}); // whoever waits for it hears
		// time goes on as it is until the hold has run out
		if (point.course === "expired") await fate;
		return { fate };
	}

	private lines(quantity = 1) {
		const [first, last] = this.skus;
		return [
			{ sku: first!, quantity: 1 },
			{ sku: last!, quantity }
		];
	}
	/** Brings an order to the point; what its buyer is asking then has no answer yet. */
	private async begin(point: CrashPoint, buyer: Buyer, key: string, arm: () => void) {
		const place = (quantity?: number) => this.crowd.place(buyer, key, this.lines(quantity));
		if (point.course === "placed" || point.course === "refused") {
			arm();
			return { answer: place(point.course === "refused" ? TOO_MANY : 1) };
		}
		const { status, text, body } = await place();
		if (status !== 201) throw new Error(`${point.name} can't begin: ${status} ${text}`);
		arm();
		if (point.course === "expired") return { answer: null };
		return { answer: this.ask(point.course, buyer, (body as Order).id) };
	}
	private ask(what: "cancelled" | "paid" | "declined", { name: actor, client }: Buyer, id: string) {
		const op = what === "cancelled" ? "cancel" : "pay";
		const token = what === "declined" ? "tok_declined" : "tok_ok";
		return settle(this.recorder, client, {
			actor,
			op,
			key: id,
			route: `POST /api/orders/${id}/${op}`,
			body: op === "pay" ? { paymentToken: token } : {},
			isOpen: ({ status }) => status === 202
		});
	}

	private async end(
		{ name: point, course }: CrashPoint,
		buyer: Buyer,
		id: string,
		answer: ReturnType<typeof this.ask> | null,
		alive: number
	): Promise<Fate> {
		const rests = this.rests(id, course === "placed" || course === "declined");
		let status = (await answer)?.status ?? 200;
		const { at } = await rests;
		if ((course === "placed" && status === 201) || (course === "declined" && status === 402))
			status = (await this.ask("paid", buyer, id)).status;
		const { order } = await this.rests(id, false);
		const [wanted, state] = WANTED[course];
		if (status !== wanted || order.state !== state)
			throw new Error(`After ${point} ${id} is ${order.state}, its buyer was told ${status}`);
		return { point, recovered: Math.max(0, at - alive), status, state };
	}
	/** When nothing is left to do for an order; `reserved` is such a place too, if its buyer is next. */
	private async rests(id: string, reserved: boolean): Promise<{ at: number; order: Inside }> {
		const isThere = (order: Inside | null) =>
			order !== null &&
			(isFinal(order.state as SagaState) ||
				order.state === "COMPLETED" ||
				(reserved && order.state === "RESERVED"));
		const order = await until(
			() => this.mortal.shop.call<Inside | null>("order.inspect", { name: id }).catch(() => null),
			isThere,
			PATIENCE
		);
		return { at: Date.now(), order: order! };
	}
}
