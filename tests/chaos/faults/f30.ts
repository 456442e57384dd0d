import { randomUUID } from "node:crypto";
import type { Result } from "../../../services/shared/contract";
import type { Order } from "../../helpers/client";
import type { Fault } from "../fault";
import type { Stage } from "../stage";
import { injected, proved } from "../under-load";

/** The bank's page tells the shop what it has told it before, and then the contrary. */
async function tellAgain(stage: Stage, sku: string): Promise<void> {
	const { crowd, shop } = stage;
	const [buyer] = crowd.buyers;
	const { client } = buyer!;
	const placed = await crowd.place(buyer!, randomUUID(), [{ sku, quantity: 1 }]);
	const { id } = placed.body as Order;
	const pending = await crowd.pays(buyer!, id, "tok_challenge", () => false);
	const { payment } = pending.body as Order;
	stage.proved("a payment waited for its challenge", pending.status === 202 && payment);
	const confirm = (approve: boolean) =>
		client.ask(`POST /api/payments/${payment!.id}/confirm`, { body: { approve } });
	const replies = await Promise.all([confirm(true), confirm(true), confirm(true)]);
	replies.push(await confirm(true), await confirm(false));
	const told = replies.map(({ status }) => status);
	stage.proved(`the provider told it five times: ${told.join()}`, told.length === 5);
	const well = replies.every(({ status, body }) => status === 200 && body.status === "paid");
	stage.expect("what is paid stays paid", well, replies.map(({ text }) => text)); // prettier-ignore
	const [charge] = await shop.call<Result<"payment.ledger">>("payment.ledger", { orderIds: [id] });
	stage.expect("it is charged once", charge!.captures === 1 && !charge!.refunded, charge);
}

export const fault: Fault = {
	id: "F30",
	about: "the provider breaks, breaks after it has charged, takes half a minute, and tells twice",
	mode: "embedded",
	env: { RESERVATION_TTL: "60" },
	async run(stage) {
		const { seed, recorder, crowd } = stage;
		const capture = { on: "provider", name: "capture", seed } as const;
		const sku = await crowd.offer(5);
		const strikes = await injected(
			stage,
			10_000,
			{ id: "provider-500", ...capture, do: "fail", chance: 0.25 },
			{ id: "charged-unheard", ...capture, do: "fail", when: "after", chance: 0.25 },
			{ id: "half-a-minute", ...capture, do: "delay", ms: 30_000, chance: 0.15 }
		);
		proved(stage, strikes);
		const waited = recorder.lines.filter(({ op, status }) => op === "pay" && status === 202);
		stage.proved(`${waited.length} times the payment was told to be pending`, waited.length);
		await tellAgain(stage, sku);
	}
};
