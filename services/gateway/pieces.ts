import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import type { z } from "zod";
import type { Action } from "../shared/define";
import type { Piece } from "../shared/import.contract";
import { DATA_HEADERS, headersFor } from "./security";

/** Milliseconds that somebody may take to read on before the line is cut. */
const PATIENCE = 60_000;

/** Waits until the client has read on; false once it is gone. */
async function hasRead(res: ServerResponse): Promise<boolean> {
	const over = new AbortController();
	const { signal } = over;
	const cut = setTimeout(() => res.destroy(), PATIENCE);
	try {
		return await Promise.race([
			once(res, "drain", { signal }).then(() => true),
			once(res, "close", { signal }).then(() => false)
		]);
	} finally {
		clearTimeout(cut);
		over.abort();
	}
}

/**
 * Sends a long text piece by piece: the next one is asked for when the client has read the one before. Should one fail,
 * the line is cut, so that nobody takes a part for the whole.
 */
export async function sendPieces(
	req: IncomingMessage & { id: string },
	res: ServerResponse,
	{ produces, saveAs }: Action,
	first: z.output<typeof Piece>,
	more: (after: string) => Promise<z.output<typeof Piece>>
): Promise<void> {
	res.writeHead(200, [
		...DATA_HEADERS,
		"Content-Type",
		produces!,
		"Cache-Control",
		"private, no-store",
		...(saveAs ? ["Content-Disposition", `attachment; filename="${saveAs}"`] : []),
		...headersFor(req),
		"X-Request-Id",
		req.id
	]);
	if (req.method === "HEAD") return void res.end();
	for (let piece = first; ; piece = await more(piece.next)) {
		if (res.destroyed) return;
		if (!res.write(piece.text) && !(await hasRead(res))) return;
		if (piece.next === null) return void res.end();
		// what is asked for within this process comes without a pause: others' requests come between
		await turn();
	}
}
