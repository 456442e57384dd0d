import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { Busboy, type BusboyHeaders, type BusboyInstance } from "@fastify/busboy";
import { fail, failField } from "../errors";
import { newId } from "../id";
import { LARGEST_PART } from "../shared/import.contract";
import { checkForm, FORM_EXTRA, type Form } from "./body";

/** Keeps a part of a file, in base64. */
export type Keep = (part: { upload: string; part: number; data: string }) => Promise<unknown>;

/** What an expression throws. */
function refusal(refuse: () => never): unknown {
	try {
		return refuse();
	} catch (err) {
		return err;
	}
}

/** Hands a file on in parts, each once the one before is kept; answers what it is known by from then on. */
async function keepFile(file: Readable, keep: Keep): Promise<string> {
	const upload = newId();
	let [waiting, size, parts, bytes]: [Buffer[], number, number, number] = [[], 0, 0, 0];
	const flush = async () => {
		const data = Buffer.concat(waiting).toString("base64");
		[waiting, size] = [[], 0];
		await keep({ upload, part: parts++, data });
	};
	for await (const chunk of file as AsyncIterable<Buffer>) {
		for (let at = 0; at < chunk.length;) {
			const piece = chunk.subarray(at, at + LARGEST_PART - size);
			waiting.push(piece);
			at += piece.length;
			size += piece.length;
			bytes += piece.length;
			if (size === LARGEST_PART) await flush();
		}
	}
	if (size || !parts) await flush();
	return `${upload}:${parts}:${bytes}`;
}

/** A multipart form whose one file, in the field `file`, never is in memory as a whole. */
export async function keepForm(req: IncomingMessage, limit: number, keep: Keep): Promise<Form> {
	checkForm(req, limit);
	const fields = new Map<string, unknown>();
	let kept: Promise<string> | undefined;
	let file: Readable | undefined;
	const read = new Promise<void>((resolve, reject) => {
		let form: BusboyInstance;
		const stop = (err: unknown) => {
			if (form) req.unpipe(form);
			file?.destroy();
			reject(err as Error);
		};
		const refuse = (why: () => never) => stop(refusal(why));
		const malformed = () => refuse(() => fail("BAD_REQUEST"));
		try {
			form = new Busboy({
				headers: req.headers as BusboyHeaders,
				limits: { fileSize: limit, fieldSize: FORM_EXTRA, fields: 20, files: 2, parts: 22 },
				isPartAFile: (_field, _type, name) => name !== undefined
			});
		} catch {
			return malformed();
		}
		form.on("field", (key, value) => {
			if (fields.has(key)) refuse(() => failField(key, "Given twice", "DUPLICATE_KEY"));
			fields.set(key, value);
		});
		form.on("file", (key, stream) => {
			// without a listener its end would be the process's
			stream.on("error", malformed);
			if (key !== "file")
				return refuse(() => failField(key.slice(0, 100), "Not expected here", "UNKNOWN_KEY"));
			if (file) return refuse(() => failField(key, "Given twice", "DUPLICATE_KEY"));
			file = stream;
			stream.once("limit", () => refuse(() => fail("PAYLOAD_TOO_LARGE")));
			kept = keepFile(stream, keep);
			kept.catch(stop);
		});
		form.once("partsLimit", malformed).once("fieldsLimit", malformed);
		form.once("error", malformed);
		form.once("finish", resolve);
		req.once("close", () => req.complete || malformed());
		req.pipe(form);
	});
	try {
		await read;
	} catch (err) {
		// no part of it comes after the refusal
		await kept?.catch(() => {});
		throw err;
	}
	if (fields.has("file")) failField("file", "Expected a file", "INVALID_TYPE");
	return { fields: Object.fromEntries(fields), ...(kept && { file: await kept }) };
}
