import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Below those that the system gives to outgoing connections, so that nobody takes one between choice and use. */
const FIRST = 20_000;
const LAST = 32_000;

export const isFree = (port: number) =>
	new Promise<boolean>(resolve => {
		const server = createServer();
		server.once("error", () => resolve(false));
		server.listen(port, () => server.close(() => resolve(true)));
	});

/** Ports that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
	const found: number[] = [];
	let port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
	for (let tried = 0; found.length < count && tried < LAST - FIRST; tried++) {
		if (await isFree(port)) found.push(port);
		port = port + 1 < LAST ? port + 1 : FIRST;
	}
	if (found.length < count) throw new Error("There aren't enough free ports");
	return found;
}

/** Waits until somebody answers on a port, for a bounded time. */
export async function listening(port: number, ms = 10_000): Promise<void> {
	for (const end = Date.now() + ms; Date.now() < end; await sleep(30)) {
		const socket = connect(port, "127.0.0.1");
		const open = await new Promise<boolean>(resolve =>
			socket.once("connect", () => resolve(true)).once("error", () => resolve(false))
		);
		socket.destroy();
		if (open) return;
	}
	throw new Error(`Nothing listens on port ${port} after ${ms / 1000} s`);
}
