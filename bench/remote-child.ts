// A node for bench/remote.mts: with the catalogue, or without one of its own; prints microseconds a call as JSON.
// `tsx bench/remote-child.ts serve|call seconds`
import { join } from "node:path";
import { ServiceBroker } from "moleculer";
import config from "../moleculer.config";
import type { Broker } from "../services/typed";

const [role, seconds = "2"] = process.argv.slice(2);
const AT_ONCE = 64;
const WARM_UP = 2000;

async function main() {
	const broker = new ServiceBroker({
		...config,
		nodeID: `bench-${role}`,
		skipProcessEventRegistration: true
	});
	if (role === "serve") broker.loadService(join(__dirname, "../services/catalog/catalog.service"));
	await broker.start();
	await broker.waitForServices(["catalog"], 20_000);
	const { call } = broker as unknown as Broker;
	const ask = () => call.call(broker as never, "catalog.version", {});
	for (let i = 0; i < WARM_UP; i++) await ask();

	/** So many callers, each with the next call as soon as the last is answered. */
	async function each(callers: number): Promise<number> {
		const start = performance.now();
		const end = start + (Number(seconds) / 2) * 1000;
		let done = 0;
		await Promise.all(
			Array.from({ length: callers }, async () => {
				for (; performance.now() < end; done++) await ask();
			})
		);
		return ((performance.now() - start) * 1000) / done;
	}
	console.log(JSON.stringify({ alone: await each(1), atOnce: await each(AT_ONCE) }));
	process.stdin.once("end", () => void broker.stop().then(() => process.exit())).resume();
}

void main();
