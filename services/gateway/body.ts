import type { IncomingMessage } from "node:http";
import { fail, failField } from "../errors";
import { parseJson } from "./json";

const LARGEST_JSON = 64 * 1024; // unless the contract allows an action more
/** What a form may hold besides its file. */
export const FORM_EXTRA = 64 * 1024;
/** What is read of a refused body, so that its sender gets to read our answer; past it the line is cut. */
const DRAINED = 4 * 1024 * 1024;

const isEmpty = ({ headers }: IncomingMessage) =>
	headers["transfer-encoding"] === undefined && !Number(headers["content-length"]);

/** Lets a body that nobody wants run out, within bounds. */
export function drain(req: IncomingMessage): void {
	if (req.complete) return;
	let left = DRAINED;
	req.on("data", (chunk: Buffer) => {
		left -= chunk.length;
		if (left < 0) req.destroy();
	});
	req.resume();
}

/** The whole body as bytes; more than `limit` is refused before it is kept. */
function bytesOf(req: IncomingMessage, limit: number): Promise<Buffer> {
	if (Number(req.headers["content-length"]) > limit) fail("PAYLOAD_TOO_LARGE");
	const encoding = req.headers["content-encoding"];
	if (encoding !== undefined && encoding !== "identity") fail("UNSUPPORTED_MEDIA_TYPE");
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let size = 0;
		const done = (settle: () => void) => {
			req.off("data", onData).off("end", onEnd).off("close", onCut);
			settle();
		};
		const refuse = (code: "PAYLOAD_TOO_LARGE" | "BAD_REQUEST") =>
			done(() => {
				try {
					fail(code);
				} catch (err) {
					reject(err as Error);
				}
			});
		const onData = (chunk: Buffer) => {
			size += chunk.length;
			if (size > limit) refuse("PAYLOAD_TOO_LARGE");
			else chunks.push(chunk);
		};
		const onEnd = () => done(() => resolve(Buffer.concat(chunks)));
		const onCut = () => refuse("BAD_REQUEST");
		req.on("data", onData).on("end", onEnd).on("close", onCut);
	});
}

/** The fields of a JSON body; none at all is an empty object. */
export async function readJson(
	req: IncomingMessage,
	largest = LARGEST_JSON
): Promise<Record<string, unknown>> {
	if (isEmpty(req)) return {};
	const [type, charset] = String(req.headers["content-type"])
		.toLowerCase()
		.split(/;\s*charset=/);
	const known = type!.trim() === "application/json" && /^("?utf-8"?)?$/.test(charset ?? "");
	const body = await bytesOf(req, largest);
	if (body.length === 0) return {};
	if (!known) fail("UNSUPPORTED_MEDIA_TYPE");
	return parseJson(body);
}

export interface Form {
	fields: Record<string, unknown>;
	/** In base64, or what it was kept as. */
	file?: string;
}

/** Refuses what is no form, or is too large, before it is read; answers what kind of form it is. */
export function checkForm({ headers }: IncomingMessage, limit: number): string {
	const type = String(headers["content-type"]);
	if (!/^multipart\/form-data\s*;/i.test(type)) fail("UNSUPPORTED_MEDIA_TYPE");
	if (Number(headers["content-length"]) > limit + FORM_EXTRA) fail("PAYLOAD_TOO_LARGE");
	const encoding = headers["content-encoding"];
	if (encoding !== undefined && encoding !== "identity") fail("UNSUPPORTED_MEDIA_TYPE");
	return type;
}

/** A multipart form with at most one file, in the field `file`. */
export async function readForm(req: IncomingMessage, limit: number): Promise<Form> {
	const type = checkForm(req, limit);
	const body = await bytesOf(req, limit + FORM_EXTRA);
	let form: FormData;
	try {
		form = await new Response(new Uint8Array(body), {
			headers: { "content-type": type }
		}).formData();
	} catch {
		return fail("BAD_REQUEST");
	}
	const fields = new Map<string, unknown>();
	let file: string | undefined;
	for (const [key, value] of form) {
		if (fields.has(key) || (key === "file" && file !== undefined))
			failField(key, "Given twice", "DUPLICATE_KEY");
		if (typeof value === "string") fields.set(key, value);
		else if (key !== "file") failField(key, "Not expected here", "UNKNOWN_KEY");
		else if (value.size > limit) fail("PAYLOAD_TOO_LARGE");
		else file = Buffer.from(await value.arrayBuffer()).toString("base64");
	}
	if (fields.has("file")) failField("file", "Expected a file", "INVALID_TYPE");
	return { fields: Object.fromEntries(fields), ...(file !== undefined && { file }) };
}
