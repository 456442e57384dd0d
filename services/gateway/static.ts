import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { dataDir, relayPort, trustedProxies } from "../settings";
import { etagOf } from "../http";
import { PICTURE } from "../shared/picture";
import { isFresh, send } from "./answer";
import { headersFor, MEDIA_HEADERS, pageHeaders } from "./security";

type Req = IncomingMessage & { id: string };

const TYPES: Record<string, string> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".txt": "text/plain; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".jpg": "image/jpeg",
	".webp": "image/webp",
	".avif": "image/avif",
	".ico": "image/x-icon",
	".woff2": "font/woff2",
	".wasm": "application/wasm"
};
const FOREVER = "public, max-age=31536000, immutable";
const ENCODINGS = [
	["br", ".br"],
	["gzip", ".gz"]
] as const;
/** No segment starts with a dot, so none leads upwards or to what is hidden. */
const FILE = /^\/(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*\/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*\.[a-z0-9]+$/;
const MEDIA = /^\/media(\/(?:[a-z0-9-]+\/){0,3}[a-z0-9-]+\.(?:webp|svg|avif|png|jpg))$/;
const NOT_BUILT = `<!doctype html><title>Commercify</title><p>The apps aren't built yet: run <code>npm run build</code>.</p>`;

const media = join(dataDir, "media");

/** Streams a file, packed where the asker takes that and it lies there packed; false when there is none. */
async function sendFile(
	req: Req,
	res: ServerResponse,
	file: string,
	headers: readonly string[]
): Promise<boolean> {
	const type = TYPES[extname(file)];
	const accepted = String(req.headers["accept-encoding"]);
	for (const [encoding, suffix] of [...ENCODINGS, [null, ""] as const]) {
		if (!type || (encoding && !accepted.includes(encoding))) continue;
		const found = await stat(file + suffix).catch(() => null);
		if (!found?.isFile()) continue;
		const etag = `"${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}"`;
		const all = [...headers, ...headersFor(req), "X-Request-Id", req.id, "ETag", etag];
		all.push("Vary", "Accept-Encoding", "Content-Type", type);
		if (isFresh(req.headers["if-none-match"], etag)) {
			res.writeHead(304, all).end();
			return true;
		}
		if (encoding) all.push("Content-Encoding", encoding);
		res.writeHead(200, [...all, "Content-Length", String(found.size)]);
		if (req.method === "HEAD") res.end();
		// a client that leaves in the middle ends the pipeline, and that is all there is to it
		else await pipeline(createReadStream(file + suffix), res).catch(() => res.destroy());
		return true;
	}
	return false;
}

/** A page of the apps, told where the relay is; empty means: where the page came from, behind a proxy. */
async function sendPage(req: Req, res: ServerResponse, file: string): Promise<boolean> {
	const html = await readFile(file, "utf8").catch(() => null);
	const meta = `<meta name="relay" content="${trustedProxies ? "" : relayPort}">`;
	const told = html?.includes("<!--relay-->")
		? html.replace("<!--relay-->", meta)
		: html?.replace("</head>", `${meta}</head>`);
	const body = Buffer.from(told ?? NOT_BUILT);
	const headers = [
		...pageHeaders(req),
		"Content-Type",
		TYPES[".html"]!,
		"Cache-Control",
		"no-cache"
	];
	send(req, res, { status: html ? 200 : 503, headers, body, etag: etagOf(body) });
	return true;
}

/** Gives an uploaded picture that isn't on this node. */
type Fetch = (name: string) => Promise<Buffer | null>;

/** A picture from this node's folder, as far as it is there; else, where it was uploaded, from whoever keeps those. */
async function sendPicture(req: Req, res: ServerResponse, path: string, fetch: Fetch) {
	const headers = [...MEDIA_HEADERS, "Cache-Control", FOREVER];
	if (await sendFile(req, res, join(media, path), headers)) return true;
	const name = path.slice(1);
	const body = PICTURE.test(name) ? await fetch(name) : null;
	if (!body) return false;
	const etag = `"${name.slice(0, 20)}"`;
	send(req, res, { status: 200, headers: [...headers, "Content-Type", "image/webp"], body, etag });
	return true;
}

/** Pictures, and the files and pages that were built into the folder `web`; false when there is nothing at this path. */
export async function sendStatic(
	req: Req,
	res: ServerResponse,
	path: string,
	{ web, fetch }: { web: string; fetch: Fetch }
): Promise<boolean> {
	const picture = MEDIA.exec(path)?.[1];
	if (picture) return sendPicture(req, res, picture, fetch);
	if (path.startsWith("/media/")) return false;
	if (FILE.test(path) && !path.endsWith(".html")) {
		const keep = path.startsWith("/assets/") ? FOREVER : "public, max-age=3600";
		const headers = [...pageHeaders(req), "Cache-Control", keep];
		if (await sendFile(req, res, join(web, path), headers)) return true;
	}
	if (path.startsWith("/assets/")) return false;
	const wantsPage = /text\/html|\*\/\*/.test(req.headers.accept ?? "*/*") && !/\.\w+$/.test(path);
	if (!wantsPage) return false;
	const page = /^\/seller(\/|$)/.test(path) ? "seller.html" : "index.html";
	return sendPage(req, res, join(web, page));
}
