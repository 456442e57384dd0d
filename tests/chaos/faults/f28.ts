import { randomUUID } from "node:crypto";
import type { Order } from "../../helpers/client";
import { until } from "../../helpers/shop";
import type { Fault } from "../fault";

/** Milliseconds; the matrix says 60 s, which shows nothing more. */
const OFFLINE = 15_000;

export const fault: Fault = {
	id: "F28",
	about: "a page is offline while its order is placed and paid",
	mode: "cluster",
	async run(stage) {
		const { crowd, watchers } = stage;
		const [buyer] = crowd.buyers;
		const page = watchers.find(({ name }) => name === `page of ${buyer!.name}`)!;
		await until(() => page.isConnected, Boolean, 30_000);
		page.offline();
		await until(
			() => page.isConnected,
			on => !on,
			10_000
		);
		const { sku } = crowd.products[0]!.variants[0]!;
		const body = { delta: 1, reason: "received", operationId: randomUUID() };
		await crowd.seller.must(`POST /api/seller/stock/${sku}/adjust`, { body });
		const placed = await crowd.place(buyer!, randomUUID(), [{ sku, quantity: 1 }]);
		const { id } = placed.body as Order;
		await crowd.pay(buyer!, placed.body as Order, stage.random, true);
		await stage.sleep(OFFLINE);
		const of = `order:${id}`;
		stage.proved("the page knew nothing of it", page.versionOf(of) === undefined);
		page.online();
		stage.heals();
		const { version } = await buyer!.client.must<Order>(`GET /api/orders/${id}`);
		await stage.measure(() =>
			until(
				() => page.versionOf(of),
				shown => shown === version,
				30_000
			)
		);
	}
};
