// The shop of bench/crowd.mts: filled with so many products of one seller, started anew, with the tokens of that seller
// and a buyer; then it tells of itself twice a second. `reopen` starts one on files that are there.
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { AddressInfo } from "node:net";
import { CORE, startNode } from "../services/node";
import { accessToken } from "../services/session";
import type { Broker } from "../services/typed";
import { buyer, fill, seller } from "../tests/helpers/big-shop";

const MB = 2 ** 20;
async function run(): Promise<void> {
	const [, , products, reopen] = process.argv;
	if (!reopen) {
		const empty = await startNode(CORE);
		// every second product is the seller's
		await fill(empty.broker as unknown as Broker, { products: 2 * Number(products), orders: 100 });
		await empty.stop();
	}
	const { broker, stop } = await startNode();
	const gateway = broker.getLocalService("gateway") as unknown as {
		server: { address(): AddressInfo };
	};
	const { port } = gateway.server.address();
	console.log(JSON.stringify({ port, seller: accessToken(seller), buyer: accessToken(buyer) }));
	const delay = monitorEventLoopDelay({ resolution: 5 });
	delay.enable();
	setInterval(() => {
		const { rss, heapUsed } = process.memoryUsage();
		const said = {
			rss: Math.round(rss / MB),
			heap: Math.round(heapUsed / MB),
			p99: delay.percentile(99) / 1e6,
			worst: delay.max / 1e6
		};
		delay.reset();
		console.log(JSON.stringify(said));
	}, 500);
	process.stdin.resume().on("end", () => void stop().then(() => process.exit(0)));
}
void run();
