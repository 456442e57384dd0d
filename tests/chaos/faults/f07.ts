import { isFailure } from "../record";
import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F7",
	about: "a rolling restart of every node, under load",
	mode: "cluster",
	async run(stage) {
		const { cluster, recorder } = stage;
		const before = new Map(cluster.nodes.map(id => [id, cluster.pidOf(id)]));
		const from = recorder.lines.length;
		await cluster.command("restart", "all");
		stage.heals();
		const kept = cluster.nodes.filter(id => cluster.pidOf(id) === before.get(id));
		stage.proved(`${before.size} nodes are other processes now`, kept.length === 0);
		await stage.traffic(50);
		const lost = recorder.lines.slice(from).filter(isFailure);
		stage.expect(`no request fails (${lost.length} did)`, lost.length === 0, lost.slice(0, 5));
	}
};
