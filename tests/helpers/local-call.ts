import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Calls an action of the shop that runs on this data folder, as scripts/ask.mts does. */
export async function callLocally<T>(dir: string, action: string, params: object): Promise<T> {
	const socket = connect(join(dir, "ops.sock"));
	try {
		await new Promise<void>((resolve, reject) => socket.on("connect", resolve).on("error", reject));
		socket.write(`${JSON.stringify({ action, params })}\n`);
		for await (const line of createInterface({ input: socket })) {
			const { result, error } = JSON.parse(line) as { result?: T; error?: string };
			if (error !== undefined) throw new Error(`${action}: ${error}`);
			return result as T;
		}
		throw new Error(`${action}: no answer`);
	} finally {
		socket.destroy();
	}
}
