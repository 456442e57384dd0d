import type { Service } from "moleculer";
import type { Broker } from "../typed";

interface Endpoints {
	endpoints: { id: string; isAvailable: boolean }[];
}
interface Host {
	broker: Broker;
	logger: Service["logger"];
}

/**
 * Has the catalogue's other nodes look at a product before whoever wrote it is answered, so that the very next read shows
 * it wherever it is asked. Bounded: a node that doesn't answer learns of it by the event, or by catching up.
 */
export async function showElsewhere({ broker, logger }: Host, id: string): Promise<void> {
	const list = broker.registry.getActionEndpoints("catalog.see") as Endpoints | undefined;
	const others = (list?.endpoints ?? []).filter(
		({ id: node, isAvailable }) => isAvailable && node !== broker.nodeID
	);
	await Promise.all(
		others.map(({ id: nodeID }) =>
			broker
				.call("catalog.see", { id }, { nodeID })
				.catch((err: Error) => logger.debug(`${nodeID} will see ${id} later:`, err.message))
		)
	);
}
