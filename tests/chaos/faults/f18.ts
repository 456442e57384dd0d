import type { Result } from "../../../services/shared/contract";
import { until } from "../../helpers/shop";
import type { Buyer } from "../crowd";
import { injected, proved } from "../under-load";
import type { Fault } from "../fault";

/** Milliseconds: what could not be told is told again when the lease is over. */
const RETOLD = 40_000;

/** Paid orders of which their buyer has not been notified. */
async function untold({ client }: Buyer, paid: string[]): Promise<string[]> {
	const { items } = await client.must<Result<"notification.list">>(
		"GET /api/notifications?pageSize=100"
	);
	const told = items.filter(({ kind }) => kind === "order.paid").map(({ link }) => link);
	return paid.filter(id => !told.some(link => link.includes(id)));
}

/** What only shows, may be lost: pages take snapshots. What is kept of an order's steps comes by calls, until they are answered. */
export const fault: Fault = {
	id: "F18",
	about: "a fifth of all events is lost, and of the steps that sales and notifications are told",
	mode: "embedded",
	async run(stage) {
		const { seed } = stage;
		const lost = { do: "drop", chance: 0.2, seed } as const;
		const strikes = await injected(
			stage,
			10_000,
			{ id: "event-lost", on: "event", name: "*", ...lost },
			{ id: "sale-lost", on: "action", name: "sales.record", ...lost },
			{ id: "notification-lost", on: "action", name: "notification.record", ...lost },
			{ id: "answer-lost", on: "action", name: "sales.record", ...lost, when: "after" }
		);
		proved(stage, strikes);
		let orders = 0;
		for (const buyer of stage.crowd.buyers) {
			const { items } = await buyer.client.orders();
			const paid = items.filter(({ status }) => status === "paid").map(({ id }) => id);
			orders += paid.length;
			await until(
				() => untold(buyer, paid),
				missing => missing.length === 0,
				RETOLD
			);
		}
		stage.proved(`the buyers have been told of all ${orders} paid orders`, orders);
	}
};
