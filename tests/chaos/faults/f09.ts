import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F9",
	about: "NATS hangs (SIGSTOP) for 10 s",
	mode: "cluster",
	async run(stage) {
		await stage.freeze("nats");
		await stage.traffic(5, "failed");
		await stage.sleep(10_000);
		stage.cluster.resume("nats");
		stage.heals();
	}
};
