import { type FileHandle, mkdir, open, rename } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { fail } from "../services/errors";
import { metrics } from "../services/metrics";
import { lockDir } from "./dir-lock";
import {
	type Collections,
	type Doc,
	encodeBatch,
	entry,
	type Segment,
	segmentPath
} from "./journal-format";
import { apply, recover } from "./journal-recovery";
import { remove, syncDir, writeSnapshot } from "./journal-snapshot";

export type { Doc } from "./journal-format";

export interface JournalOptions {
	/** Compaction begins when the journal holds so many bytes, and twice the live data. */
	compactAt?: number;
	logger?: Pick<Console, "info" | "warn" | "error">;
	/** Makes `data` durable at `position`. Tests put failing disks here. */
	write?: (file: FileHandle, data: Buffer, position: number) => Promise<void>;
}

interface Deferred<T> {
	promise: Promise<T>;
	resolve: (value: T) => void;
	reject: (reason: unknown) => void;
}

interface Batch {
	entries: string[];
	bytes: number;
	/** Resolves to whether the batch is on disk. */
	done: Deferred<boolean>;
}

const MB = 1 << 20;
const BACKLOG = 64 * MB;
const TICK = 1000;
/** Fewer changes a second than this are a quiet time. */
const QUIET = 200;

function deferred<T>(): Deferred<T> {
	const result = {} as Deferred<T>;
	result.promise = new Promise<T>((resolve, reject) => Object.assign(result, { resolve, reject }));
	return result;
}

const newBatch = (): Batch => ({ entries: [], bytes: 0, done: deferred() });

const opened = new Map<string, { journal: Promise<Journal>; users: number }>();
const closing = new Map<string, Promise<void>>();

/**
 * The one write-ahead journal of a process. All collections share it, so writes have one order over
 * all services: a crash loses the end of history that nobody was told of, never a piece out of its
 * middle. And one fdatasync a turn of the event loop serves every writer.
 *
 * Memory changes first and a writer is answered when its change is on disk. When the disk refuses,
 * nothing is rolled back: the changes wait here until it takes them, writers are told that the
 * outcome is unknown, and new ones are refused before they touch memory. So memory is always what
 * the disk will hold.
 */
export class Journal {
	/** Shared by all users of a directory in this process; each calls `close` once. */
	static async open(dir: string, options: JournalOptions = {}): Promise<Journal> {
		const key = resolve(dir);
		while (closing.has(key)) await closing.get(key)!.catch(() => {});
		let shared = opened.get(key);
		if (!shared) opened.set(key, (shared = { journal: Journal.start(key, options), users: 0 }));
		shared.users++;
		try {
			return await shared.journal;
		} catch (error) {
			if (opened.get(key) === shared) opened.delete(key);
			throw error;
		}
	}

	private static async start(dir: string, options: JournalOptions): Promise<Journal> {
		await mkdir(dir, { recursive: true });
		const journal = new Journal(dir, options);
		const unlock = await lockDir(dir, () => journal.lose());
		try {
			await journal.load();
		} catch (error) {
			await unlock();
			throw error;
		}
		journal.unlock = unlock;
		journal.timer = setInterval(() => journal.tick(), TICK).unref();
		return journal;
	}

	/** What a snapshot holds: the stores' own documents (they replace, never change one). */
	private collections: Collections = new Map();
	private stores = new Map<string, { store: unknown; users: number }>();

	private segments: Segment[] = [];
	private file!: FileHandle;
	private gathering = newBatch();
	private writing: Batch | null = null;
	private running = false;
	private loop = Promise.resolve();
	private rotation: Deferred<Segment> | null = null;
	private compaction: Promise<void> | null = null;
	private failure: Error | null = null;
	private lost = false;
	private snapshotBytes = 0;
	private changes = 0;
	private restUntil = 0;
	private unlock!: () => Promise<void>;
	private timer!: NodeJS.Timeout;
	private readonly logger: NonNullable<JournalOptions["logger"]>;
	private readonly write: NonNullable<JournalOptions["write"]>;
	private readonly compactAt: number;

	private constructor(
		readonly dir: string,
		options: JournalOptions
	) {
		this.logger = options.logger ?? console;
		this.write = options.write ?? writeAndSync;
		this.compactAt = options.compactAt ?? 32 * MB;
		metrics.readOnly.of().watch(() => Number(!this.writable));
	}

	/** False while the disk refuses, or the backlog is full. For health checks and before a write. */
	get writable(): boolean {
		return !this.failure && this.gathering.bytes + (this.writing?.bytes ?? 0) < BACKLOG;
	}

	ensureWritable(): void {
		if (!this.writable) fail("STORAGE_UNAVAILABLE");
	}

	/** The collection's store: the one in use, or what `make` builds from the documents on disk. */
	attach<S>(collection: string, make: (docs: Doc[]) => S): S {
		if (!/^[\w-]+$/.test(collection)) throw new Error(`"${collection}" is no collection's name`);
		let known = this.stores.get(collection);
		if (!known) {
			known = { store: make([...(this.collections.get(collection)?.values() ?? [])]), users: 0 };
			this.stores.set(collection, known);
		}
		known.users++;
		return known.store as S;
	}

	detach(collection: string): void {
		const known = this.stores.get(collection);
		if (known && --known.users === 0) this.stores.delete(collection);
	}

	/** Queues changes that memory already holds. */
	append(collection: string, docs: Doc[]): void {
		for (const doc of docs) {
			const text = entry(collection, doc);
			apply(this.collections, collection, doc);
			this.gathering.entries.push(text);
			this.gathering.bytes += text.length;
		}
		this.changes += docs.length;
		if (!this.failure) this.wake();
	}

	/** Resolves when everything appended so far is on disk; throws when the disk refused it. */
	async synced(): Promise<void> {
		const last = this.gathering.entries.length > 0 ? this.gathering : this.writing;
		if (!last) return;
		if (this.failure || !(await last.done.promise)) fail("STORAGE_UNAVAILABLE");
	}

	async close(): Promise<void> {
		const shared = opened.get(this.dir)!;
		if (--shared.users > 0) return;
		opened.delete(this.dir);
		const end = this.finish().finally(() => closing.delete(this.dir));
		closing.set(this.dir, end);
		await end;
	}

	private async finish(): Promise<void> {
		clearInterval(this.timer);
		await this.compaction;
		this.wake();
		try {
			await this.loop;
			// A short journal makes a quick start.
			if (!this.failure && this.journalBytes() > this.compactAt / 4) await this.compact();
			if (this.failure) throw this.failure;
		} finally {
			await this.file.close();
			await this.unlock();
		}
	}

	private wake(): void {
		if (this.running || this.lost) return;
		this.running = true;
		this.loop = this.run();
	}

	/** The only one to touch the segment: writes batch after batch, and changes segments between. */
	private async run(): Promise<void> {
		for (;;) {
			// Those whom the last sync has answered come in with this one too.
			await turn();
			if (this.rotation && !this.failure) await this.nextSegment();
			if (this.lost || this.gathering.entries.length === 0) break;
			const batch = (this.writing = this.gathering);
			this.gathering = newBatch();
			try {
				await this.save(batch);
			} catch (error) {
				await this.refuse(batch, error as Error);
				break;
			}
			this.writing = null;
			batch.done.resolve(true);
			if (this.failure && !this.lost) {
				this.failure = null;
				this.logger.info(`DATA_DIR ${this.dir} can be written again`);
			}
		}
		this.running = false;
	}

	private async save(batch: Batch): Promise<void> {
		const segment = this.segments.at(-1)!;
		const data = encodeBatch(batch.entries);
		await metrics.journalSyncs.time(() => this.write(this.file, data, segment.size));
		segment.size += data.length;
		metrics.journalBytes.of().add(data.length);
		metrics.journalBatch.of().observe(batch.entries.length);
	}

	private async refuse(batch: Batch, error: Error): Promise<void> {
		if (!this.failure) {
			this.logger.error(`DATA_DIR ${this.dir} can't be written (${error.message}), read-only`);
		}
		this.failure = error;
		const later = this.gathering;
		this.writing = null;
		this.gathering = newBatch();
		this.gathering.entries = batch.entries.concat(later.entries);
		this.gathering.bytes = batch.bytes + later.bytes;
		batch.done.resolve(false);
		later.done.resolve(false);
		this.rotation?.reject(error);
		this.rotation = null;
		// Tidiness: the retry begins with the same entries, so it covers what this attempt left. It
		// must have ended before that, though, else it would cut off what the retry saved.
		await this.file.truncate(this.segments.at(-1)!.size).catch(() => {});
	}

	/** Another process has the files now: never write again. */
	private lose(): void {
		if (this.lost) return;
		this.lost = true;
		this.failure = new Error(`lost the lock of DATA_DIR ${this.dir}`);
		this.logger.error(this.failure.message);
		this.gathering.done.resolve(false);
		this.rotation?.reject(this.failure);
		this.rotation = null;
	}

	private tick(): void {
		const quiet = this.changes < QUIET;
		this.changes = 0;
		if (this.failure) return this.wake();
		const size = this.journalBytes();
		const limit = Math.max(this.compactAt, 2 * this.snapshotBytes);
		// A quiet time may never come, and a start must stay quick.
		const must = size > limit + 3 * this.compactAt;
		if (must || (quiet && size > limit)) {
			if (Date.now() > this.restUntil) void this.compact();
		}
	}

	private journalBytes(): number {
		return this.segments.reduce((sum, segment) => sum + segment.size, 0);
	}

	/** Replaces the journal so far by a snapshot of each collection. */
	compact(): Promise<void> {
		this.compaction ??= this.writeSnapshots()
			.catch(error => {
				this.logger.warn(`Could not compact DATA_DIR ${this.dir}: ${error.message}`);
				this.restUntil = Date.now() + 60_000;
			})
			.finally(() => (this.compaction = null));
		return this.compaction;
	}

	/**
	 * Collections change while they are written, one after the other, and that is fine: all that
	 * changes after the rotation is in the new segment as well, as whole documents, so replaying it
	 * over any mixture of older and newer ones ends with the last state of each. Two things matter.
	 * Memory runs ahead of the disk: a snapshot is put in place only when all it may hold is in the
	 * journal too, else it could keep a change whose forerunner in another collection is lost. And
	 * it says from which segment on it is to be replayed, so a crash between any two steps is safe,
	 * whichever of the old files are still there.
	 */
	private async writeSnapshots(): Promise<void> {
		this.rotation = deferred();
		const { promise } = this.rotation;
		this.wake();
		const { number } = await promise;
		const names = [...this.collections.keys()];
		const path = (name: string) => join(this.dir, `${name}.db`);
		let bytes = 0;
		try {
			for (const name of names) {
				bytes += await writeSnapshot(`${path(name)}.tmp`, number, this.collections.get(name)!);
			}
			await this.synced();
			if (this.failure) throw this.failure;
		} catch (error) {
			for (const name of names) await remove(`${path(name)}.tmp`);
			throw error;
		}
		for (const name of names) await rename(`${path(name)}.tmp`, path(name));
		await syncDir(this.dir);
		this.snapshotBytes = bytes;
		while (this.segments[0]!.number < number) await remove(this.segments.shift()!.path);
	}

	private async nextSegment(): Promise<void> {
		const { resolve, reject } = this.rotation!;
		this.rotation = null;
		try {
			const previous = this.file;
			resolve(await this.addSegment(this.segments.at(-1)!.number + 1));
			await previous.close();
		} catch (error) {
			reject(error);
		}
	}

	private async addSegment(number: number): Promise<Segment> {
		const path = segmentPath(this.dir, number);
		const file = await open(path, "w");
		try {
			await syncDir(this.dir);
		} catch (error) {
			await file.close();
			throw error;
		}
		this.file = file;
		const segment = { number, path, size: 0 };
		this.segments.push(segment);
		return segment;
	}

	private async load(): Promise<void> {
		const state = await recover(this.dir, text => this.logger.warn(text));
		this.collections = state.collections;
		this.segments = state.segments;
		this.snapshotBytes = state.snapshotBytes;
		const last = this.segments.at(-1);
		if (last) this.file = await open(last.path, "r+");
		else await this.addSegment(1);
	}
}

async function writeAndSync(file: FileHandle, data: Buffer, position: number): Promise<void> {
	for (let done = 0; done < data.length;) {
		const { bytesWritten } = await file.write(data, done, data.length - done, position + done);
		done += bytesWritten;
	}
	await file.datasync();
}
