import { spawnShop } from "../../helpers/process";
import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F24",
	about: "a second process is started on the same files",
	mode: "embedded",
	async run(stage) {
		const { process: shop } = stage.embedded;
		const { dir } = shop;
		const pid = shop.process.pid!;
		for (let n = 0; n < 3; n++) {
			const second = spawnShop(dir, { PORT: "0", RELAY_PORT: "0" });
			const { code } = await second.ended;
			const words = `Another process (pid ${pid}) is using DATA_DIR`;
			stage.proved(
				`process ${second.child.pid} was refused, ${pid} has the files`,
				code === 1 && second.said().includes(words)
			);
		}
	}
};
