import type { Issue } from "@shared/check";
import type { ErrorCode } from "@shared/errors";
import type { Answer, Request, Route } from "@shared/routes";
import { apiUrl } from "./addresses";
import { learnTime } from "./clock";

export interface Problem {
	code?: ErrorCode;
	title?: string;
	detail?: string;
	requestId?: string;
	errors?: Issue[];
}
interface Parts {
	path?: Record<string, unknown>;
	query?: Record<string, unknown>;
	body?: unknown;
	key?: string;
	file?: Blob;
}
/** `keepalive` lets a request outlive its page, `cache: "no-cache"` makes sure that the answer is of now. */
type Options = Pick<RequestInit, "signal" | "keepalive" | "cache">;
type Args<R extends Route> =
	{} extends Request<R>
		? [request?: Request<R>, options?: Options]
		: [request: Request<R>, options?: Options];

/** A refusal of the gateway (RFC 9457 problem details), or no answer at all: `OFFLINE`. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly code: ErrorCode | "OFFLINE",
		readonly problem: Problem = {},
		/** Milliseconds after which the server wants to be asked again. */
		readonly retryAfter?: number
	) {
		super(problem.title ?? code);
	}
	/** Will the same request do by itself, later? */
	get passing(): boolean {
		return this.status === 0 || this.status === 503 || this.status === 504;
	}
}

/** The session store puts itself in here: `renew` answers whether there is a fresh token. */
export const credentials: { token?: string; renew?: () => Promise<boolean> } = {};

const RETRIES = 2;
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const jittered = (ms: number) => ms * (0.5 + Math.random());

function addressOf(pattern: string, { path = {}, query = {} }: Parts): string {
	const filled = pattern.replace(/:(\w+)/g, (_, name: string) =>
		encodeURIComponent(String(path[name]))
	);
	const search = new URLSearchParams();
	for (const [name, values] of Object.entries(query))
		for (const value of [values ?? []].flat()) search.append(name, String(value));
	const tail = search.toString();
	return `${apiUrl()}/api${filled}${tail && `?${tail}`}`;
}

function contentOf({ body, file }: Parts): { body?: BodyInit; type?: string } {
	if (file) {
		const form = new FormData();
		for (const [name, value] of Object.entries((body ?? {}) as object))
			form.set(name, String(value));
		form.set("file", file);
		return { body: form };
	}
	return body === undefined ? {} : { body: JSON.stringify(body), type: "application/json" };
}

async function send(method: string, url: string, parts: Parts, options: Options): Promise<unknown> {
	const { body, type } = contentOf(parts);
	const headers = new Headers();
	if (type) headers.set("Content-Type", type);
	if (credentials.token) headers.set("Authorization", `Bearer ${credentials.token}`);
	if (parts.key) headers.set("Idempotency-Key", parts.key);

	const sentAt = Date.now();
	const answer = await fetch(url, {
		method,
		headers,
		body,
		...options,
		credentials: apiUrl() ? "include" : "same-origin"
	}).catch((error: unknown) => {
		throw options.signal?.aborted ? error : new ApiError(0, "OFFLINE");
	});
	if (method !== "GET" || answer.headers.get("Cache-Control")?.includes("no-store"))
		learnTime(answer.headers.get("Date"), sentAt);

	const json: unknown = answer.status === 204 ? null : await answer.json().catch(() => ({}));
	if (answer.ok) return json;
	const problem = json as Problem;
	const seconds = Number(answer.headers.get("Retry-After") ?? NaN);
	throw new ApiError(
		answer.status,
		problem.code ?? (answer.status >= 502 ? "SERVICE_UNAVAILABLE" : "INTERNAL_ERROR"),
		problem,
		Number.isNaN(seconds) ? undefined : seconds * 1000
	);
}

/**
 * `await api("GET /orders/:id", { path: { id } })`: path, query, body and answer are held to the contract.
 * Only reads are repeated by themselves; a token that has run out is renewed once.
 */
export async function api<R extends Route>(
	route: R,
	...[request, options = {}]: Args<R>
): Promise<Answer<R>> {
	const parts = (request ?? {}) as Parts;
	const [method, pattern] = route.split(" ") as [string, string];
	const url = addressOf(pattern, parts);

	let renewed = false;
	for (let tried = 0; ; tried++)
		try {
			return (await send(method, url, parts, options)) as Answer<R>;
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			if (error.code === "TOKEN_EXPIRED" && !renewed && (await credentials.renew?.())) {
				renewed = true;
				continue;
			}
			if (method !== "GET" || tried >= RETRIES || !(error.status === 0 || error.status === 503))
				throw error;
			await pause(Math.min(error.retryAfter ?? Infinity, jittered(300 * 2 ** tried)));
		}
}
