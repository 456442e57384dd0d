import { isFailure } from "../record";
import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F10",
	about: "kill -9 of Redis",
	mode: "cluster",
	async run(stage) {
		const { lines } = stage.recorder;
		const from = lines.length;
		await stage.kill("redis");
		await stage.traffic(150);
		const lost = lines.slice(from).filter(isFailure);
		stage.expect("nobody notices", lost.length === 0, lost.slice(0, 5));
		await stage.cluster.heal();
		stage.heals();
	}
};
