import { createServer, type RequestListener, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { ERRORS } from "../shared/errors";
import { pace, type Pace } from "./pace";

/** node's server with bounds: who is slow to speak loses the line. */
export function boundedServer(listener: RequestListener, limits: Pace): Server {
	const server = createServer(
		{
			headersTimeout: 10_000,
			// its own clock knows no files: that of `pace` is earlier
			requestTimeout: limits.most + 15_000,
			keepAliveTimeout: 65_000,
			connectionsCheckingInterval: 2_000
		},
		(req, res) => {
			pace(req, limits, () => {
				if (res.headersSent) return void req.socket.destroy();
				refuseUnread(new Error("Too slow"), req.socket);
				// what still comes is not to be taken for the rest
				req.socket.destroySoon();
			});
			listener(req, res);
		}
	);
	server.maxConnections = 20_000;
	return server.on("clientError", refuseUnread);
}

/** Answers what node couldn't read as a request: too slow, too long or no HTTP at all. */
function refuseUnread(err: NodeJS.ErrnoException, socket: Duplex): void {
	if (!socket.writable || err.code === "ECONNRESET") return void socket.destroy();
	const [status, title] = ERRORS.BAD_REQUEST;
	const requestId = `unread-${Date.now().toString(36)}`;
	const body = JSON.stringify({
		type: "/problems/BAD_REQUEST",
		title,
		status,
		code: "BAD_REQUEST",
		detail: `${title}.`,
		requestId
	});
	socket.end(
		`HTTP/1.1 ${status} Bad Request\r\nContent-Type: application/problem+json\r\nCache-Control: no-store\r\n` +
			`X-Request-Id: ${requestId}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n` +
			`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
	);
}
