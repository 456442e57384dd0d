import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F2",
	about: "kill -9 of one of two inventory nodes, then of one of two catalogue nodes",
	mode: "cluster",
	async run(stage) {
		for (const id of ["inventory-1", "catalog-1"]) {
			await stage.kill(id);
			stage.heals(); // the other one goes on: nothing has to be started for that
			await stage.traffic(60);
		}
	}
};
