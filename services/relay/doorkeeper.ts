import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Server, Socket } from "socket.io";
import { Buckets } from "../buckets";
import { addressOf, isExempt, isListed, isSecure, networkOf } from "../http";
import { port } from "../settings";

type Connection = Socket["conn"];
/** What engine.io and ws keep for a client until it reads. */
interface Backlog {
	writeBuffer: unknown[];
	transport: { socket?: { bufferedAmount?: number; terminate?(): void } };
}
export interface Limits {
	/** Connections that one address may hold. */
	perAddress: number;
	/** Packets that one connection may send a second, and at once. */
	packets: { perSecond: number; burst: number };
	/** Do the limits by address spare this machine? */
	sparesLocal: boolean;
}
/** Bytes and packets that may wait for a client that doesn't read; then it is cut, and takes a snapshot when it is back. */
const MOST_BYTES = 1_000_000;
const MOST_PACKETS = 512;
/** Milliseconds that a peer has to say goodbye. */
const GOODBYE = 1000;
/** Milliseconds a connection, and for all, over which a leaving relay spreads its people's coming to the others. */
const APART = 5;
const SPREAD = 3000;

/** Pages of the shop: from the gateway's port on the host that they ask, from the same address behind a proxy, or listed. */
export function mayConnect(req: IncomingMessage, gatewayPort = port): boolean {
	const { origin, host = "" } = req.headers;
	if (origin === undefined) return true;
	const scheme = isSecure(req) ? "https" : "http";
	const name = host.replace(/:\d+$/, "");
	return (
		isListed(origin) ||
		origin === `${scheme}://${host}` ||
		origin === `${scheme}://${name}:${gatewayPort}` ||
		(gatewayPort === (scheme === "http" ? 80 : 443) && origin === `${scheme}://${name}`)
	);
}

const callerOf = (req: IncomingMessage) => networkOf(addressOf(req)) ?? "";

/** Who may connect and how much they may say: origins, connections an address, packets a connection, bytes unread. */
export class Doorkeeper {
	private readonly held = new Map<string, number>();
	private readonly open = new Set<Connection>();

	constructor(private readonly limits: Limits) {}

	get count(): number {
		return this.open.size;
	}

	admits(req: IncomingMessage): boolean {
		const address = addressOf(req);
		const spared = this.limits.sparesLocal && isExempt(address);
		const held = this.held.get(callerOf(req)) ?? 0;
		return mayConnect(req) && (spared || held < this.limits.perAddress);
	}

	/** Counts the connections of an engine and listens to how much they send. */
	watch(engine: Server["engine"]): void {
		const { perSecond, burst } = this.limits.packets;
		engine.on("connection", (connection: Connection) => {
			const caller = callerOf(connection.request);
			const packets = new Buckets(perSecond, burst, 1);
			this.held.set(caller, (this.held.get(caller) ?? 0) + 1);
			this.open.add(connection);
			connection.on("packet", () => {
				if (!packets.take("")) connection.close(true);
			});
			connection.on("close", () => {
				const left = (this.held.get(caller) ?? 1) - 1;
				if (left > 0) this.held.set(caller, left);
				else this.held.delete(caller);
				this.open.delete(connection);
				const { socket } = (connection as unknown as Backlog).transport;
				setTimeout(() => socket?.terminate?.(), GOODBYE).unref();
			});
		});
	}

	/** Closes all connections, each at a moment of chance: their clients come back at once, and find another relay. */
	async seeOff(): Promise<void> {
		const spread = Math.min(SPREAD, APART * this.open.size);
		const leave = async (connection: Connection) => {
			await sleep(Math.random() * spread);
			connection.close();
		};
		await Promise.all([...this.open].map(leave));
	}

	/** Cuts those who don't read what they are sent. */
	cutSlow(): void {
		for (const connection of this.open) {
			const { writeBuffer, transport } = connection as unknown as Backlog;
			const unread = transport.socket?.bufferedAmount ?? 0;
			if (unread > MOST_BYTES || writeBuffer.length > MOST_PACKETS) connection.close(true);
		}
	}
}
