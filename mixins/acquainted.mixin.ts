import type { Service, ServiceSchema } from "moleculer";
import { natsUrl } from "../services/settings";

/** Milliseconds that a door stays shut for the sake of services that may be down. */
const PATIENCE = 5000;

/**
 * A node that has just come knows nobody for a moment, and a door that opens then refuses whoever comes in. Named last
 * among a door's mixins, this one starts first.
 */
export const acquainted = (services: readonly string[]): Partial<ServiceSchema> => ({
	async started(this: Service) {
		if (!natsUrl) return;
		await this.broker.waitForServices([...services], PATIENCE, 50).catch(() => {
			this.logger.info("Opening, though not all services are there");
		});
	}
});
