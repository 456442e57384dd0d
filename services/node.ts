import { join } from "node:path";
import { ServiceBroker } from "moleculer";
import config from "../moleculer.config";
import { leave } from "./leave";
import { listenLocally } from "./local-socket";
import { introduce } from "./registry";
import { natsUrl } from "./settings";

/** Everything but the doors. */
export const CORE = [
	"auth",
	"catalog",
	"inventory",
	"bulk",
	"cart",
	"order",
	"payment",
	"sales",
	"notification",
	"import",
	"ops"
];
export const DOORS = ["gateway", "relay"];
export const ALL = [...CORE, ...DOORS];

export interface Node {
	broker: ServiceBroker;
	/** Stops taking requests, finishes those under way, and closes the store. */
	stop(): Promise<void>;
}

/** Starts a node with these services: by default those of SERVICES, or all of them. */
export async function startNode(services = chosen()): Promise<Node> {
	const broker = new ServiceBroker({ ...config, skipProcessEventRegistration: true });
	for (const name of services) broker.loadService(join(__dirname, name, `${name}.service`));
	await broker.start();
	// whoever hears that this node is ready may stop another one right away
	if (natsUrl) await introduce(broker);
	const local = natsUrl ? null : listenLocally(broker);
	return {
		broker,
		async stop() {
			local?.close();
			await leave(broker);
		}
	};
}

function chosen(): string[] {
	const { SERVICES } = process.env;
	const names = SERVICES ? SERVICES.split(",").map(name => name.trim()) : ALL;
	const unknown = names.filter(name => !ALL.includes(name));
	if (unknown.length)
		throw new Error(`SERVICES names ${unknown.join(", ")}; there are ${ALL.join(", ")}`);
	return names;
}
