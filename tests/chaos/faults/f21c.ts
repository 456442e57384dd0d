import type { Fault } from "../fault";

const TEN_MINUTES = 600_000;
/** One of two of each: the others' clocks are right. */
const NODES = ["order-1", "inventory-1", "auth-1", "payment-1"];

export const fault: Fault = {
	id: "F21c",
	about: "the clocks of some nodes are ten minutes slow, then ten minutes fast, and stay so",
	mode: "cluster",
	async run(stage) {
		const { injections } = stage.cluster;
		stage.skewed = true;
		for (const skew of [-TEN_MINUTES, TEN_MINUTES]) {
			const id = `clock ${skew}`;
			for (const node of NODES) injections.rules(node, { id, on: "clock", skew, lasting: true });
			await stage.traffic(40, "acked");
			for (const node of NODES) stage.proved(`${node}: ${id}`, injections.struck(node, id).length);
			await stage.sleep(3000);
		}
	}
};
