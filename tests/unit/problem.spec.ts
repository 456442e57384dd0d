import { Errors } from "moleculer";
import { problemOf } from "../../services/gateway/problem";
import { ERRORS } from "../../services/shared/errors";

const { ServiceNotFoundError, ServiceNotAvailableError, RequestTimeoutError, RequestSkippedError } =
	Errors;
const { RequestRejectedError, QueueIsFullError, MaxCallLevelError } = Errors;
const where = { action: "order.place", nodeID: "node-1" };

it.each<[string, unknown, string, number]>([
	["a service that is away", new ServiceNotFoundError(where), "SERVICE_UNAVAILABLE", 503],
	["one that isn't available", new ServiceNotAvailableError(where), "SERVICE_UNAVAILABLE", 503],
	["an open breaker", new RequestRejectedError(where), "SERVICE_UNAVAILABLE", 503],
	["a full queue", new QueueIsFullError(where), "SERVICE_UNAVAILABLE", 503],
	["no transporter", { type: "BAD_GATEWAY", code: 502 }, "SERVICE_UNAVAILABLE", 503],
	["a timeout", new RequestTimeoutError(where), "TIMEOUT", 504],
	["no time left", new RequestSkippedError(where), "TIMEOUT", 504],
	["a loop", new MaxCallLevelError({ nodeID: "node-1", level: 21 }), "INTERNAL_ERROR", 500],
	["a bug", new TypeError("x is not a function at /srv/a.ts"), "INTERNAL_ERROR", 500],
	["a driver's error", { code: 11000, message: "E11000 duplicate" }, "INTERNAL_ERROR", 500],
	["a type that Object has", { type: "constructor" }, "INTERNAL_ERROR", 500],
	["nothing", null, "INTERNAL_ERROR", 500],
	["a string", "secret", "INTERNAL_ERROR", 500]
])("%s", (_what, err, code, status) => {
	const { problem } = problemOf(err, "request-1");
	const [, title] = ERRORS[code as keyof typeof ERRORS];
	expect(problem).toEqual({
		type: `/problems/${code}`,
		title,
		status,
		code,
		detail: `${title}.`,
		requestId: "request-1"
	});
});

it("says of our refusals what is meant for outside, and no more", () => {
	const { problem } = problemOf(
		{
			type: "OUT_OF_STOCK",
			data: {
				errors: [
					{ path: "mug-one", code: "OUT_OF_STOCK", message: "2 left", nodeID: "node-1" },
					{ path: "mug-two", code: "OUT_OF_STOCK", message: "Sold out" }
				],
				...where,
				stack: "x"
			}
		},
		"r"
	);
	expect(problem).toEqual({
		type: "/problems/OUT_OF_STOCK",
		title: "Not enough in stock",
		status: 409,
		code: "OUT_OF_STOCK",
		detail: "Not enough in stock. mug-one: 2 left, and 1 more.",
		errors: [
			{ path: "mug-one", code: "OUT_OF_STOCK", message: "2 left" },
			{ path: "mug-two", code: "OUT_OF_STOCK", message: "Sold out" }
		],
		requestId: "r"
	});
});

it.each([
	["TOO_MANY_REQUESTS", { retryAfter: 2.2 }, "3"],
	["TOO_MANY_OPEN_ORDERS", {}, "2"],
	["SERVICE_UNAVAILABLE", { retryAfter: "soon" }, "2"],
	["IDEMPOTENCY_IN_PROGRESS", { retryAfter: -5 }, "1"]
])("%s with %p: come back in %s seconds", (type, data, seconds) => {
	const { headers } = problemOf({ type, data }, "r");
	expect(headers[headers.indexOf("Retry-After") + 1]).toBe(seconds);
});
