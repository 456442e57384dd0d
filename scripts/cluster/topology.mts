import { freePorts } from "./ports.mts";

/** A node as it is to be: what it runs, and the ports that are its own. */
export interface Plan {
	id: string;
	services: string[];
	metricsPort: number;
	/** Where a gateway or a relay listens. */
	port?: number;
}
export interface Wish {
	replicas: number;
	/** Services that share a node; without it each has its own. */
	groups: string[][];
	/** The first of each door gets these where nothing is in front of it. */
	fronts?: { gateway: number; relay: number };
}

const CORE = [
	"auth",
	"catalog",
	"inventory",
	"bulk",
	"cart",
	"order",
	"payment",
	"sales",
	"notification",
	"import",
	"ops"
];
const DOORS = ["gateway", "relay"];

/** `catalog,inventory;order,payment` in groups, and every service that isn't named in one of its own. */
export function groupsOf(text = ""): string[][] {
	const groups = text
		.split(";")
		.map(group =>
			group
				.split(",")
				.map(name => name.trim())
				.filter(Boolean)
		)
		.filter(group => group.length);
	const named = groups.flat();
	const wrong = named.filter((name, i) => !CORE.includes(name) || named.indexOf(name) !== i);
	if (wrong.length)
		throw new Error(`--group: ${wrong.join(", ")}; each of ${CORE.join(", ")} once at most`);
	return [...groups, ...CORE.filter(name => !named.includes(name)).map(name => [name])];
}

/** The nodes of a cluster, services first, each on ports of its own. */
export async function plan({ replicas, groups, fronts }: Wish): Promise<Plan[]> {
	const all = [...groups, ...DOORS.map(name => [name])].flatMap(services =>
		Array.from({ length: replicas }, (_, i) => ({ services, n: i + 1 }))
	);
	const ports = await freePorts(all.length + DOORS.length * replicas);
	const next = () => ports.pop()!;
	return all.map(({ services, n }) => {
		const [name] = services as ["gateway" | "relay"];
		const isDoor = DOORS.includes(name);
		return {
			id: `${services.join("+")}-${n}`,
			services,
			metricsPort: next(),
			...(isDoor && { port: (n === 1 && fronts?.[name]) || next() })
		};
	});
}

export const isDoor = ({ port }: Plan): boolean => port !== undefined;
export const portsOf = (plans: Plan[], service: string): number[] =>
	plans.flatMap(({ services, port }) => (port && services.includes(service) ? [port] : []));
