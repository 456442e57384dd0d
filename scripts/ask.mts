import { connect } from "node:net";
import { createInterface } from "node:readline";
import { build } from "./build.mts";

interface Answer {
	result?: unknown;
	error?: string;
}

/** Calls an action of the shop on this data folder: the running one's, or one started for the call, without its doors. */
export async function ask<T>(calls: (call: Call) => Promise<T>): Promise<T> {
	await build(message => console.error(`  ${message}`), { parts: ["services"] });
	process.env.LOG_LEVEL ??= "warn";
	process.env.METRICS_PORT = "0";
	const dist = (path: string) =>
		import(new URL(`../dist/services/${path}.js`, import.meta.url).href);
	const { socketPath } = (await dist("local-socket")) as { socketPath: () => string };
	const socket = connect(socketPath());
	const running = await new Promise<boolean>(resolve =>
		socket.on("connect", () => resolve(true)).on("error", () => resolve(false))
	);
	if (running) {
		const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
		try {
			return await calls(async (action, params) => {
				socket.write(`${JSON.stringify({ action, params })}\n`);
				const { value, done } = await lines.next();
				if (done) throw new Error("The shop has gone away");
				const { result, error } = JSON.parse(value) as Answer;
				if (error !== undefined) throw new Error(error);
				return result as never;
			});
		} finally {
			socket.destroy();
		}
	}
	const { startNode, CORE } = (await dist("node")) as {
		startNode: (services: string[]) => Promise<{
			broker: { call: Call };
			stop: () => Promise<void>;
		}>;
		CORE: string[];
	};
	const node = await startNode(CORE);
	try {
		return await calls((action, params) => node.broker.call(action, params));
	} finally {
		await node.stop();
	}
}
export type Call = <T>(action: string, params?: object) => Promise<T>;

/** Runs a script's work, and says in one line why it failed. */
export async function attempt(work: () => Promise<number>): Promise<void> {
	try {
		process.exitCode = await work();
	} catch (err) {
		console.error((err as Error).message);
		process.exitCode = 1;
	}
}
