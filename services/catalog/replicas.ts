import type { Service } from "moleculer";
import { nodesWith } from "../registry";
import type { Broker } from "../typed";

interface Host {
	broker: Broker;
	logger: Service["logger"];
}

/**
 * Has the catalogue's other nodes look at a product before whoever wrote it is answered, so that the very next read shows
 * it wherever it is asked. Bounded: a node that doesn't answer learns of it by the event, or by catching up.
 */
export async function showElsewhere({ broker, logger }: Host, id: string): Promise<void> {
	const others = nodesWith(broker, "catalog.see").filter(node => node !== broker.nodeID);
	await Promise.all(
		others.map(nodeID =>
			broker
				.call("catalog.see", { id }, { nodeID })
				.catch((err: Error) => logger.debug(`${nodeID} will see ${id} later:`, err.message))
		)
	);
}
