import { io, type Socket } from "socket.io-client";
import type { Result } from "../../services/shared/contract";
import type { Client } from "../helpers/client";

/** A version of something that a page has been told, by a push or by a snapshot. */
export interface Seen {
	at: number;
	watcher: string;
	/** `stock:<sku>` or `order:<id>` */
	of: string;
	by: "push" | "snapshot";
	version: number;
	/** Of a snapshot: what the page had shown already when it asked. */
	floor: number;
	/** What must be the same whenever the version is. */
	content: Record<string, unknown>;
}
const PAGE = 100;
interface Versioned {
	version: number;
}

/** A page: connects again by itself, asks for a snapshot then, and shows the newest version that it knows. */
export class Watcher {
	readonly seen: Seen[] = [];
	connects = 0;
	disconnects = 0;
	private readonly shown = new Map<string, number>();
	private readonly socket: Socket;

	constructor(
		readonly name: string,
		url: string,
		private readonly topics: string[],
		/** With whose eyes; a page of nobody sees stock only. */
		private readonly client?: Client
	) {
		this.socket = io(url, {
			transports: ["websocket"],
			forceNew: true,
			...(client && { auth: { token: client.token } }),
			reconnectionDelay: 200,
			reconnectionDelayMax: 1500
		});
		this.socket
			.on("connect", () => {
				this.connects++;
				void this.catchUp();
			})
			.on("disconnect", () => this.disconnects++)
			.on("stock.changed", (stock: Versioned & { sku: string }) =>
				this.see("push", `stock:${stock.sku}`, stock)
			)
			.on("order.updated", (order: Versioned & { id: string }) =>
				this.see("push", `order:${order.id}`, order)
			);
	}
	get isConnected() {
		return this.socket.connected;
	}
	private see(by: Seen["by"], of: string, what: Versioned, floor = 0): void {
		const { version, ...rest } = what;
		const content: Record<string, unknown> = rest;
		this.seen.push({ at: Date.now(), watcher: this.name, of, by, version, floor, content });
		this.shown.set(of, Math.max(version, this.shown.get(of) ?? 0));
	}
	/** A snapshot, as the page takes one whenever it (re)connects; again until there is an answer. */
	private async catchUp(): Promise<void> {
		try {
			await this.snapshot();
		} catch {
			setTimeout(() => this.socket.connected && void this.catchUp(), 500);
		}
	}
	async snapshot(): Promise<void> {
		// what is pushed while the answer is on its way may be newer than it
		const floors = new Map(this.shown);
		if (this.topics.length) {
			const answer = (await this.socket
				.timeout(10_000)
				.emitWithAck("subscribe", { topics: this.topics })) as {
				ok: boolean;
				stock: (Versioned & { sku: string })[];
			};
			if (!answer.ok) throw new Error("No snapshot");
			for (const stock of answer.stock)
				this.see("snapshot", `stock:${stock.sku}`, stock, floors.get(`stock:${stock.sku}`));
		}
		if (!this.client) return;
		for (let page = 1, left = 1; left > 0; page++) {
			const { items, total } = await this.client.must<Result<"order.list">>(
				`GET /api/orders?pageSize=${PAGE}&page=${page}`
			);
			for (const { id, version, status } of items) {
				const order = { id, version, status };
				this.see("snapshot", `order:${id}`, order, floors.get(`order:${id}`));
			}
			left = total - page * PAGE;
		}
	}
	versionOf(of: string): number | undefined {
		return this.shown.get(of);
	}
	get versions(): ReadonlyMap<string, number> {
		return this.shown;
	}
	/** Loses its line for a while, as in a tunnel. */
	offline(): void {
		this.socket.disconnect();
	}
	online(): void {
		this.socket.connect();
	}
	close(): void {
		this.socket.close();
	}
}
