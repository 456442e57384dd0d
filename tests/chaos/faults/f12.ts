import { Rig } from "../rig";
import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F12",
	about: "kill -9 of the database, started again",
	mode: "cluster",
	cannot: () =>
		Rig.exists ? null : "there is no database beside the repository that may be killed",
	async run(stage) {
		const { rig } = stage.cluster;
		const pids = await rig!.kill();
		stage.proved(`the database's processes ${pids.join()} are gone`, pids.length === 2);
		await stage.traffic(10, "failed");
		await rig!.up();
		stage.heals();
		stage.proved(
			"others run in their place",
			rig!.pids.every(pid => !pids.includes(pid))
		);
	}
};
