import { ACTIONS, type ActionName, type Actions, type Result, type Sent } from "./contract";
import type { Action } from "./define";

type Routes = {
	[K in ActionName as Actions[K] extends { route: infer R extends string } ? R : never]: K;
};
export type Route = keyof Routes;
export type ActionAt<R extends Route> = Routes[R];

/** "POST /orders" -> "order.place": the public HTTP surface. */
export const ROUTES = Object.fromEntries(
	Object.entries<Action>(ACTIONS).flatMap(([name, { route }]) => (route ? [[route, name]] : []))
) as Routes;

/** Params and results that travel as cookies, never in a body: HttpOnly, and out of a script's reach. */
export const COOKIES = {
	refreshToken: { name: "refresh_token", path: "/api/auth", sameSite: "Strict", days: 30 },
	guestToken: { name: "guest_cart", path: "/api", sameSite: "Lax", days: 30 }
} as const;
export type CookieKey = keyof typeof COOKIES;
export const isCookie = (key: string): key is CookieKey => Object.hasOwn(COOKIES, key);

export type Place = "path" | "query" | "body" | "header" | "cookie" | "file";

/** Where a param of a route travels; the gateway, the client and the API document agree on it here. */
export function placeOf(route: string, key: string): Place {
	if (key === "idempotencyKey") return "header";
	if (key === "file") return "file";
	if (isCookie(key)) return "cookie";
	if (route.split("/").includes(`:${key}`)) return "path";
	return /^(GET|DELETE) /.test(route) ? "query" : "body";
}

type PathKey<R extends string> = R extends `${string}:${infer K}/${infer Rest}`
	? K | PathKey<Rest>
	: R extends `${string}:${infer K}`
		? K
		: never;
type Part<P extends string, T> = {} extends T ? { [K in P]?: T } : { [K in P]: T };
type Rest<R extends Route> = Omit<
	Sent<ActionAt<R>>,
	PathKey<R> | "idempotencyKey" | "file" | CookieKey
>;

/** What a browser calls a Blob. */
export interface Upload {
	readonly size: number;
	readonly type: string;
	arrayBuffer(): Promise<ArrayBuffer>;
}

/** What the client says for a route: `{ path: { id }, body: { tracking } }`. */
export type Request<R extends Route> = Part<
	"path",
	Pick<Sent<ActionAt<R>>, PathKey<R> & keyof Sent<ActionAt<R>>>
> &
	Part<R extends `${"GET" | "DELETE"} ${string}` ? "query" : "body", Rest<R>> &
	(Sent<ActionAt<R>> extends { idempotencyKey: string }
		? { key: string }
		: "idempotencyKey" extends keyof Sent<ActionAt<R>>
			? { key?: string }
			: {}) &
	(Sent<ActionAt<R>> extends { file: unknown } ? { file: Upload } : {});

type Bare<T> = T extends unknown ? Omit<T, CookieKey> : never;
/** What the client gets from a route. */
export type Answer<R extends Route> =
	Result<ActionAt<R>> extends null ? null : Bare<Result<ActionAt<R>>>;
