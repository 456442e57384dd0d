import { chmodSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { createInterface } from "node:readline";
import { join } from "node:path";
import type { ServiceBroker } from "moleculer";
import { dataDir } from "./settings";
import type { Identity } from "./shared/access";

/** A path that long is refused by the system. */
const LONGEST = 100;
export const socketPath = (dir = dataDir) => join(dir, "ops.sock");

/**
 * Lets whoever may read the data folder call any action of a running node, as anybody: the verify, admin and seed
 * scripts. A line of JSON each way: `{ id, action, params, user }`, `{ id, result }` or `{ id, error }`.
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

interface Request {
	id?: number;
	action: string;
	params?: object;
	user?: Identity;
}
async function answer(broker: ServiceBroker, line: string): Promise<string> {
	let id: number | undefined;
	try {
		const { action, params, user = null, ...request } = JSON.parse(line) as Request;
		id = request.id;
		const options = { timeout: 120_000, meta: { user } };
		return JSON.stringify({ id, result: await broker.call(action, params, options) });
	} catch (err) {
		return JSON.stringify({ id, error: (err as Error).message });
	}
}
