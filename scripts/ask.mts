import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "./build.mts";

// who only visits is quiet, and leaves the port for metrics to a shop: said before any module of it reads it
process.env.LOG_LEVEL ??= "error";
process.env.METRICS_PORT = "0";

/** Calls an action, as somebody if it asks for a role. */
export type Call = <T>(action: string, params?: object, user?: User) => Promise<T>;
export interface User {
	id: string;
	role: string;
	sid: string;
}
/** What these scripts need of a broker. */
interface Broker {
	call<T>(action: string, params?: object, options?: { meta: { user: User } }): Promise<T>;
	repl(): void;
	stop(): Promise<void>;
}
/** A way to the shop. */
export interface Way {
	call: Call;
	/** Where the way is a node of the cluster. */
	broker?: Broker;
	leave(): Promise<void>;
}
interface Answer {
	id: number;
	result?: unknown;
	error?: string;
}

const dist = (path: string) => import(new URL(`../dist/services/${path}.js`, import.meta.url).href);
const isAlive = (pid: number) => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

/** Where the bus is: as NATS_URL says, or that of the cluster which runs on this data folder. */
function busUrl(): string | undefined {
	if (process.env.NATS_URL) return process.env.NATS_URL;
	try {
		const file = join(process.env.DATA_DIR || "data", "cluster.json");
		const { servers } = JSON.parse(readFileSync(file, "utf8")) as {
			servers: { name: string; url: string; pid?: number | null }[];
		};
		const nats = servers.find(({ name }) => name === "nats");
		return nats && (!nats.pid || isAlive(nats.pid)) ? nats.url : undefined;
	} catch {
		return undefined; // no cluster here
	}
}

/** The cluster if there is one, the shop that runs on this data folder, or else one started for the while, without its doors. */
export async function reach(): Promise<Way> {
	await build(message => console.error(`  ${message}`), { parts: ["services"] });
	const bus = busUrl();
	if (bus) {
		process.env.NATS_URL = bus;
		const { visit } = (await dist("visit")) as { visit: () => Promise<Broker> };
		const broker = await visit();
		return { broker, call: callOf(broker), leave: () => broker.stop() };
	}
	const socket = await localSocket();
	return socket ? throughSocket(socket) : await forTheWhile();
}

/** The door of the shop that runs on this data folder, if one does. */
async function localSocket(): Promise<Socket | null> {
	const { socketPath } = (await dist("local-socket")) as { socketPath: () => string };
	const socket = connect(socketPath());
	return new Promise(resolve =>
		socket.on("connect", () => resolve(socket)).on("error", () => resolve(null))
	);
}
export async function runsHere(): Promise<boolean> {
	await build(message => console.error(`  ${message}`), { parts: ["services"] });
	const socket = await localSocket();
	socket?.destroy();
	return socket !== null;
}

const callOf =
	(broker: Broker): Call =>
	(action, params, user) =>
		broker.call(action, params, user && { meta: { user } });

function throughSocket(socket: Socket): Way {
	type Waiting = { resolve: (result: never) => void; reject: (err: Error) => void };
	const waiting = new Map<number, Waiting>();
	let asked = 0;
	createInterface({ input: socket }).on("line", line => {
		const { id, result, error } = JSON.parse(line) as Answer;
		const { resolve, reject } = waiting.get(id)!;
		waiting.delete(id);
		if (error === undefined) resolve(result as never);
		else reject(new Error(error));
	});
	socket.on("close", () => {
		for (const { reject } of waiting.values()) reject(new Error("The shop has gone away"));
		waiting.clear();
	});
	return {
		call: (action, params, user) =>
			new Promise((resolve, reject) => {
				const id = asked++;
				waiting.set(id, { resolve, reject });
				socket.write(`${JSON.stringify({ id, action, params, user })}\n`);
			}),
		leave: async () => void socket.destroy()
	};
}

/** A node for the while, with all services but its doors. */
export async function forTheWhile(): Promise<Way> {
	await build(message => console.error(`  ${message}`), { parts: ["services"] });
	const { startNode, CORE } = (await dist("node")) as {
		startNode: (services: string[]) => Promise<{ broker: Broker; stop: () => Promise<void> }>;
		CORE: string[];
	};
	const { broker, stop } = await startNode(CORE);
	return { broker, call: callOf(broker), leave: stop };
}

/** Calls actions of the shop, wherever it runs. */
export async function ask<T>(calls: (call: Call) => Promise<T>): Promise<T> {
	const way = await reach();
	try {
		return await calls(way.call);
	} finally {
		await way.leave();
	}
}

/** Runs a script's work, says in one line why it failed, and ends; null: it goes on by itself. */
export async function attempt(work: () => Promise<number | null>): Promise<void> {
	try {
		const code = await work();
		if (code !== null) process.exit(code);
	} catch (err) {
		console.error((err as Error).message);
		process.exit(1);
	}
}
