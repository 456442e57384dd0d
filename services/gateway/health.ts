import type { Dependency } from "../../mixins/health.mixin";
import { etagOf } from "../http";
import { SERVICES } from "../shared/gateway.contract";
import { isStarting } from "../startup";
import type { Broker } from "../typed";
import { json, type Answer } from "./answer";

type ServiceName = (typeof SERVICES)[number];
interface Node {
	id: string;
	version: string;
	uptimeS: number;
	dependencies: Record<string, Dependency>;
}
interface ServiceHealth {
	status: "ok" | "down";
	service: string;
	nodes: Node[];
}
interface Listed {
	name: string;
	endpoints?: { nodeID: string }[];
}

/** The services with a health address of their own. */
const PATHS = new Map<string, ServiceName>([
	["/auth/health", "auth"],
	["/catalog/health", "catalog"],
	["/orders/health", "order"]
]);
/** Every node's word is bounded: one that hangs must not hang who asks after it. */
const PATIENCE = 1000;

/** What each node that has this service says of it; down when none answers or what it needs isn't well. */
async function healthOf(broker: Broker, service: ServiceName): Promise<ServiceHealth> {
	const action = `${service}.health` as const;
	const listed = broker.registry.getActionList({
		onlyAvailable: true,
		withEndpoints: true
	}) as Listed[];
	const endpoints = listed.find(({ name }) => name === action)?.endpoints ?? [];
	const asked = endpoints.map(({ nodeID }) =>
		broker.call(action, {}, { nodeID, timeout: PATIENCE })
	);
	const nodes = (await Promise.allSettled(asked)).flatMap(answer =>
		answer.status === "fulfilled" ? [answer.value as Node] : []
	);
	const well = nodes.every(node => Object.values(node.dependencies).every(state => state === "ok"));
	return { status: nodes.length > 0 && well ? "ok" : "down", service, nodes };
}

interface WholeHealth {
	status: "ok" | "down";
	services: Record<string, Omit<ServiceHealth, "service">>;
}

/** The state of every service. */
async function wholeHealth(broker: Broker): Promise<WholeHealth> {
	const all = await Promise.all(SERVICES.map(name => healthOf(broker, name)));
	return {
		status: all.every(({ status }) => status === "ok") ? "ok" : "down",
		services: Object.fromEntries(all.map(({ service, ...state }) => [service, state]))
	};
}

/** The answer of a health address, or null if it is none. */
export async function healthAnswer(
	broker: Broker,
	path: string,
	draining: boolean
): Promise<Answer | null> {
	if (path === "/health/live") return healthy({ status: "ok" });
	const service = PATHS.get(path);
	if (!service && path !== "/health" && path !== "/health/ready") return null;
	const state = service ? await healthOf(broker, service) : await wholeHealth(broker);
	const unready = draining ? "draining" : isStarting() && "starting";
	if (path === "/health/ready" && unready) return json(503, { ...state, status: unready });
	return state.status === "ok" ? healthy(state) : json(503, state);
}

function healthy(state: object): Answer {
	const answer = json(200, state);
	return { ...answer, etag: etagOf(answer.body!) };
}
