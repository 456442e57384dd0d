import { createServer, type Server } from "node:http";
import { etagOf, requestId } from "../http";
import { ERRORS, type ErrorCode } from "../shared/errors";

interface State {
	status: "ok" | "draining" | "down";
}
interface Answer {
	status: number;
	body: object;
	headers?: Record<string, string>;
}

/** Liveness is that the process turns, readiness that sockets can be served. */
const PATHS = ["/health", "/health/live", "/health/ready"];

function refusal(code: ErrorCode, requestId: string): Answer {
	const [status, title] = ERRORS[code];
	const type = `/problems/${code}`;
	return { status, body: { type, title, status, code, detail: `${title}.`, requestId } };
}

function answerTo(path: string, state: () => State): Answer {
	const body: State = path === "/health/live" ? { status: "ok" } : state();
	return { status: body.status === "ok" ? 200 : 503, body };
}

/** The server under the sockets; besides them it only says how the relay is. */
export const healthServer = (state: () => State): Server =>
	createServer(
		{ headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 2000 },
		(req, res) => {
			const id = requestId(req);
			const path = req.url!.split("?", 1)[0]!;
			const reads = req.method === "GET" || req.method === "HEAD";
			const { status, body } = !PATHS.includes(path)
				? refusal("NOT_FOUND", id)
				: reads
					? answerTo(path, state)
					: refusal("METHOD_NOT_ALLOWED", id);
			const text = Buffer.from(JSON.stringify(body));
			res.writeHead(status, {
				"Content-Type":
					"code" in body ? "application/problem+json" : "application/json; charset=utf-8",
				"Content-Length": text.length,
				"Cache-Control": "no-store",
				"X-Content-Type-Options": "nosniff",
				"X-Request-Id": id,
				...(status === 200 && { ETag: etagOf(text) }),
				...(status === 405 && { Allow: "GET, HEAD" }),
				...(status === 503 && { "Retry-After": "2" })
			});
			res.end(req.method === "HEAD" ? undefined : text);
		}
	);
