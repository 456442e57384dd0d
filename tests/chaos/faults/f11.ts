import { isFailure } from "../record";
import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F11",
	about: "Redis hangs (SIGSTOP) for 20 s",
	mode: "cluster",
	async run(stage) {
		const { lines } = stage.recorder;
		const from = lines.length;
		await stage.freeze("redis");
		await stage.sleep(20_000);
		await stage.traffic(100);
		const lost = lines.slice(from).filter(isFailure);
		stage.expect("nobody notices", lost.length === 0, lost.slice(0, 5));
		stage.cluster.resume("redis");
		stage.heals();
	}
};
