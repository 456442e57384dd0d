import type { IncomingMessage } from "node:http";

/** How fast the body of a request has to come; all in milliseconds but `least`. */
export interface Pace {
	/** Until all of it is there. */
	whole: number;
	/** A file instead has to get on by so many bytes (`least`) in each `span`, and may take `most`. */
	span: number;
	least: number;
	most: number;
}
/** A part of a file is kept within less than a minute, which is when an upload is taken for broken off. */
export const PACE: Pace = { whole: 15_000, span: 15_000, least: 150_000, most: 900_000 };

const clocks = new WeakMap<IncomingMessage, () => void>();

/** Watches over the body of a request, and calls `late` for one that is too slow. */
export function pace(req: IncomingMessage, limits: Pace, late: () => void): void {
	const { headers } = req;
	if (headers["transfer-encoding"] === undefined && !Number(headers["content-length"])) return;
	let timer = setTimeout(late, limits.whole);
	const over = () => clearTimeout(timer);
	req.once("end", over).once("close", over);
	clocks.set(req, () => {
		const end = performance.now() + limits.most;
		let seen = req.socket.bytesRead;
		const look = () => {
			const read = req.socket.bytesRead;
			if (read - seen < limits.least || performance.now() >= end) return late();
			seen = read;
			timer = setTimeout(look, limits.span);
		};
		clearTimeout(timer);
		if (!req.readableEnded && !req.destroyed) timer = setTimeout(look, limits.span);
	});
}

/** A file is waited for as long as it gets on. */
export const patient = (req: IncomingMessage): void => clocks.get(req)?.();
