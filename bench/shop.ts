// A shop in a process of its own, for a bench: services from the command line, a fresh data folder, free ports.
// Prints { port, relayPort } once it is up, and runs until its standard input ends.
import type { AddressInfo } from "node:net";
import { startNode } from "../services/node";

interface Door {
	server: { address(): AddressInfo };
}
async function run(): Promise<void> {
	const { broker, stop } = await startNode(process.argv[2]?.split(","));
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
