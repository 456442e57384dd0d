import type { Middleware, ServiceBroker } from "moleculer";
import { BUS_MARK, markOf, isGenuine } from "./session";

type Send = (topic: string, data: Buffer, meta: unknown) => Promise<void>;
type Receive = (command: string, data: Buffer, socket?: unknown) => Promise<unknown> | unknown;
const WARN_EVERY = 10_000;

/**
 * Marks everything that leaves this node for the bus with a code that only the shop's secret makes, and drops what
 * comes without: whoever has the bus but not the secret can neither ask for anything, nor speak for a user or a node.
 */
export function busMark(): Middleware {
	let broker: ServiceBroker;
	let dropped = 0;
	let warnedAt = 0;
	function drop(command: string): undefined {
		dropped++;
		if (Date.now() - warnedAt < WARN_EVERY) return;
		warnedAt = Date.now();
		broker.logger.warn(`Dropped ${dropped} messages without the shop's mark, now a ${command}`);
		dropped = 0;
	}
	const hooks = {
		name: "BusMark",
		created(created: ServiceBroker) {
			broker = created;
		},
		transporterSend: (next: Send) => (topic: string, data: Buffer, meta: unknown) =>
			next(topic, Buffer.concat([markOf(data), data]), meta),
		transporterReceive: (next: Receive) => (command: string, data: Buffer, socket: unknown) => {
			const body = data?.subarray(BUS_MARK);
			return body && isGenuine(data.subarray(0, BUS_MARK), body)
				? next(command, body, socket)
				: drop(command);
		}
	};
	return hooks as unknown as Middleware; // moleculer's types take the hooks' results, its code functions
}
