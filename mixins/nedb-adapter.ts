import { setImmediate as turn } from "node:timers/promises";
import type Datastore from "@seald-io/nedb";
import DbService from "moleculer-db";
import { giveWay } from "./give-way";
import { type Doc, Journal, type JournalOptions } from "./journal";
import { ListIndex, type Lists, type Span } from "./list-index";
import { matches, namedBy, walk, walkedBy } from "./nedb-query";
import { type Inner, keepPlaces, makeStore, type Query, type Store, visit } from "./nedb-store";
import { copyOf, plain } from "./nedb-update";

export interface StoreOptions extends JournalOptions {
	collection: string;
	/** Where the journal lies; without it nothing outlives the process. */
	dir?: string;
}

export interface Filters {
	query?: object;
	/** Fields, `-` before one turns it round. */
	sort?: string | string[];
	limit?: number | string;
	offset?: number | string;
	search?: string;
	searchFields?: string | string[];
}

export interface IndexOptions {
	fieldName: string;
	unique?: boolean;
	sparse?: boolean;
}

/**
 * moleculer-db's memory adapter on the process's journal. A write is answered when it is on disk:
 * also one that changed nothing, since what it saw may not be there yet.
 */
export class JournaledAdapter extends DbService.MemoryAdapter {
	db!: Store;
	private journal: Journal | null = null;
	private lists: ListIndex | null = null;

	constructor(private readonly options: StoreOptions) {
		super(options);
	}

	get writable(): boolean {
		return this.journal?.writable ?? true;
	}

	async state(): Promise<"ok" | "read-only"> {
		return this.writable ? "ok" : "read-only";
	}

	override async connect(): Promise<void> {
		const { collection, dir, ...options } = this.options;
		if (!dir) {
			this.db = makeStore(collection, []);
			return;
		}
		const journal = await Journal.open(dir, options);
		this.journal = journal;
		this.db = journal.attach(collection, docs =>
			makeStore(collection, docs, changed => journal.append(collection, changed))
		);
	}

	override async disconnect(): Promise<void> {
		// What NeDB has queued comes first.
		await this.db?.countAsync({ _id: "" });
		await super.disconnect();
		const journal = this.journal;
		this.journal = null;
		journal?.detach(this.options.collection);
		await journal?.close();
	}

	/** Everything seen so far is on disk. */
	async synced(): Promise<void> {
		await this.journal?.synced();
	}

	override find<T = Doc>(filters: Filters = {}): Promise<T[]> {
		const { query = {}, sort: order = [], limit = 0, offset = 0 } = filters;
		// The inherited one takes a list and numbers only, whatever its type says.
		const sort = typeof order === "string" ? order.split(/[\s,]+/) : order;
		const list = { ...filters, sort, limit: Number(limit), offset: Number(offset) };
		const ids = !filters.search && sort.length === 0 && namedBy(query as Query);
		if (ids) return this.seen(() => this.named(ids, list)) as Promise<T[]>;
		if (!filters.search && walkedBy(this.inner.indexes, query as Query, sort))
			return this.seen(() => this.walk(query as Query, list)) as Promise<T[]>;
		return this.seen(() =>
			(this.createCursor(list as object) as unknown as Datastore.Cursor<T[]>).execAsync()
		);
	}

	override async findOne<T = Doc>(query: object): Promise<T> {
		const ids = idOf(query as Query);
		if (ids) return ((await this.seen(() => this.named(ids, ONE)))[0] ?? null) as T;
		return (await this.seen(() => this.db.findOneAsync(query))) as T;
	}

	override findById<T = Doc>(_id: string | number): Promise<T> {
		return this.findOne<T>({ _id });
	}

	override async count(filters: Filters = {}): Promise<number> {
		// The inherited one copies every document to count them.
		if (filters.search) return (await this.find(filters)).length;
		const [[field = "", value] = [], ...more] = Object.entries(filters.query ?? {});
		const index = this.inner.indexes[field];
		// One key of an index: that many are under it.
		if (index && typeof value === "string" && more.length === 0)
			return this.inner.executor.pushAsync(async () =>
				index instanceof ListIndex ? index.size(value) : index.getMatching(value).length
			);
		return await this.db.countAsync(filters.query ?? {});
	}

	/** A page of one of the lists that `ensureLists` has been asked for. */
	page(key: string, offset: number, limit: number, span?: Span): Promise<Doc[]> {
		const read = async () => {
			const found = this.lists!.page(key, offset, limit, span);
			visit(this.options.collection, found.length);
			return found.map(copyOf);
		};
		return this.seen(() => this.inner.executor.pushAsync(read));
	}

	/** How many documents one of those lists has. */
	size(key: string, span?: Span): Promise<number> {
		return this.inner.executor.pushAsync(async () => this.lists!.size(key, span));
	}

	override insert(entity: object): Promise<object> {
		return this.save(() => this.db.insertAsync(plain(entity) as Doc));
	}

	override insertMany(entities: object[]): Promise<object[]> {
		return this.save(() => this.db.insertAsync(plain(entities) as Doc[]));
	}

	/** Changes one document, if one matches, and answers it as it is then; else `null`. */
	async changeOne<T = Doc>(query: object, update: object): Promise<T | null> {
		const result = await this.save(() =>
			this.db.updateAsync(query, plain(update), { returnUpdatedDocs: true })
		);
		return (result.affectedDocuments ?? null) as T | null;
	}

	/** A lot at a time: others' requests come between. */
	override async updateMany(query: object, update: object): Promise<number> {
		const own = plain(update);
		const ids = namedBy(query as Query) ?? (await this.fitting(query as Query));
		let changed = 0;
		do {
			const lot = { ...query, _id: { $in: ids.splice(0, LOT) } };
			const result = await this.save(() => this.db.updateAsync(lot, own, { multi: true }));
			changed += result.numAffected;
			if (ids.length) await turn();
		} while (ids.length);
		return changed;
	}

	override updateById(_id: string | number, update: object): Promise<object> {
		return this.changeOne({ _id }, update) as Promise<object>;
	}

	override removeMany(query: object): Promise<number> {
		return this.save(() => this.db.removeAsync(query, { multi: true }));
	}

	/** Answers how many, like the inherited one, whatever its type says. */
	override removeById(_id: string | number) {
		return this.save(() => this.db.removeAsync({ _id }, {})) as unknown as Promise<object>;
	}

	override async clear(): Promise<void> {
		await this.removeMany({});
	}

	/** An index lives in memory: the service asks for it at each start. */
	async ensureIndex(index: IndexOptions): Promise<void> {
		const { indexes } = this.inner;
		if (indexes[index.fieldName]) return;
		await this.db.ensureIndexAsync(index);
		keepPlaces(indexes[index.fieldName]!);
	}

	/** The lists that documents are in; like an index they live in memory. */
	async ensureLists(lists: Lists): Promise<void> {
		const { indexes } = this.inner;
		const known = indexes[lists.keys];
		if (known) {
			this.lists = known as ListIndex;
			return;
		}
		const byId = indexes._id!;
		this.lists = new ListIndex(lists, ids => ids.flatMap(id => byId.getMatching(id)));
		this.lists.reset(this.db.getAllData() as Doc[]);
		indexes[lists.keys] = this.lists;
	}

	private get inner(): Inner {
		return this.db as unknown as Inner;
	}

	/** The ids of those that a query is about now. */
	private fitting(query: Query): Promise<string[]> {
		return this.inner.executor.pushAsync(async () => {
			const candidates = await this.inner._getCandidatesAsync(query);
			return candidates.flatMap(doc => (matches(doc, query) ? doc._id : []));
		});
	}

	private named(
		ids: readonly string[],
		{ limit, offset }: { limit: number; offset: number }
	): Promise<Doc[]> {
		return this.inner.executor.pushAsync(async () => {
			const index = this.inner.indexes._id!;
			const found = ids.flatMap(id => index.getMatching(id));
			visit(this.options.collection, found.length);
			return found.slice(offset, limit ? offset + limit : undefined).map(copyOf);
		});
	}

	/** A range, read in the order of its index and no further than is asked for. */
	private walk(
		query: Query,
		{ sort, limit, offset }: { sort: string[]; limit: number; offset: number }
	): Promise<Doc[]> {
		return this.inner.executor.pushAsync(async () => {
			const index = this.inner.indexes[walkedBy(this.inner.indexes, query, sort)!]!;
			const wanted = limit ? offset + limit : Infinity;
			const { found, visited } = walk(index, query, sort, wanted);
			visit(this.options.collection, visited);
			return found.slice(offset, wanted).map(copyOf);
		});
	}

	/** What has been read is on disk by the time it is told: no crash takes back what somebody has seen. */
	private async seen<T>(read: () => Promise<T>): Promise<T> {
		const others = giveWay();
		if (others) await others;
		const found = await read();
		try {
			await this.synced();
		} catch {
			return read(); // the disk refused it, so it has been undone
		}
		return found;
	}

	private async save<T>(run: () => Promise<T>): Promise<T> {
		this.journal?.ensureWritable();
		try {
			return await run();
		} finally {
			await this.journal?.synced();
		}
	}
}

/** Documents that are changed at a stretch. */
const LOT = 100;
const ONE = { limit: 1, offset: 0 };
/** The one id that is all a query says. */
const idOf = ({ _id, ...more }: Query) =>
	typeof _id === "string" && Object.keys(more).length === 0 ? [_id] : undefined;
