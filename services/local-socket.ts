import { chmodSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { createInterface } from "node:readline";
import { join } from "node:path";
import type { ServiceBroker } from "moleculer";
import { dataDir } from "./settings";

/** A path that long is refused by the system. */
const LONGEST = 100;
export const socketPath = (dir = dataDir) => join(dir, "ops.sock");

/**
 * Lets whoever may read the data folder call any action of a running node: the verify and admin scripts.
 * A line of JSON each way: `{ action, params }`, `{ result }` or `{ error }`.
 */
export function listenLocally(broker: ServiceBroker): Server | null {
	const path = socketPath();
	if (process.platform === "win32" || path.length > LONGEST) return null;
	rmSync(path, { force: true });
	const server = createServer(socket => {
		socket.on("error", () => socket.destroy());
		createInterface({ input: socket }).on("line", line => {
			void answer(broker, line).then(text => socket.writable && socket.write(`${text}\n`));
		});
	});
	server.on("error", err => broker.logger.warn("No local socket:", err));
	server.listen(path, () => chmodSync(path, 0o600));
	return server.unref();
}

async function answer(broker: ServiceBroker, line: string): Promise<string> {
	try {
		const { action, params } = JSON.parse(line) as { action: string; params?: object };
		return JSON.stringify({ result: await broker.call(action, params, { timeout: 120_000 }) });
	} catch (err) {
		return JSON.stringify({ error: (err as Error).message });
	}
}
