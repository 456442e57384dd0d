import type { IncomingMessage } from "node:http";
import { isListed, isOwn, isSecure } from "../http";
import { fail } from "../errors";
import { corsOrigins, relayPort } from "../settings";

const common = [
	"X-Content-Type-Options",
	"nosniff",
	"Referrer-Policy",
	"strict-origin-when-cross-origin",
	"Cross-Origin-Opener-Policy",
	"same-origin",
	"Permissions-Policy",
	"camera=(), geolocation=(), microphone=(), payment=(), usb=()"
];
const policy = "Content-Security-Policy";

/** Of every answer that is data: no page may come of it. */
export const DATA_HEADERS: readonly string[] = [
	...common,
	policy,
	"default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
	...(corsOrigins.length ? ["Vary", "Origin"] : [])
];
/** Of pictures that sellers sent: an SVG opened by itself runs nothing. */
export const MEDIA_HEADERS: readonly string[] = [
	...common,
	policy,
	"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
];

/** Of pages. Their sockets go to the relay, which has another port on the same host. */
export function pageHeaders({ headers: { host = "" } }: IncomingMessage): string[] {
	const name = /^([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?$/i.exec(host)?.[1];
	const relay = name ? ` http://${name}:${relayPort} ws://${name}:${relayPort}` : "";
	const sources = [
		"default-src 'self'",
		"img-src 'self' data: blob: https:",
		"style-src 'self' 'unsafe-inline'",
		`connect-src 'self'${relay}`,
		"frame-ancestors 'none'",
		"base-uri 'none'",
		"object-src 'none'",
		"form-action 'self'"
	];
	return [...common, policy, sources.join("; ")];
}

/** What depends on who asks: HSTS behind TLS, and CORS for the sites that are listed. */
export function headersFor(req: IncomingMessage): string[] {
	const { origin } = req.headers;
	const headers = isSecure(req) ? ["Strict-Transport-Security", "max-age=31536000"] : [];
	if (origin !== undefined && isListed(origin))
		headers.push(
			"Access-Control-Allow-Origin",
			origin,
			"Access-Control-Allow-Credentials",
			"true",
			"Access-Control-Expose-Headers",
			"X-Request-Id, Idempotency-Replayed, Retry-After, ETag, Location"
		);
	return headers;
}

/** Requests that change something come from our own pages, from listed sites, or from no page at all. */
export function admitOrigin(req: IncomingMessage): void {
	const { origin } = req.headers;
	if (origin === undefined || req.method === "GET" || req.method === "HEAD") return;
	if (!isOwn(req) && !isListed(origin)) fail("ORIGIN_NOT_ALLOWED");
}

/** The answer to a preflight, for an address that takes these methods. */
export const preflightHeaders = (methods: readonly string[]): string[] => [
	"Access-Control-Allow-Methods",
	methods.join(", "),
	"Access-Control-Allow-Headers",
	"Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Request-Id",
	"Access-Control-Max-Age",
	"600"
];
