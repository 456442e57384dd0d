import { until } from "../../helpers/shop";
import type { Fault } from "../fault";

/** Longer than the others wait for a heartbeat. */
const STALL = 8000;
const NODES = ["order-1", "inventory-1", "gateway-1"];

export const fault: Fault = {
	id: "F25c",
	about: "one node after the other stands still for 8 s, drops out and comes back",
	mode: "cluster",
	async run(stage) {
		const { cluster } = stage;
		for (const node of NODES) {
			const id = `${node} stands still`;
			cluster.injections.rules(node, { id, on: "now", stall: STALL });
			await until(() => cluster.injections.struck(node, id).length, Boolean, 10_000);
			await stage.sleep(STALL);
			stage.proved(id, cluster.injections.struck(node, id).length === 1);
		}
		stage.heals();
	}
};
