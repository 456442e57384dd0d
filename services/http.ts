import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { corsOrigins, production, publicUrl, trustedProxies } from "./settings";

type Asked = Pick<IncomingMessage, "headers" | "socket">;

/** An IPv4 address as itself, also where the socket speaks IPv6. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, "");

/** The address that asks. X-Forwarded-For is anybody's word, so only what our own proxies added to it counts. */
export function addressOf({ headers, socket }: Asked): string {
	const peer = plain(socket.remoteAddress ?? "");
	if (!trustedProxies) return peer;
	const told = String(headers["x-forwarded-for"] ?? "").split(",");
	const address = (told.at(-trustedProxies) ?? told[0]!).trim();
	return isIP(address) ? plain(address) : peer;
}

/** What counts as one caller: of IPv6 the /64 that a customer has. Null when nobody said. */
export function networkOf(ip: unknown): string | null {
	if (typeof ip !== "string" || ip === "") return null;
	const address = plain(ip);
	if (!address.includes(":")) return address;
	const [head = "", tail] = address.split("::");
	const groups = head.split(":").filter(Boolean);
	const rest = tail?.split(":").filter(Boolean) ?? [];
	const zeros = Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill("0");
	return [...groups, ...(tail === undefined ? [] : zeros), ...rest].slice(0, 4).join(":");
}

/** Did the browser come by TLS? It ends at a proxy, whose word counts if the proxy does. */
export const isSecure = ({ headers }: Asked): boolean =>
	trustedProxies > 0
		? String(headers["x-forwarded-proto"]).split(",").at(-1)!.trim() === "https"
		: production && publicUrl.startsWith("https:");

/** Our own benches and tests come from this machine: limits by address would only measure themselves. */
export const isExempt = (address: string): boolean =>
	!production && trustedProxies === 0 && (address === "::1" || address.startsWith("127."));

/** Is it one of the other sites whose pages may use the shop? Exactly, not by substring. */
export const isListed = (origin: string): boolean =>
	corsOrigins.includes(origin) || (origin === publicUrl && origin.startsWith("https:"));

/** Do these pages come from where they ask? Browsers send the origin with every request that changes something. */
export const isOwn = (req: Asked): boolean =>
	req.headers.origin === `${isSecure(req) ? "https" : "http"}://${req.headers.host}`;

const start = randomBytes(6).toString("hex");
let count = 0;
/** The request's own id if it has a decent one, else a new one. */
export function requestId({ headers }: Pick<IncomingMessage, "headers">): string {
	const given = headers["x-request-id"];
	return typeof given === "string" && /^[A-Za-z0-9._-]{8,64}$/.test(given)
		? given
		: `${start}-${(count++).toString(36)}`;
}

/** Of a body, and so of the state that it shows. */
export const etagOf = (body: Buffer) =>
	`"${createHash("sha1").update(body).digest("base64url").slice(0, 20)}"`;
