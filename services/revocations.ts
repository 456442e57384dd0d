import type { Service, ServiceSchema } from "moleculer";
import { ACCESS_SECONDS } from "./session";
import type { Broker, Ctx } from "./typed";

const POLL = 3000;
/** Milliseconds that two polls overlap, for clocks that differ and writes that were on their way. */
const OVERLAP = 10_000;
/** A token outlives its session by no more than this. */
const KEEP = (ACCESS_SECONDS + 60) * 1000;
const MOST = 100_000;

/** The sessions that ended before their access tokens do. */
export class Revoked {
	private readonly until = new Map<string, number>();

	has(sid: string): boolean {
		return this.until.has(sid);
	}
	add(sids: readonly string[], now = Date.now()): void {
		for (const sid of sids) {
			this.until.delete(sid);
			this.until.set(sid, now + KEEP);
		}
		// in the order of their ends, so the first are the ones to forget
		for (const [sid, end] of this.until) {
			if (end > now && this.until.size <= MOST) break;
			this.until.delete(sid);
		}
	}
}

/** Makes each node's copy of a service hear every event: a group of its own, where a shared one would hear in turn. */
export const everyNode: Partial<ServiceSchema> & { merged(schema: ServiceSchema): void } = {
	merged(this: Service, schema) {
		const group = `${schema.name}:${this.broker.nodeID}`;
		const events = Object.entries(schema.events ?? {}).map(([name, event]) => [
			name,
			{ ...(typeof event === "function" ? { handler: event } : (event as object)), group }
		]);
		schema.events = Object.fromEntries(events) as ServiceSchema["events"];
	}
};

export interface Revocations {
	revoked: Revoked;
}
interface Mine extends Revocations {
	broker: Broker;
	logger: Service["logger"];
	poll?: NodeJS.Timeout;
	since: number;
}
const mine = (service: unknown) => service as Mine;

async function poll(door: Mine): Promise<void> {
	try {
		if (!door.broker.registry.actions.isAvailable("auth.revocations")) return;
		const { now, sids } = await door.broker.call("auth.revocations", { since: door.since });
		door.revoked.add(sids);
		door.since = now - OVERLAP;
	} catch (err) {
		door.logger.debug("Ended sessions could not be asked for, again soon", err);
	} finally {
		if (door.poll) door.poll = setTimeout(poll, POLL, door).unref();
	}
}

/** Tells a door which sessions have ended: by event at once, by asking every few seconds in case an event was lost. */
export const revocations: Partial<ServiceSchema> = {
	mixins: [everyNode],
	events: {
		"session.revoked"(this: Service, ctx: Ctx<{ sids: string[] }>) {
			mine(this).revoked.add(ctx.params.sids);
		}
	},
	created() {
		mine(this).revoked = new Revoked();
		mine(this).since = 0;
	},
	started() {
		mine(this).poll = setTimeout(poll, 0, mine(this)).unref();
	},
	stopped() {
		clearTimeout(mine(this).poll);
		delete mine(this).poll;
	}
};
