import type { IncomingMessage, ServerResponse } from "node:http";
import { metrics } from "../metrics";
import { actionOf } from "../shared/contract";

export type Measured = IncomingMessage & {
	/** The route that the request was found to mean. */
	pattern?: string;
	$alias?: { action: string };
};

/** The pattern of a request's route, never what the client wrote. */
function patternOf({ pattern, $alias, url = "" }: Measured): string {
	const route = ($alias && actionOf($alias.action)?.route) ?? pattern;
	if (route) return route;
	return /^\/(\w+\/)?health/.test(url) ? "health" : "page";
}

const CLASSES = ["", "1xx", "2xx", "3xx", "4xx", "5xx"];

/** Measures an answer that was just sent. */
export const measureSent = (route = "kept", { statusCode }: ServerResponse, since: number): void =>
	metrics.http
		.of(route, CLASSES[Math.floor(statusCode / 100)] ?? "other")
		.observe((performance.now() - since) / 1000);

/** Measures an answer once it is over; who leaves before it begins gets none. */
export function measureLater(req: Measured, res: ServerResponse, since: number): void {
	res.once("close", () => {
		if (res.headersSent) measureSent(patternOf(req), res, since);
		else metrics.http.of(patternOf(req), "left").observe((performance.now() - since) / 1000);
	});
}
