import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Errors, Transporters } from "moleculer";
import type { ConnectionOptions, Msg, NatsConnection, Subscription } from "nats";
import { natsUrl, production } from "./settings";

/** Milliseconds between two tries to reach NATS for the first time, growing to this. */
const LONGEST_WAIT = 4000;
/** Milliseconds that a goodbye may take where NATS doesn't answer. */
const GOODBYE = 1000;

interface Sent {
	packet?: { type: string; target?: string | null; payload: { id: string } };
}
/** What Moleculer keeps to itself. */
interface Inside {
	transit: {
		pendingRequests: Map<string, { reject(err: Error): void }>;
		removePendingRequest(id: string): void;
	};
	broker: { registry: { nodes: Nodes } };
}
interface Nodes {
	get(id: string): { services: unknown[] } | undefined;
	disconnected(id: string, unexpected: boolean): void;
}
const UNHEARD = "NOBODY_HEARD";
/** Of requests that this node has sent just now. */
const unheard = new WeakSet<Error>();
/**
 * Certainly nothing was done, by anybody: it may be asked again. Said once of each error: when it goes on to whoever
 * asked for more than this, here or over the bus, the rest of that may have been done.
 */
export const isUnheard = (err: Error): boolean => unheard.delete(err);

/** The options of nats.js that a URL stands for: `nats://user:password@host:4222,nats://other:4222`, or `token@`. */
export function natsOptions(urls: string, name: string): ConnectionOptions {
	const servers = urls.split(",").map(text => new URL(text.trim()));
	const { username = "", password = "" } = servers.find(url => url.username) ?? {};
	if (production && !username)
		throw new Error("NATS_URL needs credentials in production: nats://user:password@host:4222");
	const user = decodeURIComponent(username);
	return {
		servers: servers.map(url => `${url.hostname}:${url.port || 4222}`),
		name,
		...(password ? { user, pass: decodeURIComponent(password) } : user ? { token: user } : {}),
		...(servers.some(url => url.protocol === "tls:") && { tls: {} }),
		timeout: 3000,
		maxReconnectAttempts: -1,
		reconnectTimeWait: 300,
		reconnectJitter: 700,
		reconnectJitterTLS: 1000,
		// a server that hangs is left after six seconds: requests on it have timed out by then
		pingInterval: 2000,
		maxPingOut: 2
	};
}

/** The node's name: by its services and its machine, so that replicas need no names and NATS can tell them apart. */
export function nodeId(): string | undefined {
	const { NODE_ID, SERVICES } = process.env;
	if (NODE_ID) return NODE_ID;
	const services = SERVICES?.split(",").map(name => name.trim());
	return services && `${services.join("+")}-${hostname()}`;
}

/**
 * Moleculer's NATS, made to be left alone: it waits for a server that isn't there yet, refuses what it can't send
 * instead of keeping it until it is too late, and says hello again as soon as it is back.
 */
export class Nats extends Transporters.NATS {
	private up = false;
	private leaving = false;
	/** Where the others' requests come in. */
	private requests: Subscription | null = null;

	override async connect(): Promise<void> {
		for (let wait = 500; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
			try {
				return await super.connect();
			} catch (err) {
				if (this.leaving) throw err;
				await sleep(wait * (0.5 + Math.random()));
			}
		}
	}

	override onConnected(wasReconnect?: boolean): Promise<unknown> {
		this.up = true;
		if (!wasReconnect) {
			const client = this.client as NatsConnection;
			void this.watch(client);
			client.subscribe(`${this.gone}.>`, { callback: (_err, msg) => this.missing(msg) });
		}
		return super.onConnected(wasReconnect);
	}

	/** Where NATS tells us that nobody was there to hear a request. */
	private get gone(): string {
		return this.getTopicName("GONE", this.nodeID);
	}
	/**
	 * A node that hears nothing is gone, whatever its last heartbeat said: its calls go to the others at once. The request
	 * that nobody heard has done nothing, so it alone may be sent to another node. One that has said that it leaves still
	 * answers what it heard before: nobody gives that up.
	 */
	private missing({ subject, headers }: Msg): void {
		if (headers?.code !== 503) return;
		const [target = "", id = ""] = subject.slice(this.gone.length + 1).split(".");
		const { transit, broker } = this as unknown as Inside;
		const waiting = transit.pendingRequests.get(id);
		transit.removePendingRequest(id);
		const node = Buffer.from(target, "base64url").toString();
		const { nodes } = broker.registry;
		if (nodes.get(node)?.services.length) nodes.disconnected(node, true);
		const err = new Errors.MoleculerRetryableError("Nobody is there", 503, UNHEARD, {});
		unheard.add(err);
		waiting?.reject(err);
	}

	private async watch(client: NatsConnection): Promise<void> {
		for await (const { type, data } of client.status()) {
			if (type === "disconnect") {
				this.up = this.connected = false;
				this.logger.warn("NATS is away");
			} else if (type === "reconnect") {
				this.logger.warn("NATS is back");
				this.onConnected(true).catch(err => this.logger.warn("No hello to the others:", err));
			} else if (type === "error") this.logger.error("NATS refuses:", data);
		}
	}

	/** Subjects are `prefix.COMMAND.group.node`: NATS can permit by the group, the services before the name's first dash. */
	override getTopicName(cmd: string, nodeId?: string): string {
		return super.getTopicName(cmd, nodeId?.replace("-", "."));
	}

	override subscribe(cmd: string, nodeId?: string): Promise<void> {
		if (cmd !== "REQ") return super.subscribe(cmd, nodeId);
		const callback = (err: Error | null, msg: Msg) => {
			if (!err) this.receive(cmd, Buffer.from(msg.data));
		};
		const client = this.client as NatsConnection;
		this.requests = client.subscribe(this.getTopicName(cmd, nodeId), { callback });
		return Promise.resolve();
	}
	/** Hears no more requests: whoever still sends one is told by NATS that nobody did, and sends it elsewhere. */
	async refuseRequests(): Promise<void> {
		if (!this.up || !this.requests) return;
		const patience = sleep(GOODBYE, undefined, { ref: false });
		await Promise.race([this.requests.drain(), patience]);
	}

	override async send(topic: string, data: Buffer, { packet }: Sent = {}): Promise<void> {
		if (!this.up) throw new Errors.MoleculerRetryableError("NATS is away", 503, "NATS_AWAY");
		if (packet?.type !== "REQ" || !packet.target) return super.send(topic, data);
		const target = Buffer.from(packet.target).toString("base64url");
		const reply = `${this.gone}.${target}.${packet.payload.id}`;
		(this.client as NatsConnection).publish(topic, data, { reply });
	}

	override async disconnect(): Promise<void> {
		this.leaving = true;
		const client = this.client as NatsConnection | null;
		this.client = null;
		if (!client) return;
		const patience = sleep(GOODBYE, undefined, { ref: false });
		if (this.up) await Promise.race([client.flush(), patience]);
		await Promise.race([client.close(), patience]);
		this.up = false;
	}
}

/** How this node speaks with the others: by NATS where NATS_URL is set, else there are none. */
export function transporter(): Nats | null {
	return natsUrl ? new Nats(natsOptions(natsUrl, nodeId() ?? hostname())) : null;
}
