import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F8",
	about: "kill -9 of NATS, back after 3 s",
	mode: "cluster",
	async run(stage) {
		await stage.kill("nats");
		await stage.traffic(10, "failed");
		await stage.sleep(3000);
		await stage.cluster.heal();
		stage.heals();
	}
};
