interface Endpoint {
	id: string;
	isAvailable: boolean;
}
/** What Moleculer's types keep to themselves. */
interface Registry {
	getActionEndpoints(action: string): { endpoints: Endpoint[] } | undefined;
	events: { getAllEndpoints(event: string): Endpoint[] };
	discoverer: { sendLocalNodeInfo(): Promise<void> };
	nodes: { toArray(): { id: string; available: boolean; services: unknown[] }[] };
}
type Has = { registry: unknown };
const registryOf = ({ registry }: Has) => registry as Registry;

/** The nodes that an action can be asked of, as far as this one knows. */
export const nodesWith = (broker: Has, action: string): string[] =>
	(registryOf(broker).getActionEndpoints(action)?.endpoints ?? [])
		.filter(({ isAvailable }) => isAvailable)
		.map(({ id }) => id);

/** Would that node be told if this one broadcast the event now? */
export const wouldHear = (broker: Has, event: string, nodeID: string): boolean =>
	registryOf(broker)
		.events.getAllEndpoints(event)
		.some(({ id }) => id === nodeID);

/** The nodes that can be asked for something, as far as this one knows. */
export const nodesKnown = (broker: Has): string[] =>
	registryOf(broker)
		.nodes.toArray()
		.filter(({ available, services }) => available && services.length > 0)
		.map(({ id }) => id);

/** Tells all nodes of this one's services. Moleculer would do so a second after the last of them was there. */
export const introduce = (broker: Has): Promise<void> =>
	registryOf(broker).discoverer.sendLocalNodeInfo();
