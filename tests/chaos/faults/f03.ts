import { ask } from "../../helpers/http";
import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F3",
	about: "kill -9 of all catalogue and inventory nodes",
	mode: "cluster",
	async run(stage) {
		const { cluster, crowd } = stage;
		const dead = ["catalog-1", "catalog-2", "inventory-1", "inventory-2"];
		await stage.kill(...dead);
		await stage.traffic(20, "failed");
		const { client } = crowd.buyers[0]!;
		const reply = await client.place([{ sku: crowd.skus[0]!, quantity: 1 }]);
		stage.expect("503 while it is away", reply.status === 503, reply.text);
		stage.expect("it says when to try again", reply.headers["retry-after"] !== undefined);
		const session = await ask(stage.shop.baseUrl, "GET /api/orders", { token: client.token! });
		stage.expect("what needs no stock works", session.status === 200, session.text);
		await cluster.heal();
		stage.heals();
	}
};
