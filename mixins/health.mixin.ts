import type { Service, ServiceSchema } from "moleculer";
import { version } from "../package.json";

export type Dependency = "ok" | "down" | "read-only";
export interface Health {
	/** The state of what this service can't work without, by name. */
	needs(): Promise<Record<string, Dependency>> | Record<string, Dependency>;
}

/** Gives a service the action by which the gateway learns how this node's part of it is. */
export const health: Partial<ServiceSchema> = {
	actions: {
		health: {
			async handler(this: Service) {
				const service = this as unknown as Health;
				return {
					id: this.broker.nodeID,
					version,
					uptimeS: Math.floor(process.uptime()),
					dependencies: await service.needs()
				};
			}
		}
	},
	methods: { needs: () => ({}) }
};
