import type { IncomingMessage, ServerResponse } from "node:http";
import { etagOf } from "../http";
import { trustedProxies } from "../settings";
import type { Action } from "../shared/define";
import { ROUTES } from "../shared/routes";
import { setCookie, takeCookies } from "./cookies";
import { DATA_HEADERS, headersFor } from "./security";

/** Something to send: the headers flat, name after name with its value, as writeHead takes them fastest. */
export interface Answer {
	status: number;
	headers: string[];
	body: Buffer | null;
	etag?: string;
	/** The route that it answers. */
	route?: string;
}

/** An answer of the moment: nobody keeps it. */
export const json = (
	status: number,
	body: object,
	headers = ["Content-Type", "application/json; charset=utf-8", "Cache-Control", "no-store"]
): Answer => ({
	status,
	headers: [...DATA_HEADERS, ...headers],
	body: Buffer.from(JSON.stringify(body))
});

/** Does the asker have this very state? */
export const isFresh = (ifNoneMatch: string | undefined, etag: string) =>
	ifNoneMatch !== undefined &&
	(ifNoneMatch === etag ||
		ifNoneMatch.split(",").some(tag => tag.trim().replace(/^W\//, "") === etag) ||
		ifNoneMatch.trim() === "*");

/** Writes an answer with what depends on its request; a state that the asker has is only confirmed. */
export function send(
	req: IncomingMessage & { id: string },
	res: ServerResponse,
	{ status, headers, body, etag }: Answer
): void {
	const all = [...headers, ...headersFor(req), "X-Request-Id", req.id];
	if (etag) all.push("ETag", etag);
	if (etag && isFresh(req.headers["if-none-match"], etag)) {
		res.writeHead(304, all).end();
		return;
	}
	if (status !== 204) all.push("Content-Length", String(body?.length ?? 0));
	res.writeHead(status, all);
	res.end(req.method === "HEAD" ? undefined : (body ?? undefined));
}

/** Browsers ask again each time, so that a reload never shows what was; a CDN may keep it for a moment. */
function cacheControl({ access, shared, params }: Action): string {
	if (shared !== undefined) return `public, max-age=0, s-maxage=${shared}, must-revalidate`;
	const same = access === "public" && !("guestToken" in params.shape);
	return same ? "public, max-age=0, must-revalidate" : "private, no-store";
}

/** Collections whose members have an address of their own. */
const COLLECTIONS = new Set(
	Object.keys(ROUTES).flatMap(route => /^GET (\/.*)\/:\w+$/.exec(route)?.[1] ?? [])
);

/** The answer that a result becomes: its status, its cookies, where it is and how long it holds. */
export function answerOf(
	action: Action,
	result: unknown,
	{
		method,
		path,
		status,
		secure
	}: { method: string; path: string; status?: number; secure: boolean }
): Answer {
	const headers = [...DATA_HEADERS];
	let code = status ?? action.status ?? 200;
	let shown = result as { id?: unknown } | null;
	if (typeof result === "object" && result !== null) {
		const taken = takeCookies(result);
		shown = taken.shown;
		for (const [key, value] of taken.cookies)
			headers.push("Set-Cookie", setCookie(key, value, secure));
		if ("replayed" in shown) {
			const { replayed, ...first } = shown;
			shown = first;
			if (replayed) headers.push("Idempotency-Replayed", "true");
		}
	}
	for (const key of action.clears ?? []) headers.push("Set-Cookie", setCookie(key, null, secure));
	if (code === 201 && typeof shown?.id === "string" && COLLECTIONS.has(path.slice("/api".length)))
		headers.push("Location", `${path}/${shown.id}`);
	if (shown === null) code = 204;
	const reads = method === "GET" || method === "HEAD";
	headers.push("Cache-Control", reads ? cacheControl(action) : "no-store");
	// our own nginx keeps it for when no gateway answers, and asks again each time: second 1 is long gone
	if (reads && action.shared !== undefined && trustedProxies) headers.push("X-Accel-Expires", "@1");
	if (code === 204) return { status: 204, headers, body: null };
	headers.push("Content-Type", "application/json; charset=utf-8");
	const body = Buffer.from(JSON.stringify(shown));
	const { route } = action;
	return {
		status: code,
		headers,
		body,
		...(route && { route }),
		...(reads && { etag: etagOf(body) })
	};
}
