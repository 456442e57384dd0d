import { startNode, type Node } from "./node";
import { port, production, relayPort, secretKey } from "./settings";
import { seedIfAsked, wantsDemo, whileStarting } from "./startup";

/** What would only fail later is refused before anybody is let in. */
async function begin(): Promise<Node> {
	secretKey();
	wantsDemo();
	return startNode();
}
const isWhole = ({ broker }: Node) =>
	Boolean(broker.getLocalService("gateway") && broker.getLocalService("auth"));

async function start(): Promise<Node> {
	const node = await begin().catch((err: Error) => {
		console.error(`\n  The shop can't start: ${err.message}\n`);
		process.exit(1);
	});
	let stopping = false;
	for (const signal of ["SIGINT", "SIGTERM"] as const)
		process.on(signal, () => {
			if (stopping) process.exit(1);
			stopping = true;
			node.stop().then(
				() => process.exit(0),
				(err: Error) => {
					console.error(err);
					process.exit(1);
				}
			);
		});
	if (!production && isWhole(node))
		console.log(await seedIfAsked(node.broker, message => console.log(`  ${message}`)));
	return node;
}

/** Runs the shop in this process until it is told to stop. */
export async function main(): Promise<void> {
	const node = await whileStarting(start);
	// in production the log is for machines, a line of JSON each
	if (production) node.broker.logger.info(`Ready in ${process.uptime().toFixed(1)} s`);
	else if (isWhole(node))
		console.log(`  Shop    http://localhost:${port}
  Seller  http://localhost:${port}/seller
  API     http://localhost:${port}/api/docs
  Live    http://localhost:${relayPort} (Socket.IO)

  ready in ${process.uptime().toFixed(1)} s\n`);
	process.send?.("ready");
}
