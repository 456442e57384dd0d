import { isAlive } from "../../helpers/local-cluster";
import { until } from "../../helpers/shop";
import type { Fault } from "../fault";

/** Milliseconds until a heap is full. */
const PATIENCE = 120_000;

export const fault: Fault = {
	id: "F26c",
	about: "an order node's heap runs full until the node dies of it",
	mode: "cluster",
	flags: ["--max-old-space-size=160"],
	async run(stage) {
		const { cluster } = stage;
		const node = "order-1";
		const pid = cluster.pidOf(node)!;
		cluster.injections.rules(node, { id: "heap", on: "heap" });
		await until(() => !isAlive(pid), Boolean, PATIENCE);
		const isFull = cluster.cluster.said.includes("heap out of memory");
		stage.proved(`${node} (pid ${pid}) ran out of memory`, isFull);
		stage.heals();
	}
};
