import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";

export interface Doc {
	_id: string;
	$$deleted?: true;
	[field: string]: unknown;
}

/** The collections as they lie on disk, by name and `_id`. */
export type Collections = Map<string, Map<string, Doc>>;

export interface Segment {
	number: number;
	path: string;
	size: number;
}

/** Documents are what JSON is: a Date becomes its text on the way in, so that memory and disk agree. */
export const serialize = (value: unknown): string => JSON.stringify(value);
export const deserialize = (text: string): unknown => JSON.parse(text);

export const entry = (collection: string, doc: Doc): string =>
	`[${JSON.stringify(collection)},${serialize(doc)}]`;

/**
 * A batch is one line: checksum, then its entries. It counts whole or not at all, which makes
 * recovery exact: a batch is begun only when the one before is on disk, so a bad line at the end
 * is a write that nobody was told of, and a bad line with a good one after it is damage.
 */
export function encodeBatch(entries: string[]): Buffer {
	const body = Buffer.from(`         [${entries.join(",")}]\n`);
	body.write(checksum(body.subarray(9, -1)), 0, "latin1");
	return body;
}

function decodeBatch(line: Buffer): [string, Doc][] | null {
	if (line.length < 11 || line[8] !== 0x20) return null;
	const body = line.subarray(9);
	if (line.toString("latin1", 0, 8) !== checksum(body)) return null;
	return deserialize(body.toString()) as [string, Doc][];
}

export const hex = (crc: number) => crc.toString(16).padStart(8, "0");
export const checksum = (data: Buffer) => hex(crc32(data));

export const segmentPath = (dir: string, number: number) => join(dir, `journal-${number}.log`);

/** Calls `take` for each batch; answers how many bytes are good. */
export async function readSegment(
	path: string,
	mayBeTorn: boolean,
	take: (entries: [string, Doc][]) => void
): Promise<number> {
	const data = await readFile(path);
	let good = 0;
	for (const [line, end] of lines(data)) {
		const batch = decodeBatch(line);
		if (batch) {
			take(batch);
			good = end;
			continue;
		}
		if (mayBeTorn && !hasBatch(data, end)) break;
		throw new Error(
			`${path} is damaged at byte ${good}: saved data lies behind it, so this is no torn write. ` +
				"Restore DATA_DIR from a backup; nothing was changed."
		);
	}
	return good;
}

function hasBatch(data: Buffer, from: number): boolean {
	for (const [line] of lines(data, from)) if (decodeBatch(line)) return true;
	return false;
}

/** A last piece without its newline comes too, cut short by one so that it can't pass for whole. */
export function* lines(data: Buffer, from = 0): Generator<[line: Buffer, end: number]> {
	while (from < data.length) {
		const newline = data.indexOf(10, from);
		const end = newline < 0 ? data.length : newline + 1;
		yield [data.subarray(from, end - 1), end];
		from = end;
	}
}
