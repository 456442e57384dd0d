import { isFailure } from "../record";
import type { Fault } from "../fault";

const READS = new Set(["stock", "order", "product"]);

export const fault: Fault = {
	id: "F4",
	about: "kill -9 of one of two gateways behind nginx",
	mode: "cluster",
	async run(stage) {
		const { lines } = stage.recorder;
		const from = lines.length;
		const at = Date.now();
		await stage.kill("gateway-1");
		stage.heals(at);
		await stage.traffic(150);
		const lost = lines.slice(from).filter(line => READS.has(line.op) && isFailure(line));
		stage.expect("nginx asks the other one for reads", lost.length === 0, lost);
	}
};
