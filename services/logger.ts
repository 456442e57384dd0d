import { inspect } from "node:util";
import { requestIdNow } from "./request-id";

/** Names of fields whose values are nobody's business, wherever they turn up. */
const SECRET =
	/pass(word|wd|phrase)?$|passwd|secret|token|cookie|authorization|api_?key|session|credential|proof|e?mail|phone|address|^(name|to|line[12]|city|region|postal_?code|hash|ip|uri|url)$/i;
/** Fields that look like it and are not. */
const HARMLESS = /^(tokenType|shopName|nodeName)$/i;
/** The like within a text: mail addresses, tokens, what a header or an address of a server may hold. */
const WITHIN: [RegExp, string][] = [
	[/\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, "[e-mail]"],
	[/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, "[token]"],
	[/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, "$1 [secret]"],
	[/(\w+:\/\/)[^\s/@:]*:[^\s/@]+@/g, "$1[secret]@"],
	[
		/\b((?:refresh_token|guest|cart|set-cookie|cookie|password|secret|token)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;}]+)/gi,
		"$1[secret]"
	],
	[/\bdup key: \{.*?\}/g, "dup key: [secret]"]
];
const DEEPEST = 4;
const MOST_ITEMS = 20;
const LONGEST = 4000;

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
/** A text without what must not be kept. */
export const clean = (text: string): string =>
	WITHIN.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), cut(text));

interface Told {
	name: string;
	message: string;
	type?: string;
	code?: number | string;
	data?: unknown;
	stack?: string;
	cause?: unknown;
}
function ofError(err: Error, depth: number): Told {
	const { type, code, data } = err as { type?: unknown; code?: unknown; data?: unknown };
	const { name, message, stack, cause } = err;
	return {
		name,
		message: clean(message),
		...(typeof type === "string" && { type }),
		...((typeof code === "number" || typeof code === "string") && { code }),
		...(data !== undefined && data !== null && { data: redacted(data, depth + 1) }),
		...(stack && { stack: clean(stack) }),
		...(cause !== undefined && depth < DEEPEST && { cause: redacted(cause, depth + 1) })
	};
}

/** Any value as JSON that may be kept: bounded, and without secrets and personal data. */
export function redacted(value: unknown, depth = 0): unknown {
	if (typeof value === "string") return clean(value);
	if (typeof value === "bigint" || typeof value === "symbol") return String(value);
	if (typeof value === "function") return "[function]";
	if (typeof value !== "object" || value === null) return value;
	if (value instanceof Error) return ofError(value, depth);
	if (value instanceof Date) return Number.isNaN(+value) ? null : value.toISOString();
	if (Buffer.isBuffer(value) || ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
	if (depth >= DEEPEST) return "[…]";
	if (Array.isArray(value)) {
		const items = value.slice(0, MOST_ITEMS).map(item => redacted(item, depth + 1));
		return value.length > MOST_ITEMS ? [...items, `… ${value.length} in all`] : items;
	}
	if (value instanceof Map || value instanceof Set) return redacted([...value], depth);
	return Object.fromEntries(
		Object.entries(value)
			.slice(0, 2 * MOST_ITEMS)
			.map(([key, field]) => [
				key,
				SECRET.test(key) && !HARMLESS.test(key) && field !== null && field !== undefined
					? "[secret]"
					: redacted(field, depth + 1)
			])
	);
}

interface Bindings {
	nodeID?: string;
	mod?: string;
	svc?: string;
}

/** One line of JSON for whatever was logged, with the request that it belongs to. */
export function jsonLine(level: string, args: unknown[], { nodeID, mod, svc }: Bindings): string[] {
	const requestId = requestIdNow();
	const head = {
		time: new Date().toISOString(),
		level,
		node: nodeID,
		module: svc ?? mod,
		...(requestId && { requestId })
	};
	try {
		const error = args.find(arg => arg instanceof Error);
		const isObject = (arg: unknown) => typeof arg === "object" && arg !== null;
		const more = args.filter(arg => arg !== error && isObject(arg));
		const words = args.filter(arg => !isObject(arg)).map(String);
		return [
			JSON.stringify({
				...head,
				message: clean(words.join(" ")) || (error ? clean(error.message) : ""),
				...(error && { error: redacted(error) }),
				...(more.length > 0 && { data: redacted(more.length > 1 ? more : more[0]) })
			})
		];
	} catch (err) {
		// a getter that throws, say: the line is worth more than its details
		return [
			JSON.stringify({ ...head, message: `Not to be logged: ${inspect(err).slice(0, 200)}` })
		];
	}
}
