import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F2",
	about: "kill -9 of one of two inventory nodes, then of one of two catalogue nodes",
	mode: "cluster",
	async run(stage) {
		for (const id of ["inventory-1", "catalog-1"]) {
			const at = Date.now();
			await stage.kill(id);
			stage.heals(at); // nothing has to be started: the other one goes on
			await stage.traffic(60);
		}
	}
};
