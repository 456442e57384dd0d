import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import type { Subscribed } from "./sockets";
import type { Messages } from "../../services/shared/messages";

type Stock = Messages["stock.changed"];

/** A page that stays open: comes back by itself as the apps do, takes the snapshot, and keeps the highest version. */
export class Watcher {
	readonly known = new Map<string, Stock>();
	/** When it lost its connection. */
	readonly lostAt: number[] = [];
	connects = 0;
	readonly socket: Socket;

	constructor(relay: string, skus: string[]) {
		this.socket = io(relay, { transports: ["websocket"], forceNew: true });
		const take = (stock: Stock) => {
			if (stock.version > (this.known.get(stock.sku)?.version ?? -1))
				this.known.set(stock.sku, stock);
		};
		this.socket.on("stock.changed", take);
		this.socket.on("disconnect", () => this.lostAt.push(Date.now()));
		this.socket.on("connect", async () => {
			this.connects++;
			const topics = skus.map(sku => `stock:${sku}`);
			for (; ; await sleep(500))
				try {
					const told = (await this.socket
						.timeout(3000)
						.emitWithAck("subscribe", { topics })) as Subscribed;
					if (told.ok) return told.stock.forEach(take);
				} catch {
					if (!this.socket.connected) return; // it asks again when it is back
				}
		});
	}
}
