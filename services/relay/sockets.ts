import type { Service } from "moleculer";
import type { Server, Socket as AnySocket } from "socket.io";
import type { Revoked } from "../revocations";
import { verify } from "../session";
import type { Identity } from "../shared/access";
import { ERRORS } from "../shared/errors";
import { roomsOf, type Room } from "../shared/rooms";
import type { Stock } from "../shared/stock";
import type { Broker } from "../typed";

/** What we keep of a socket. */
export interface Held {
	user: Identity | null;
	/** Milliseconds since 1970. */
	expiresAt: number;
	/** What was asked for, and the room in which it is heard. */
	topics: Map<string, Room>;
	/** One request of a socket after the other: what it asked last must hold. */
	turn: Promise<unknown>;
}
type Events = Record<string, (...args: never[]) => void>;
export type Io = Server<Events, Events, Events, Held>;
export type Socket = AnySocket<Events, Events, Events, Held>;

/** What the requests of sockets need of the relay. */
export interface Relay {
	broker: Broker;
	logger: Service["logger"];
	revoked: Revoked;
}
export type Answer = { ok: false } | { ok: true; stock?: Stock[]; denied?: string[] };
export type Request = (relay: Relay, socket: Socket, payload: unknown) => Answer | Promise<Answer>;

/** Who a token speaks for, or null. */
export function holderOf(
	token: unknown,
	revoked: Revoked
): { user: Identity; expiresAt: number } | null {
	const verified = typeof token === "string" ? verify(token) : null;
	return verified?.user && !revoked.has(verified.user.sid) ? verified : null;
}

/** Lets a new socket in, as a guest if it shows no token, into the rooms that are its own. */
export function enter(socket: Socket, revoked: Revoked): Identity | null {
	const { token } = socket.handshake.auth as { token?: unknown };
	const isGuest = token === undefined || token === null || token === "";
	const { user, expiresAt } = isGuest
		? { user: null, expiresAt: Infinity }
		: (holderOf(token, revoked) ?? { user: null, expiresAt: 0 });
	if (!isGuest && !user)
		throw Object.assign(new Error(ERRORS.UNAUTHORIZED[1]), { data: { code: "UNAUTHORIZED" } });
	socket.data = { user, expiresAt, topics: new Map(), turn: Promise.resolve() };
	void socket.join(roomsOf(user));
	return user;
}

/** Answers a socket's requests in turn; a service that is away is no reason to leave it without an answer. */
export const inTurn = (request: Request) =>
	function (this: Socket, payload: unknown, ack?: unknown): void {
		const { $service: relay, data } = this as Socket & { $service: Relay };
		data.turn = data.turn
			.then(() => request(relay, this, payload))
			.catch((err: unknown): Answer => {
				relay.logger.warn("A socket's request failed", err);
				return { ok: false };
			})
			.then(answer => {
				if (typeof ack === "function") (ack as (answer: Answer) => void)(answer);
			});
	};
