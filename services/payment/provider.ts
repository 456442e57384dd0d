import type { Collection } from "../../mixins/db.mixin";
import { idOf } from "../id";

export type Outcome = "captured" | "declined" | "pending" | "challenge";

export interface CaptureRequest {
	orderId: string;
	buyerId: string;
	attempt: number;
	amount: number;
	currency: string;
	paymentToken: string;
	/** Milliseconds: what is undecided then is declined. */
	until: number;
}
/** A line of the provider's own log. */
export interface Charge {
	id: string;
	orderId: string;
	buyerId: string;
	attempt: number;
	amount: number;
	currency: string;
	outcome: Outcome;
	/** When a `pending` charge is captured, a `challenge` declined. */
	decidesAt: number;
	createdAt: number;
	refunded: number;
	/** Refund key -> amount. */
	refunds: Record<string, number>;
}

/** What a payment provider must do: a repeat of the same order and attempt gets the first result. */
export interface PaymentProvider {
	capture(request: CaptureRequest): Promise<Charge>;
	/** Answers a challenge; the charge as it is afterwards. */
	resolve(id: string, approve: boolean): Promise<Charge | null>;
	refund(orderId: string, amount: number, key: string): Promise<void>;
}

/** How long `tok_slow` thinks, in milliseconds. */
const SLOW = 4000;
export const chargeId = (orderId: string, attempt: number) => idOf("p", orderId, attempt);

/** The built-in test provider. It keeps its log as a real one would: apart, and whatever happens to the order. */
export class TestProvider implements PaymentProvider {
	constructor(private readonly charges: Collection<Charge>) {}

	async capture({ paymentToken, until, ...request }: CaptureRequest): Promise<Charge> {
		const now = Date.now();
		const id = chargeId(request.orderId, request.attempt);
		const charge: Charge = {
			id,
			...request,
			outcome: firstOutcome(paymentToken),
			decidesAt: paymentToken === "tok_slow" ? now + SLOW : until,
			createdAt: now,
			refunded: 0,
			refunds: {}
		};
		if (!(await this.charges.create(charge))) return this.decided((await this.charges.get(id))!);
		if (paymentToken === "tok_timeout") throw new Error("The provider's answer was lost");
		return charge;
	}

	async resolve(id: string, approve: boolean): Promise<Charge | null> {
		const outcome: Outcome = approve ? "captured" : "declined";
		const changed = await this.charges.change(
			{ id, outcome: "challenge", decidesAt: { $gt: Date.now() } },
			{ $set: { outcome } }
		);
		if (changed) return changed;
		const charge = await this.charges.get(id);
		return charge && this.decided(charge);
	}

	async refund(orderId: string, amount: number, key: string): Promise<void> {
		const [charge] = await this.charges.find({ orderId, outcome: "captured" }, { limit: 1 });
		if (!charge) throw new Error(`Nothing was captured for ${orderId}`);
		const refunded = await this.charges.change(
			{
				id: charge.id,
				[`refunds.${key}`]: { $exists: false },
				refunded: { $lte: charge.amount - amount }
			},
			{ $inc: { refunded: amount }, $set: { [`refunds.${key}`]: amount } }
		);
		if (refunded || (await this.charges.get(charge.id))!.refunds[key] === amount) return;
		throw new Error(`${amount} is more than is left of ${charge.id}`);
	}

	/** Time decides what nobody did. */
	private async decided(charge: Charge): Promise<Charge> {
		const { id, outcome, decidesAt } = charge;
		if ((outcome !== "pending" && outcome !== "challenge") || Date.now() < decidesAt) return charge;
		const settled: Outcome = outcome === "pending" ? "captured" : "declined";
		return (
			(await this.charges.change({ id, outcome }, { $set: { outcome: settled } })) ??
			(await this.charges.get(id))!
		);
	}
}

function firstOutcome(token: string): Outcome {
	switch (token) {
		case "tok_ok":
		case "tok_timeout":
			return "captured";
		case "tok_slow":
			return "pending";
		case "tok_challenge":
			return "challenge";
		default:
			return "declined";
	}
}
