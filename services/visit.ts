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
	const there = broker.start().then(
		() => true,
		() => false
	);
	const late = new Promise<false>(resolve => setTimeout(resolve, PATIENCE, false).unref());
	if (!(await Promise.race([there, late]))) {
		await broker.stop();
		throw new Error("The cluster's NATS doesn't answer");
	}
	// without some of them there is still something to see
	await broker.waitForServices(ASKED, ROUND, 50).catch(() => {});
	return broker;
}
