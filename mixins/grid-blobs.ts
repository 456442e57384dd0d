import { buffer } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import { GridFSBucket } from "mongodb";
import { fail } from "../services/errors";
import type { Blobs } from "./blobs";
import { close, databaseAt, isAway } from "./mongo-adapter";

/** Somebody else has removed it at this very moment: said by a code or in words only. */
const isMissing = (err: unknown) =>
	(err as { code?: unknown }).code === "ENOENT" || /not ?found/i.test((err as Error).message);
const unlessMissing = (err: unknown) => (isMissing(err) ? null : Promise.reject(err as Error));

/** A database that is away is said in our own words. */
async function known<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (err) {
		if (isAway(err)) return fail("STORAGE_UNAVAILABLE", { retryAfter: 2 });
		throw err;
	}
}

/** Bytes in GridFS: each try has an id of its own, so that what a crash left of one is in no other's way. */
export class GridBlobs implements Blobs {
	private readonly bucket: GridFSBucket;

	constructor(
		private readonly uri: string,
		bucketName: string
	) {
		this.bucket = new GridFSBucket(databaseAt(uri), { bucketName });
	}

	/** Two that bring the same at once make two files of one name: either is it. */
	put(name: string, bytes: Buffer): Promise<void> {
		return known(async () => {
			if ((await this.filesOf(name, 1)).length) return;
			const stream = this.bucket.openUploadStream(name);
			stream.end(bytes);
			await finished(stream);
		});
	}
	get(name: string): Promise<Buffer | null> {
		return known(async () => {
			const [file] = await this.filesOf(name, 1);
			return file ? buffer(this.bucket.openDownloadStream(file._id)).catch(unlessMissing) : null;
		});
	}
	remove(name: string): Promise<void> {
		return known(async () => {
			for (const { _id } of await this.filesOf(name))
				await this.bucket.delete(_id).catch(unlessMissing);
		});
	}
	close(): Promise<void> {
		return close(this.uri);
	}

	private filesOf(filename: string, limit = 0) {
		return this.bucket.find({ filename }, { limit }).toArray();
	}
}
