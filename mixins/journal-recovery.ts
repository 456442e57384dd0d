import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import {
	type Collections,
	type Doc,
	readSegment,
	type Segment,
	segmentPath
} from "./journal-format";
import { readSnapshot, remove } from "./journal-snapshot";

interface State {
	collections: Collections;
	/** In order and without a gap; the last one is written on. */
	segments: Segment[];
	snapshotBytes: number;
}

/** Reads what a stop, a crash or a power cut left in `dir`: the snapshots, then the journal. */
export async function recover(dir: string, warn: (text: string) => void): Promise<State> {
	const collections: Collections = new Map();
	const from = new Map<string, number>();
	let snapshotBytes = 0;
	for (const file of await readdir(dir)) {
		if (file.endsWith(".db.tmp")) await remove(join(dir, file));
		if (!file.endsWith(".db")) continue;
		const name = file.slice(0, -3);
		const snapshot = await readSnapshot(join(dir, file));
		from.set(name, snapshot.from);
		collections.set(name, snapshot.docs);
		snapshotBytes += snapshot.size;
	}
	const segments = await findSegments(dir, [...from.values()]);
	for (const [i, segment] of segments.entries()) {
		const isLast = segments.slice(i + 1).every(later => later.size === 0);
		const good = await readSegment(segment.path, isLast, entries => {
			for (const [name, doc] of entries) {
				if (segment.number >= (from.get(name) ?? 0)) apply(collections, name, doc);
			}
		});
		if (good < segment.size) {
			warn(
				`${segment.path}: dropped ${segment.size - good} bytes of a write that a crash cut ` +
					"short; nobody was told of it"
			);
		}
		// After a kill the last write may be in the page cache only, and is about to be told.
		if (isLast) await cut(segment.path, good);
		segment.size = good;
	}
	return { collections, segments, snapshotBytes };
}

export function apply(collections: Collections, name: string, doc: Doc): void {
	let docs = collections.get(name);
	if (!docs) collections.set(name, (docs = new Map()));
	if (doc.$$deleted) docs.delete(doc._id);
	else docs.set(doc._id, doc);
}

async function cut(path: string, size: number): Promise<void> {
	const file = await open(path, "r+");
	try {
		await file.truncate(size);
		await file.sync();
	} finally {
		await file.close();
	}
}

/** Those without a gap up to the last; refuses when the snapshots need more. */
async function findSegments(dir: string, needed: number[]): Promise<Segment[]> {
	const numbers = (await readdir(dir))
		.map(name => /^journal-(\d+)\.log$/.exec(name)?.[1])
		.filter(text => text !== undefined)
		.map(Number)
		.sort((a, b) => a - b);
	let first = Math.max(numbers.length - 1, 0);
	while (first > 0 && numbers[first - 1] === numbers[first]! - 1) first--;
	const kept = numbers.slice(first);
	const low = kept[0] ?? 0;
	const high = kept.at(-1) ?? 0;
	if (needed.some(number => number < low || number > high)) {
		throw new Error(`${dir} lacks journal files. Restore DATA_DIR from a backup.`);
	}
	// Left over from a compaction that a crash cut short.
	for (const number of numbers.slice(0, first)) await remove(segmentPath(dir, number));
	return Promise.all(
		kept.map(async number => {
			const path = segmentPath(dir, number);
			return { number, path, size: (await stat(path)).size };
		})
	);
}
