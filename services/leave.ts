import { setTimeout as sleep } from "node:timers/promises";
import type { ServiceBroker } from "moleculer";
import { drainDelay } from "./settings";
import { Nats } from "./transport";

/** A service that speaks with people: it stops taking them in, and answers when the last one has gone. */
export interface Door {
	/** From now on not ready: whoever balances the load is to send nobody. */
	draining: boolean;
	drain(): Promise<void>;
}
/** What Moleculer keeps to itself. */
interface Inside {
	registry: {
		regenerateLocalRawInfo(newer: boolean, stopping: boolean): void;
		discoverer: { sendLocalNodeInfo(): Promise<void> };
	};
	transit: { tx: unknown } | null;
}
const leavers = new WeakSet<ServiceBroker>();
export const isLeaving = (broker: ServiceBroker): boolean => leavers.has(broker);

const doorsOf = ({ services }: ServiceBroker) =>
	services.filter(service => "drain" in service) as unknown as Door[];

/**
 * Takes a node out of the cluster so that nobody notices: it says that it isn't ready, sees its doors' people off, has
 * NATS refuse what others still send it, finishes what it has heard, and only then lets go of its stores.
 */
export async function leave(broker: ServiceBroker): Promise<void> {
	leavers.add(broker);
	const doors = doorsOf(broker);
	for (const door of doors) door.draining = true;
	if (doors.length && drainDelay) await sleep(drainDelay);
	await Promise.all(doors.map(door => door.drain()));
	const { registry, transit } = broker as unknown as Inside;
	if (transit?.tx instanceof Nats) {
		registry.regenerateLocalRawInfo(true, true);
		// without NATS nobody can be told, and nobody asks
		await registry.discoverer.sendLocalNodeInfo().catch(() => {});
		await transit.tx.refuseRequests();
	}
	await broker.stop();
}
