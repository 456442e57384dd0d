import { buffer } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import { GridFSBucket } from "mongodb";
import { fail } from "../services/errors";
import type { Blobs } from "./blobs";
import { close, databaseAt, isAway } from "./mongo-adapter";

/** Said of a name that isn't there: by a code or in words only. */
const isMissing = (err: unknown) =>
	(err as { code?: unknown }).code === "ENOENT" || /not ?found/i.test((err as Error).message);

/** A database that is away is said in our own words. */
async function known<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (err) {
		if (isAway(err)) return fail("STORAGE_UNAVAILABLE", { retryAfter: 2 });
		throw err;
	}
}

/** Bytes in GridFS, by the names that we give them. */
export class GridBlobs implements Blobs {
	private readonly bucket: GridFSBucket;

	constructor(
		private readonly uri: string,
		bucketName: string
	) {
		this.bucket = new GridFSBucket(databaseAt(uri), { bucketName });
	}

	async put(name: string, bytes: Buffer): Promise<void> {
		// what a crash left of an earlier try would collide
		await this.remove(name);
		await known(() => {
			const stream = this.bucket.openUploadStreamWithId(name as never, name);
			stream.end(bytes);
			return finished(stream);
		});
	}
	async get(name: string): Promise<Buffer | null> {
		try {
			return await known(() => buffer(this.bucket.openDownloadStream(name as never)));
		} catch (err) {
			if (isMissing(err)) return null;
			throw err;
		}
	}
	async remove(name: string): Promise<void> {
		await known(() =>
			this.bucket.delete(name as never).catch((err: unknown) => {
				if (!isMissing(err)) throw err;
			})
		);
	}
	close(): Promise<void> {
		return close(this.uri);
	}
}
