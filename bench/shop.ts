// A shop in a process of its own, for a bench: services and a SKU to sell from the command line, a fresh data folder, free ports.
// Prints { port, relayPort } once it is up, and runs until its standard input ends.
import type { AddressInfo } from "node:net";
import { startNode } from "../services/node";
import { caller, newProduct } from "../tests/helpers/callers";
import { identity } from "../tests/helpers/shop";

interface Door {
	server: { address(): AddressInfo };
}
async function run(): Promise<void> {
	const [, , services, sku] = process.argv;
	const { broker, stop } = await startNode(services?.split(","));
	if (sku) {
		const seller = caller(broker as never, identity("seller"));
		await seller("catalog.create", newProduct({ variants: [{ sku, price: 1900, stock: 1000 }] }));
	}
	const portOf = (name: string) =>
		(broker.getLocalService(name) as unknown as Door | null)?.server.address().port;
	console.log(JSON.stringify({ port: portOf("gateway"), relayPort: portOf("relay") }));
	// "event payload" lines are emitted: how the fan-out bench makes things happen
	process.stdin.on("data", chunk => {
		for (const line of String(chunk).split("\n").filter(Boolean)) {
			const [event, payload] = line.split(/ (.*)/s) as [string, string];
			void broker.emit(event, JSON.parse(payload));
		}
	});
	process.stdin.on("end", () => void stop().then(() => process.exit(0)));
}
void run();
