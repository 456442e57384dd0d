import { createHash } from "node:crypto";
import type { Blobs } from "../../mixins/blobs";
import { fail } from "../errors";
import { inWidth, WIDTHS } from "../shared/picture";

const MOST_BYTES = 5_000_000;
const MOST_PIXELS = 40_000_000;
const WIDEST = 1600;
/** Pictures worked on at once, and waiting for that. */
const AT_ONCE = 2;
const WAITING = 20;

type Format = "png" | "jpeg" | "webp" | "avif";

/** What a file is by its first bytes; its name and its sender's word count for nothing. */
export function formatOf(file: Buffer): Format | null {
	const text = (from: number, to: number) => file.toString("latin1", from, to);
	if (text(0, 8) === "\x89PNG\r\n\x1a\n") return "png";
	if (text(0, 3) === "\xff\xd8\xff") return "jpeg";
	if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return "webp";
	if (text(4, 8) === "ftyp" && ["avif", "avis"].includes(text(8, 12))) return "avif";
	return null;
}

/** The decoder is 20 MB of machine code: loaded with the first picture, not with the shop. */
const decoder = () => import("sharp").then(module => module.default);

let working = 0;
const waiting: (() => void)[] = [];
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (working >= AT_ONCE) {
		if (waiting.length >= WAITING) fail("SERVICE_UNAVAILABLE");
		await new Promise<void>(resolve => waiting.push(resolve));
	} else working++;
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next) next();
		else working--;
	}
}

/** The picture drawn anew as WebP: upright, no larger than a screen needs, and without what a camera or an attacker added. */
async function redraw(file: Buffer) {
	const format = formatOf(file) ?? fail("UNSUPPORTED_MEDIA_TYPE");
	const sharp = await decoder();
	// reads the head of the file only, so without a limit
	const known = await sharp(file, { limitInputPixels: false })
		.metadata()
		.catch(() => fail("UNSUPPORTED_MEDIA_TYPE"));
	if (known.width * known.height > MOST_PIXELS) fail("PAYLOAD_TOO_LARGE");
	if (known.format !== (format === "avif" ? "heif" : format)) fail("UNSUPPORTED_MEDIA_TYPE");
	return sharp(file, { limitInputPixels: MOST_PIXELS, failOn: "error" })
		.rotate()
		.resize({ width: WIDEST, height: WIDEST, fit: "inside", withoutEnlargement: true })
		.webp({ quality: 82 })
		.toBuffer({ resolveWithObject: true })
		.catch(() => fail("UNSUPPORTED_MEDIA_TYPE"));
}

/** Keeps an uploaded picture in all its sizes under names made of its content, and answers where it is and how large. */
export async function keepImage(store: Blobs, base64: string) {
	const file = Buffer.from(base64, "base64");
	if (file.length > MOST_BYTES) fail("PAYLOAD_TOO_LARGE");
	return inTurn(async () => {
		const { data, info } = await redraw(file);
		const hash = createHash("sha256").update(data).digest("hex").slice(0, 32);
		const name = `${hash}.webp`;
		const sharp = await decoder();
		for (const width of WIDTHS)
			if (width < info.width)
				await store.put(
					inWidth(name, width),
					await sharp(data).resize({ width }).webp({ quality: 80 }).toBuffer()
				);
		// last: where it is, the others are
		await store.put(name, data);
		return { url: `/media/${name}`, width: info.width, height: info.height };
	});
}
