import { hostname } from "node:os";
import { ServiceBroker } from "moleculer";
import config from "../moleculer.config";

/** Milliseconds to reach the bus, and to hear who is there. */
const PATIENCE = 8000;
const ROUND = 3000;
const ASKED = ["ops", "order", "inventory", "payment"];

/** Joins the cluster as a node without services: whoever looks into it, or puts something right by hand. */
export async function visit(): Promise<ServiceBroker> {
	const broker = new ServiceBroker({
		...config,
		nodeID: `repl-${hostname()}-${process.pid}`,
		metrics: { enabled: false },
		skipProcessEventRegistration: true
	});
	const late = new Promise<never>((_, reject) =>
		setTimeout(() => reject(new Error("NATS doesn't answer")), PATIENCE).unref()
	);
	await Promise.race([broker.start(), late]);
	// without some of them there is still something to see
	await broker.waitForServices(ASKED, ROUND, 50).catch(() => {});
	return broker;
}
