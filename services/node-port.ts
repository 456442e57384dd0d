import type { IncomingMessage, ServerResponse } from "node:http";
import type { ServiceBroker } from "moleculer";
import type { Health } from "../mixins/health.mixin";
import { isLeaving } from "./leave";
import { nodesKnown } from "./registry";
import { isStarting } from "./startup";

/** Milliseconds that a service of this node has to say how it is. */
const PATIENCE = 1000;

interface State {
	status: "ok" | "starting" | "draining" | "cut off" | "down";
	id: string;
	services: Record<string, Record<string, string>>;
	/** The nodes that this one knows, with their services. */
	knows: string[];
}
type Part = { dependencies: Awaited<ReturnType<Health["needs"]>> };

/** How this node is by itself: started, in touch with the others, and its services' stores well. */
export async function stateOf(broker: ServiceBroker): Promise<State> {
	const { nodeID, started, transit } = broker as ServiceBroker & {
		started: boolean;
		transit: { tx: { connected: boolean } } | null;
	};
	const asked = broker.services
		.filter(({ name, schema: { actions } }) => actions && "health" in actions && name !== "$node")
		.map(async ({ name }) => {
			const options = { nodeID, timeout: PATIENCE };
			const part = await broker
				.call<Part, object>(`${name}.health`, {}, options)
				.catch((): Part => ({ dependencies: { itself: "down" } }));
			return [name, part.dependencies] as const;
		});
	const services = started ? Object.fromEntries(await Promise.all(asked)) : {};
	const well = Object.values(services).every(part =>
		Object.values(part).every(state => state === "ok")
	);
	const status = isLeaving(broker)
		? "draining"
		: !started || isStarting()
			? "starting"
			: transit && !transit.tx.connected
				? "cut off"
				: well
					? "ok"
					: "down";
	return { status, id: nodeID, services, knows: nodesKnown(broker) };
}

/** Probes on the port that every node has for its metrics: `/health/live`, `/health/ready`. False for anything else. */
export function answerProbe(
	{ url }: IncomingMessage,
	res: ServerResponse,
	broker: ServiceBroker
): boolean {
	if (url === "/health/live") answer(res, 200, { status: "ok" });
	else if (url === "/health/ready")
		stateOf(broker).then(
			state => answer(res, state.status === "ok" ? 200 : 503, state),
			() => answer(res, 503, { status: "down" })
		);
	else return false;
	return true;
}

function answer(res: ServerResponse, status: number, body: object): void {
	res.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
	res.end(JSON.stringify(body));
}
