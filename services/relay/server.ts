import { createServer, type Server } from "node:http";
import { ERRORS } from "../shared/errors";

const [status, title] = ERRORS.NOT_FOUND;
const missing = {
	type: "/problems/NOT_FOUND",
	title,
	status,
	code: "NOT_FOUND",
	detail: `${title}.`
};

/** The server under the sockets; besides them it only says how the relay is. */
export const healthServer = (state: () => object): Server =>
	createServer(
		{ headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 2000 },
		(req, res) => {
			const found = req.method === "GET" && req.url === "/health";
			res.writeHead(found ? 200 : status, {
				"Content-Type": found ? "application/json; charset=utf-8" : "application/problem+json",
				"Cache-Control": "no-store",
				"X-Content-Type-Options": "nosniff"
			});
			res.end(JSON.stringify(found ? state() : missing));
		}
	);
