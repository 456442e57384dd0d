import { until } from "../../helpers/shop";
import type { Fault } from "../fault";
import { Watcher } from "../watch";

/** What this machine's limit on open files and its cores allow beside the load; CHAOS_SOCKETS for more. */
const SOCKETS = Number(process.env.CHAOS_SOCKETS ?? 1000);
const AT_ONCE = 50;

export const fault: Fault = {
	id: "F27",
	about: `${SOCKETS} sockets, then a relay is killed and half of them come back at once`,
	mode: "cluster",
	async run(stage) {
		const { shop, crowd, watchers } = stage;
		const topics = crowd.skus.map(sku => `stock:${sku}`);
		const storm: Watcher[] = [];
		while (storm.length < SOCKETS) {
			for (let n = 0; n < AT_ONCE; n++)
				storm.push(new Watcher(`storm${storm.length}`, shop.relayUrl, topics));
			await until(
				() => storm.filter(({ isConnected }) => !isConnected).length,
				away => away === 0,
				120_000
			);
		}
		watchers.push(...storm);
		stage.proved(
			`${storm.length} sockets are open`,
			storm.every(({ isConnected }) => isConnected)
		);
		await stage.kill("relay-1");
		await until(() => storm.some(({ disconnects }) => disconnects > 0), Boolean, 30_000);
		stage.heals();
		await stage.measure(() =>
			until(
				() => storm.filter(({ isConnected }) => !isConnected).length,
				away => away === 0,
				120_000
			)
		);
		const lost = storm.filter(({ disconnects }) => disconnects > 0).length;
		stage.proved(`${lost} lost their line`, lost > SOCKETS / 4);
	}
};
