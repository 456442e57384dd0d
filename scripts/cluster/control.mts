import { chmodSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Cluster } from "./cluster.mts";

export const COMMANDS = ["stop", "start", "restart"] as const;
export type Verb = (typeof COMMANDS)[number];
interface Order {
	verb: Verb;
	target: string;
}

const pathOf = (dataDir: string) => join(dataDir, "cluster.sock");

async function obey(cluster: Cluster, { verb, target }: Order): Promise<string> {
	const ids = cluster.idsOf(target);
	if (verb === "stop") await Promise.all(ids.map(id => cluster.stopOne(id)));
	else if (verb === "start") for (const id of ids) await cluster.startOne(id);
	else if (verb === "restart") await cluster.restart(ids);
	else throw new Error(`There is no command ${String(verb)}`);
	return ids.join(", ");
}

/** Takes `stop`, `start` and `restart` of nodes, whole services and servers from whoever may read the data folder. */
export function listen(cluster: Cluster, dataDir: string): Server {
	const path = pathOf(dataDir);
	rmSync(path, { force: true });
	const server = createServer(socket => {
		socket.on("error", () => socket.destroy());
		createInterface({ input: socket }).on("line", line => {
			Promise.resolve()
				.then(() => obey(cluster, JSON.parse(line) as Order))
				.then(
					done => socket.end(`${JSON.stringify({ done })}\n`),
					(err: Error) => socket.end(`${JSON.stringify({ error: err.message })}\n`)
				);
		});
	});
	server.on("error", err => console.error(`No commands can be given: ${err.message}`));
	server.listen(path, () => chmodSync(path, 0o600));
	return server.unref();
}

/** Tells the running cluster; answers with the nodes that it did it to. */
export async function tell(dataDir: string, order: Order): Promise<string> {
	const socket = connect(pathOf(dataDir));
	await new Promise<void>((resolve, reject) =>
		socket
			.once("connect", resolve)
			.once("error", () => reject(new Error(`No cluster runs on ${dataDir}`)))
	);
	socket.write(`${JSON.stringify(order)}\n`);
	for await (const line of createInterface({ input: socket })) {
		const { done, error } = JSON.parse(line) as { done?: string; error?: string };
		if (error !== undefined) throw new Error(error);
		return done!;
	}
	throw new Error("The cluster has gone away");
}
