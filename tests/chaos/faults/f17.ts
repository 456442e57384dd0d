import { randomUUID } from "node:crypto";
import { orderId } from "../../../services/order/place";
import type { Result } from "../../../services/shared/contract";
import type { Order } from "../../helpers/client";
import { injected, proved } from "../under-load";
import type { Fault } from "../fault";
import { settle } from "../settle";

export const fault: Fault = {
	id: "F17",
	about: "a tenth of the reserves comes 8 to 12 s late, one of them when its order is cancelled",
	mode: "embedded",
	env: { RESERVATION_TTL: "60" },
	async run(stage) {
		const { embedded: shop, seed, crowd, recorder } = stage;
		const [buyer] = crowd.buyers;
		const sku = await crowd.offer(5);
		const key = randomUUID();
		const id = orderId(buyer!.client.user!.id, key);
		const reserve = { on: "action", name: "inventory.reserve", do: "delay" } as const;
		const load = injected(
			stage,
			14_000,
			{ id: "first-late", ...reserve, holds: [id], times: 1, ms: 9000 },
			{ id: "late", ...reserve, chance: 0.1, ms: 8000, spread: 4000, seed }
		);
		// asked again while the first try is on its way, held, and given back
		const placed = await crowd.place(buyer!, key, [{ sku, quantity: 2 }]);
		if (placed.status !== 201) throw new Error(`Not placed: ${placed.status} ${placed.text}`);
		const route = `POST /api/orders/${(placed.body as Order).id}/cancel`;
		const cancel = { actor: buyer!.name, op: "cancel", key: id, route, body: {} };
		const { status } = await settle(recorder, buyer!.client, cancel);
		if (status !== 200) throw new Error(`Not cancelled: ${status}`);
		proved(stage, await load);

		// and one that is late, but not too late for its own clock
		const lines = [{ sku, quantity: 2 }];
		const asked = { orderId: id, lines, notAfter: Date.now() + 10_000 };
		const late = await shop.call<Result<"inventory.reserve">>("inventory.reserve", asked);
		const seen = (await shop.call<Result<"inventory.inspect">>("inventory.inspect", { sku }))!;
		stage.proved("a reserve came after its order was cancelled", placed.status === 201);
		stage.expect("a late reserve is refused", late.outcome === "CLOSED", late);
		const { held, stock } = seen;
		stage.expect("nothing is held for it", !held.length && stock.available === 5, seen);
	}
};
