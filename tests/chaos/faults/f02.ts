import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F2",
	about: "kill -9 of one of two inventory and catalogue nodes, while they reserve",
	mode: "cluster",
	async run(stage) {
		for (const id of ["inventory-1", "catalog-1"]) {
			await stage.kill(id);
			await stage.traffic(60);
		}
		stage.heals();
		await stage.shop.heal();
	}
};
