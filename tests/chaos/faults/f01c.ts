import { isAlive } from "../../helpers/local-cluster";
import { until } from "../../helpers/shop";
import { CRASH_POINTS, CUT_POINTS } from "../crash-points";
import { crashAll, ENV } from "../crashes";
import type { Fault } from "../fault";

/** Milliseconds. */
const PATIENCE = 60_000;

export const fault: Fault = {
	id: "F1c",
	about:
		"kill -9 of the order's or the stock's node at each crash point, and while another works for it",
	mode: "cluster",
	env: ENV,
	size: { buyers: 4 },
	async run(stage) {
		const { cluster } = stage;
		const nodes = ["order", "inventory"].flatMap(service => cluster.nodesOf(service));
		const struck = (rule: string) =>
			nodes.find(node => cluster.injections.struck(node, rule).length > 0);
		let pids = new Map<string, number | null>();
		await crashAll(
			stage,
			{
				tell(...rules) {
					pids = new Map(nodes.map(node => [node, cluster.pidOf(node)]));
					for (const node of nodes) cluster.injections.rules(node, ...rules);
				},
				async outlive(rule) {
					const node = (await until(() => struck(rule), Boolean, PATIENCE))!;
					const pid = pids.get(node)!;
					await until(() => !isAlive(pid), Boolean, PATIENCE);
					stage.proved(`${rule}: ${node}`, !isAlive(pid));
					await cluster.revive(node);
				}
			},
			[...CUT_POINTS, ...CRASH_POINTS]
		);
	}
};
