import type { Duplex } from "node:stream";
import { ERRORS } from "../shared/errors";

/** Answers what node couldn't read as a request: too slow, too long or no HTTP at all. */
export function refuseUnread(err: NodeJS.ErrnoException, socket: Duplex): void {
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
