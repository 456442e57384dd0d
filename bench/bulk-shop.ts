// The shop of bench/bulk.mts: filled, started anew, with the tokens of its seller and buyer.
import type { AddressInfo } from "node:net";
import { CORE, startNode } from "../services/node";
import { accessToken } from "../services/session";
import type { Broker } from "../services/typed";
import { buyer, fill, seller } from "../tests/helpers/big-shop";

async function run(): Promise<void> {
	const products = Number(process.argv[2]);
	const empty = await startNode(CORE);
	// every second product is the seller's
	await fill(empty.broker as unknown as Broker, { products: 2 * products, orders: 100 });
	await empty.stop();
	const { broker, stop } = await startNode();
	const gateway = broker.getLocalService("gateway") as unknown as {
		server: { address(): AddressInfo };
	};
	const { port } = gateway.server.address();
	console.log(JSON.stringify({ port, seller: accessToken(seller), buyer: accessToken(buyer) }));
	process.stdin.resume().on("end", () => void stop().then(() => process.exit(0)));
}
void run();
