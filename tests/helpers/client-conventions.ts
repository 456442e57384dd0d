import type { Reply } from "./http";

/** API.md "Conventions": every code with its status. */
export const CODES: Record<number, readonly string[]> = {
	400: ["BAD_REQUEST", "IDEMPOTENCY_KEY_REQUIRED"],
	401: ["UNAUTHORIZED", "INVALID_CREDENTIALS", "TOKEN_EXPIRED", "TOKEN_REUSED"],
	402: ["PAYMENT_DECLINED"],
	403: ["FORBIDDEN", "ORIGIN_NOT_ALLOWED"],
	404: ["NOT_FOUND"],
	// the table is silent about a method that an address doesn't take
	405: ["METHOD_NOT_ALLOWED"],
	409: [
		"OUT_OF_STOCK",
		"PRICE_CHANGED",
		"EMAIL_TAKEN",
		"SKU_TAKEN",
		"IDEMPOTENCY_IN_PROGRESS",
		"INVALID_STATE",
		"VERSION_CONFLICT"
	],
	413: ["PAYLOAD_TOO_LARGE"],
	415: ["UNSUPPORTED_MEDIA_TYPE"],
	422: ["VALIDATION_FAILED", "IDEMPOTENCY_KEY_REUSED"],
	429: ["TOO_MANY_REQUESTS", "TOO_MANY_OPEN_ORDERS"],
	500: ["INTERNAL_ERROR"],
	503: ["SERVICE_UNAVAILABLE", "CHECKOUT_PENDING"],
	504: ["TIMEOUT"]
};
export const ID = /^[a-z0-9]{8,40}$/;
export const SKU = /^[a-z0-9][a-z0-9-]{1,39}$/;
export const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const MONEY =
	/^(total|subtotal|discount|shipping|tax|lineTotal|price|priceFrom|revenue|refunds)$|(Price|Value)$/;
const LEAK = /moleculer|nedb|mongo|node_modules|dist\/|services\/|nodeID|\n\s+at |Error:/i;
const TIMES = ["at", "createdAt", "updatedAt", "expiresAt", "since", "from", "to", "runsOutAt"];
/** Their keys are data: names that sellers chose, nodes' dependencies. */
const MAPS = ["options", "dependencies", "services"];

/** What is wrong, by API.md's conventions, with an answer to `GET /api/…`, whatever it says. */
export function unconventional(route: string, reply: Reply): string[] {
	const { status, headers, body } = reply;
	const wrong: string[] = [];
	const demand = (holds: unknown, what: string) => {
		if (!holds) wrong.push(`${route} ${status}: ${what}`);
	};
	demand(headers["x-request-id"], "no X-Request-Id");
	const cached = String(headers["cache-control"]);
	const type = String(headers["content-type"]);
	if (status >= 400) {
		demand(type === "application/problem+json", `a problem as ${type}`);
		demand(cached === "no-store", `a problem with Cache-Control ${cached}`);
		wrong.push(...problemFindings(route, reply));
	} else if (status === 200 && /^(GET|HEAD) /.test(route)) {
		demand(/^(W\/)?".+"$/.test(String(headers.etag)), "no ETag");
		const isPublic = /^\w+ \/api\/(catalog\/|openapi)/.test(route);
		demand(isPublic ? /^public\b/.test(cached) : /no-store/.test(cached), `${cached}`);
	}
	if (status === 204) demand(!reply.text, "a body");
	if (status < 300 && body) demand(type === "application/json; charset=utf-8", `JSON as ${type}`);
	if (status < 300 && body && !route.includes("openapi.json"))
		wrong.push(...shapeFindings(body).map(what => `${route} ${status}: ${what}`));
	return wrong;
}

function problemFindings(route: string, { status, headers, body, text }: Reply): string[] {
	if (route.startsWith("HEAD ")) return [];
	if (!body) return [`${route} ${status}: no problem, ${text.slice(0, 200)}`];
	const { type, title, code, detail, requestId, errors = [] } = body;
	const wrong = [];
	if (![type, title, detail].every(value => typeof value === "string" && value))
		wrong.push("type, title and detail are words");
	if (body.status !== status) wrong.push(`it says ${body.status}`);
	if (!CODES[status]?.includes(code)) wrong.push(`${code} isn't one of ${CODES[status]}`);
	if (requestId !== headers["x-request-id"]) wrong.push("another requestId than X-Request-Id");
	for (const error of errors)
		if (Object.keys(error).sort().join() !== "code,message,path")
			wrong.push(`an error of ${Object.keys(error)}`);
	if (code === "VALIDATION_FAILED" && !errors.length) wrong.push("it doesn't say where");
	const waits = [429, 503].includes(status) || code === "IDEMPOTENCY_IN_PROGRESS";
	if (waits && !/^\d+$/.test(String(headers["retry-after"]))) wrong.push("no Retry-After");
	if (LEAK.test(text)) wrong.push(`it leaks: ${text.slice(0, 300)}`);
	return wrong.map(what => `${route} ${status} ${code}: ${what}`);
}

/** Keys in camelCase, ids, SKUs, times and money as they should be, at every depth. */
export function shapeFindings(value: unknown, path = ""): string[] {
	if (Array.isArray(value)) return value.flatMap((item, i) => shapeFindings(item, `${path}.${i}`));
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
		const at = `${path}.${key}`;
		const wrong = shapeFindings(inner, at).filter(() => !MAPS.includes(key));
		if (!/^[a-z][A-Za-z0-9]*$/.test(key)) wrong.push(`${at}: not camelCase`);
		const isId = key === "id" || /[a-z]Id$/.test(key);
		if (isId && !/\.nodes\.\d+\.id$/.test(at) && !ID.test(String(inner)))
			wrong.push(`${at}: not an id: ${inner}`);
		if (key === "sku" && !SKU.test(String(inner))) wrong.push(`${at}: not a SKU: ${inner}`);
		if (TIMES.includes(key) && !TIME.test(String(inner))) wrong.push(`${at}: not a time: ${inner}`);
		if (MONEY.test(key) && typeof inner !== "object" && !Number.isSafeInteger(inner))
			wrong.push(`${at}: not integer minor units: ${inner}`);
		if (key === "currency" && !/^[A-Z]{3}$/.test(String(inner)))
			wrong.push(`${at}: no ISO 4217 currency: ${inner}`);
		return wrong;
	});
}
