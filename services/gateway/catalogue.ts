import { nodesWith } from "../registry";
import type { Broker } from "../typed";

/**
 * The state of the public catalogue at all of its nodes; null unless each has said it, and that it tells us of the next change:
 * a node that doesn't know us yet, or takes us for gone, tells us nothing.
 */
export async function catalogueVersion(broker: Broker): Promise<string | null> {
	const nodes = nodesWith(broker, "catalog.version").sort();
	const told = await Promise.all(
		nodes.map(nodeID => broker.call("catalog.version", {}, { nodeID }))
	);
	return told.length && told.every(({ tells }) => tells)
		? told.map(({ version }) => version).join()
		: null;
}
