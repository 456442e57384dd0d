import { randomUUID } from "node:crypto";
import OrderService from "../../services/order/order.service";
import { orderId } from "../../services/order/place";
import type { Result } from "../../services/shared/contract";
import { caller } from "../helpers/callers";
import { cluster } from "../helpers/cluster";
import { sellableOf } from "../helpers/saga-house";
import { identity, shop } from "../helpers/shop";
import { standIn } from "../helpers/stand-ins";

let outcome: Result<"inventory.reserve">["outcome"] = "LATE";
const { broker } = cluster([
	OrderService,
	standIn("inventory", { reserve: () => ({ outcome, short: [] }), holds: () => [] }),
	standIn("catalog", { sellables: ({ params }) => params.skus.map(sellableOf) }),
	standIn("cart"),
	standIn("sales"),
	standIn("notification")
]);

it("isn't refused for the stock's clock being wrong: it waits for one that is right", async () => {
	const buyer = identity("buyer");
	const key = randomUUID();
	const items = [{ sku: "sku-0", quantity: 1 }];
	await expect(shop(broker).place(buyer, items, key)).rejects.toMatchObject({
		type: "CHECKOUT_PENDING"
	});
	const id = orderId(buyer.id, key);
	expect(await broker.call("order.inspect", { name: id })).toMatchObject({ history: ["NEW"] });

	outcome = "HELD";
	const settled = await caller(broker, null)("order.settle", { id });
	expect(settled).toMatchObject({ id, status: "reserved" });
});
