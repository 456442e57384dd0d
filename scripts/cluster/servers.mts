import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { Child, onPath } from "./child.mts";
import { freePorts, listening } from "./ports.mts";

/** Somebody's server that the nodes use; without a process if it isn't ours. */
export interface Server {
	name: string;
	/** With the credentials of an operator. */
	url: string;
	child: Child | null;
}
export interface Nats extends Server {
	/** What a node of these services has to know. */
	urlFor(services: string[]): string;
}

const NATS_CONF = fileURLToPath(new URL("../../deploy/nats.conf", import.meta.url));
/** nats-server takes a password from the environment for a number if it looks like one. */
const password = () => `p${randomBytes(16).toString("hex")}`;
/** Each of them has a user of its own in deploy/nats.conf. */
export const BUS_USERS = [
	"operator",
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
	"ops",
	"gateway",
	"relay"
];

function need(program: string, variable: string): void {
	if (!onPath(program))
		throw new Error(`${program} isn't on the PATH: install it, or name a server by ${variable}`);
}

/** The NATS that NATS_URL names, or one of our own with the users and permissions of deploy/nats.conf. */
export async function startNats(logs: string): Promise<Nats> {
	const { NATS_URL: given } = process.env;
	if (given) return { name: "nats", url: given, child: null, urlFor: () => given };
	need("nats-server", "NATS_URL");
	const [port] = (await freePorts(1)) as [number];
	const passwords = new Map(BUS_USERS.map(user => [user, password()]));
	const env = Object.fromEntries(
		[...passwords].map(([user, secret]) => [`NATS_PASSWORD_${user.toUpperCase()}`, secret])
	);
	const child = new Child(
		{
			name: "nats",
			run: "nats-server",
			args: ["-c", NATS_CONF, "-a", "127.0.0.1", "-p", String(port)],
			env: { ...process.env, ...env }
		},
		logs
	);
	await Promise.race([listening(port), failed(child)]);
	const urlOf = (user: string) => `nats://${user}:${passwords.get(user)}@127.0.0.1:${port}`;
	return {
		name: "nats",
		url: urlOf("operator"),
		child,
		urlFor: ([first = "operator", ...more]) => urlOf(more.length ? "operator" : first)
	};
}

/** The Redis that REDIS_URI names, or one of our own that keeps nothing. */
export async function startRedis(logs: string): Promise<Server> {
	const { REDIS_URI: given } = process.env;
	if (given) return { name: "redis", url: given, child: null };
	need("redis-server", "REDIS_URI");
	const [port] = (await freePorts(1)) as [number];
	const secret = password();
	const input = [
		`port ${port}`,
		"bind 127.0.0.1",
		`requirepass ${secret}`,
		'save ""',
		"appendonly no",
		"maxmemory 256mb",
		"maxmemory-policy volatile-ttl",
		"loglevel warning"
	].join("\n");
	const child = new Child({ name: "redis", run: "redis-server", args: ["-"], input }, logs);
	await Promise.race([listening(port), failed(child)]);
	return { name: "redis", url: `redis://:${secret}@127.0.0.1:${port}`, child };
}

/** MongoDB isn't started here: a replica set is more than a process. */
export function mongo(): Server {
	const { MONGO_URI: url } = process.env;
	if (!url)
		throw new Error(
			"MONGO_URI must name a MongoDB replica set, such as mongodb://127.0.0.1:27017/shop?replicaSet=rs0"
		);
	return { name: "mongodb", url, child: null };
}

/** Rejects with a process's last words when it ends. */
export async function failed(child: Child): Promise<never> {
	const { code, signal } = await child.ended;
	throw new Error(`${child.command.name} ended (${signal ?? code}):\n${child.said.join("\n")}`);
}
