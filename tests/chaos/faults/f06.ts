import { until } from "../../helpers/shop";
import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F6",
	about: "kill -9 of one relay, then of both",
	mode: "cluster",
	async run(stage) {
		const { cluster, watchers } = stage;
		const lost = () => watchers.filter(({ disconnects }) => disconnects > 0).length;
		const all = () => watchers.every(({ isConnected }) => isConnected);
		await until(all, Boolean, 30_000);
		await stage.kill("relay-1");
		await until(all, Boolean, 60_000);
		await cluster.heal();
		await stage.kill("relay-2", "relay-1");
		await until(
			() => watchers.some(({ isConnected }) => isConnected),
			on => !on,
			30_000
		);
		stage.proved(`${lost()} pages lost their line`, lost() === watchers.length);
		await stage.traffic(40, "acked");
		await cluster.heal();
		stage.heals();
		await stage.measure(() => until(all, Boolean, 60_000));
	}
};
