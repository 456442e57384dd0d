import type { IncomingMessage, Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { trustedProxies } from "../settings";

/** Milliseconds without a request after which whoever is in front has noticed, and how long that is waited for. */
const QUIET = 300;
const NOTICED_WITHIN = 3000;
/** Milliseconds that requests under way have to be answered: longer than any call. */
const LAST_CALL = 9000;

/**
 * The way out of a gateway. The system resets connections that it has taken and node hasn't, so a door that is just
 * closed loses whoever stands in it. But nginx asks another gateway where a request that may be repeated was hung up on,
 * and sends nobody to one that did so twice: from then on nobody is on the way, and the door can be closed.
 */
export class Exit {
	private open = true;
	private cameAt = 0;

	constructor(private readonly server: Server) {}

	/** Hangs up on a request, untouched, if whoever sent it on will ask another gateway. */
	refers({ headers, method, socket }: IncomingMessage): boolean {
		this.cameAt = performance.now();
		const again = headers["x-retries"] === "idempotent" && method !== "POST" && method !== "PATCH";
		if (again) socket.destroy();
		return again;
	}

	/** Answers when the last request is answered. */
	async close(): Promise<void> {
		if (!this.open || !this.server.listening) return;
		this.open = false;
		if (trustedProxies) await this.noticed();
		const closed = new Promise<void>(resolve => this.server.close(() => resolve()));
		const late = setTimeout(() => this.server.closeAllConnections(), LAST_CALL);
		await closed;
		clearTimeout(late);
	}
	private async noticed(): Promise<void> {
		const since = (this.cameAt = performance.now());
		for (let now = since; now - since < NOTICED_WITHIN; now = performance.now()) {
			const left = this.cameAt + QUIET - now;
			if (left <= 0) return;
			await sleep(left);
		}
	}
}
