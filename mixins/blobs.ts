import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { newId } from "../services/id";
import { dataDir, mongoUri } from "../services/settings";

/** Bytes by name, too many for documents: there whole and durable, or not at all. What is under a name never changes. */
export interface Blobs {
	put(name: string, bytes: Buffer): Promise<void>;
	get(name: string): Promise<Buffer | null>;
	remove(name: string): Promise<void>;
	close(): Promise<void>;
}

/** Files in a folder of DATA_DIR. Names are made of letters, digits, dots and hyphens. */
class FileBlobs implements Blobs {
	constructor(private readonly dir: string) {}

	async put(name: string, bytes: Buffer): Promise<void> {
		await mkdir(this.dir, { recursive: true });
		const draft = join(this.dir, `${name}.${newId()}.part`);
		try {
			const handle = await open(draft, "wx");
			await handle
				.writeFile(bytes)
				.then(() => handle.sync())
				.finally(() => handle.close());
			await rename(draft, join(this.dir, name));
		} catch (err) {
			await rm(draft, { force: true });
			throw err;
		}
	}
	async get(name: string): Promise<Buffer | null> {
		try {
			return await readFile(join(this.dir, name));
		} catch (err) {
			if ((err as NodeJS.ErrnoException).code === "ENOENT") return null;
			throw err;
		}
	}
	async remove(name: string): Promise<void> {
		await rm(join(this.dir, name), { force: true });
	}
	async close(): Promise<void> {}
}

/** The blobs of this name: with MongoDB in its GridFS, so that every replica has them. */
export function blobs(name: string): Blobs {
	if (!mongoUri) return new FileBlobs(join(dataDir, name));
	const { GridBlobs } = require("./grid-blobs") as typeof import("./grid-blobs");
	return new GridBlobs(mongoUri, name);
}
