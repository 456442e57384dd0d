import type { Fault } from "../fault";

const NODES = ["inventory-1", "payment-1"];

export const fault: Fault = {
	id: "F20c",
	about: "requests reach the stock's and the payments' first nodes, most answers get lost",
	mode: "cluster",
	async run(stage) {
		const { injections } = stage.cluster;
		const { seed } = stage;
		const mute = { on: "action", name: "*", do: "drop", when: "after", chance: 0.7, seed } as const;
		for (const node of NODES) injections.rules(node, { id: `${node} unheard`, ...mute });
		await stage.sleep(10_000);
		for (const node of NODES) {
			const count = injections.struck(node, `${node} unheard`).length;
			stage.proved(`${node}: ${count} answers lost`, count);
			injections.rules(node);
		}
		stage.heals();
	}
};
