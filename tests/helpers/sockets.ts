import { io, type Socket } from "socket.io-client";
import type { MessageName, Messages } from "../../services/shared/messages";

/** Milliseconds within which a message must come. */
const PATIENCE = 5000;

interface Heard {
	event: string;
	payload: unknown;
	at: number;
}
/** The acknowledgement of `subscribe`. */
export interface Subscribed {
	ok: boolean;
	stock: Messages["stock.changed"][];
	denied: string[];
}

/** Somebody at a socket: keeps what it hears. */
export class Listener {
	readonly heard: Heard[] = [];
	private readonly news = new Set<() => void>();

	private constructor(readonly socket: Socket) {
		const note = (event: string, payload: unknown) => {
			this.heard.push({ event, payload, at: Date.now() });
			for (const tell of this.news) tell();
		};
		socket.onAny(note);
		socket.on("disconnect", reason => note("disconnect", reason));
	}

	/** Rejects with the server's `connect_error`, as it was sent. */
	static connect(relayUrl: string, token?: unknown): Promise<Listener> {
		const socket = io(relayUrl, {
			auth: token === undefined ? {} : { token },
			transports: ["websocket"],
			forceNew: true,
			reconnection: false
		});
		const listener = new Listener(socket);
		return new Promise((resolve, reject) =>
			socket
				.once("connect", () => resolve(listener))
				.once("connect_error", err => {
					socket.close();
					reject(err);
				})
		);
	}

	ask<T>(event: string, payload: unknown): Promise<T> {
		return this.socket.timeout(PATIENCE).emitWithAck(event, payload) as Promise<T>;
	}
	subscribe(...topics: string[]): Promise<Subscribed> {
		return this.ask("subscribe", { topics });
	}

	/** The first message that fits, heard already or yet to come. */
	async next<E extends MessageName | "disconnect">(
		event: E,
		fits: (payload: E extends MessageName ? Messages[E] : string) => boolean = () => true,
		ms = PATIENCE
	): Promise<E extends MessageName ? Messages[E] : string> {
		type Payload = E extends MessageName ? Messages[E] : string;
		const find = () =>
			this.heard.find(heard => heard.event === event && fits(heard.payload as Payload));
		const known = find();
		if (known) return known.payload as Payload;
		return new Promise<Payload>((resolve, reject) => {
			const done = (settle: () => void) => {
				clearTimeout(timer);
				this.news.delete(look);
				settle();
			};
			const look = () => {
				const found = find();
				if (found) done(() => resolve(found.payload as Payload));
			};
			const timer = setTimeout(
				() =>
					done(() =>
						reject(new Error(`No ${event} in ${ms} ms, but ${JSON.stringify(this.heard)}`))
					),
				ms
			);
			this.news.add(look);
		});
	}

	all<E extends MessageName>(event: E): Messages[E][] {
		return this.heard
			.filter(heard => heard.event === event)
			.map(({ payload }) => payload as Messages[E]);
	}
	close(): void {
		this.socket.close();
	}
}
