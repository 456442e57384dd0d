import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { GridFSBucket } from "mongodb";
import { fail } from "../services/errors";
import { newId } from "../services/id";
import { dataDir, mongoUri } from "../services/settings";
import { close, databaseAt, isAway } from "./mongo-adapter";

/** Where pictures lie, by name. A name says what is in it: what is there under it never changes. */
export interface PictureStore {
	disconnect(): Promise<void>;
	/** Keeps a picture; it is there whole, and durable, or not at all. */
	put(name: string, data: Buffer): Promise<void>;
	get(name: string): Promise<Buffer | null>;
}

/** In the data folder, where the gateway of this process serves them from. */
export class PictureFiles implements PictureStore {
	constructor(private readonly dir = join(dataDir, "media")) {}

	async disconnect() {}
	async put(name: string, data: Buffer): Promise<void> {
		await mkdir(this.dir, { recursive: true });
		const draft = join(this.dir, `${name}.${newId()}.part`);
		try {
			const handle = await open(draft, "wx");
			await handle.writeFile(data);
			await handle.sync().finally(() => handle.close());
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
}

const BUCKET = "pictures";

/** In MongoDB's GridFS, so that every replica has what any of them was given. */
export class PictureGrid implements PictureStore {
	private readonly bucket: GridFSBucket;

	constructor(private readonly uri: string) {
		this.bucket = new GridFSBucket(databaseAt(uri), { bucketName: BUCKET });
	}

	disconnect() {
		return close(this.uri);
	}
	/** Two that bring the same picture at once make two files of one name: either is it. */
	put(name: string, data: Buffer): Promise<void> {
		return sure(async () => {
			if (await this.has(name)) return;
			const upload = this.bucket.openUploadStream(name);
			await new Promise<void>((resolve, reject) => {
				upload.once("finish", resolve).once("error", reject);
				upload.end(data);
			});
		});
	}
	get(name: string): Promise<Buffer | null> {
		return sure(async () => {
			if (!(await this.has(name))) return null;
			const chunks: Buffer[] = [];
			for await (const chunk of this.bucket.openDownloadStreamByName(name))
				chunks.push(chunk as Buffer);
			return Buffer.concat(chunks);
		});
	}
	private async has(filename: string): Promise<boolean> {
		const [file] = await this.bucket.find({ filename }, { limit: 1 }).toArray();
		return file !== undefined;
	}
}
async function sure<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (err) {
		if (isAway(err)) return fail("STORAGE_UNAVAILABLE", { retryAfter: 2 });
		throw err;
	}
}

/** The store of this process, as the environment says. */
export const pictureStore = (): PictureStore =>
	mongoUri ? new PictureGrid(mongoUri) : new PictureFiles();
