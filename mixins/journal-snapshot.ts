import { open, readFile, unlink } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { checksum, deserialize, type Doc, hex, lines, serialize } from "./journal-format";

/** Milliseconds of work before others have their turn, and bytes of a write. */
const SLICE = 3;
const CHUNK = 1 << 17;

/**
 * Writes a collection in NeDB's format, between a head (the first segment that is newer) and a
 * foot (a checksum). Gives way to other work every few milliseconds; meanwhile the map may change:
 * what was in it all the time is written, and a document that was put back is written twice, the
 * later one counts.
 */
export async function writeSnapshot(path: string, from: number, docs: Map<string, Doc>) {
	const file = await open(path, "w");
	try {
		let crc = 0;
		let size = 0;
		let text = `{"$$from":${from}}\n`;
		const put = async () => {
			const data = Buffer.from(text);
			crc = crc32(data, crc);
			size += data.length;
			text = "";
			await file.writeFile(data);
		};
		let until = performance.now() + SLICE;
		for (const doc of docs.values()) {
			text += serialize(doc) + "\n";
			if (text.length < CHUNK && performance.now() < until) continue;
			await put();
			until = performance.now() + SLICE;
		}
		await put();
		await file.writeFile(`{"$$crc":"${hex(crc)}"}\n`);
		await file.sync();
		return size;
	} finally {
		await file.close();
	}
}

export async function readSnapshot(path: string) {
	const data = await readFile(path);
	const docs = new Map<string, Doc>();
	const footAt = data.lastIndexOf(10, data.length - 2) + 1;
	const body = data.subarray(0, footAt);
	if (data.toString("utf8", footAt) !== `{"$$crc":"${checksum(body)}"}\n`) {
		throw new Error(`${path} is damaged. Restore DATA_DIR from a backup; nothing was changed.`);
	}
	let from = 0;
	for (const [line] of lines(body)) {
		const doc = deserialize(line.toString()) as Doc & { $$from?: number };
		if (doc.$$from === undefined) docs.set(doc._id, doc);
		else from = doc.$$from;
	}
	return { from, docs, size: data.length };
}

/** A new or renamed file is safe only when its directory is. */
export async function syncDir(dir: string): Promise<void> {
	// Windows opens no directories, and keeps their entries by itself.
	if (process.platform === "win32") return;
	const handle = await open(dir);
	await handle.sync().finally(() => handle.close());
}

export const remove = (path: string) => unlink(path).catch(() => {});
