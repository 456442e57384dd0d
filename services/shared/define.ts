import type { z } from "zod";
import type { Access } from "./access";
import type { ErrorCode } from "./errors";
import type { Room } from "./rooms";
import type { CookieKey } from "./routes";

/** One action, said once: the validator, the types, the guard, the route and the API document all read this. */
export interface Action {
	about: string;
	access: Access;
	params: z.ZodObject;
	result: z.ZodType;
	/** Below /api. */
	route?: `${"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} /${string}`;
	status?: 200 | 201 | 202 | 204;
	/** The status of an answer that isn't the last word yet; the handler says when. */
	undecided?: 202;
	/** A public GET whose serialised answer the gateway keeps, and for how many seconds a CDN may. */
	shared?: number;
	/** Seconds that the cluster's cache may keep the answer: only where it is the same for everybody, and may be old. */
	cache?: number;
	/** One file in the field `file`, at most so many bytes. */
	upload?: number;
	/** Bytes that its JSON body may have, where the usual ones don't do. */
	body?: number;
	/** The action that keeps the file, a part at a time; `file` is then `<upload>:<parts>:<bytes>` instead of the file. */
	keeps?: string;
	/** The action that forgets what was kept of a request that is refused. */
	drops?: string;
	/**
	 * What the route answers with when it isn't JSON: the text of the result, and for as long as there is a `next`, that
	 * of the call with it as `after`.
	 */
	produces?: string;
	/** The name of the file that a browser makes of it. */
	saveAs?: string;
	/** Cookies that the answer takes away. */
	clears?: readonly CookieKey[];
	/** Milliseconds until the caller is told TIMEOUT; else the broker's default. */
	timeout?: number;
	refuses?: readonly ErrorCode[];
}
export type ActionTable = Record<`${string}.${string}`, Action>;

/** One message to the browsers in some rooms. `latest` messages of the same key are coalesced. */
export interface Push {
	rooms: Room[];
	event: string;
	data: object;
	latest?: string;
}

/** A fact that happened; `live` ones are also pushed to browsers. */
export const event = <P extends z.ZodObject>(payload: P) => ({ payload });
export const live = <P extends z.ZodObject>(
	payload: P,
	pushes: (payload: z.output<P>) => Push[]
) => ({
	payload,
	pushes
});
