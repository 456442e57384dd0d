import { until } from "../../helpers/shop";
import type { Fault } from "../fault";

/** Writes, as the protocol names them. */
const WRITES = ["findAndModify", "insert"];
const TIMES = 12;

export const fault: Fault = {
	id: "F15",
	about: "the line to the database is reset after a write was sent, before its answer",
	mode: "cluster",
	async run(stage) {
		const { mongo } = stage.cluster;
		for (let n = 0; n < TIMES; n++) {
			const before = mongo.did.resets;
			const write = WRITES[n % WRITES.length]!;
			mongo.resetNext(chunk => chunk.includes(write));
			await until(
				() => mongo.did.resets,
				resets => resets > before,
				30_000
			);
			await stage.sleep(stage.random.whole(100, 500));
		}
		stage.proved(`${TIMES} writes were cut off from their answers`, true);
		mongo.heal();
		stage.heals();
	}
};
