import Datastore from "@seald-io/nedb";
import DbService from "moleculer-db";
import { type Doc, Journal, type JournalOptions } from "./journal";
import { deserialize, serialize } from "./journal-format";
import { ListIndex, type Lists, type Span } from "./list-index";
import {
	candidatesOf,
	checkObject,
	deepCopy,
	type Index,
	type Indexes,
	namedBy,
	walk,
	walkedBy
} from "./nedb-query";

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

type Query = Record<string, unknown>;
type Store = Datastore<Doc>;

interface Change {
	oldDoc: Doc;
	newDoc: Doc;
}

/** How many documents the stores of this process have looked at, by collection: what tests hold against growth. */
export const visits = new Map<string, number>();

/** What we need of NeDB beyond its types; a new version of it must be looked at (it is pinned). */
interface Inner {
	_resetIndexes(docs: Doc[]): void;
	_getRawCandidates(query: Query): Doc[];
	indexes: Indexes;
	executor: { pushAsync<T>(work: () => Promise<T>): Promise<T> };
	_getCandidatesAsync(query: Query): Promise<Doc[]>;
	_insertAsync(made: Doc | Doc[]): Promise<Doc | Doc[]>;
	_insertInCache(made: Doc | Doc[]): void;
	persistence: { persistNewStateAsync(docs: Doc[]): Promise<void> };
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
			return found.map(deepCopy);
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

	override async updateMany(query: object, update: object): Promise<number> {
		const result = await this.save(() =>
			this.db.updateAsync(query, plain(update), { multi: true })
		);
		return result.numAffected;
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

	private named(
		ids: readonly string[],
		{ limit, offset }: { limit: number; offset: number }
	): Promise<Doc[]> {
		return this.inner.executor.pushAsync(async () => {
			const index = this.inner.indexes._id!;
			const found = ids.flatMap(id => index.getMatching(id));
			visit(this.options.collection, found.length);
			return found.slice(offset, limit ? offset + limit : undefined).map(deepCopy);
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
			return found.slice(offset, wanted).map(deepCopy);
		});
	}

	/** What has been read is on disk by the time it is told: no crash takes back what somebody has seen. */
	private async seen<T>(read: () => Promise<T>): Promise<T> {
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

/**
 * A copy that is what would come back from disk. NeDB keeps the caller's own objects in a `$set`,
 * and undefined, NaN or a BigInt that JSON has no word for would part memory from the journal.
 */
const plain = <T>(value: T): T => deserialize(serialize(value)) as T;

const visit = (collection: string, docs: number) =>
	visits.set(collection, (visits.get(collection) ?? 0) + docs);

function makeStore(collection: string, docs: Doc[], changed?: (docs: Doc[]) => void): Store {
	const db = new Datastore<Doc>();
	const inner = db as unknown as Inner;
	inner._resetIndexes(docs);
	keepPlaces(inner.indexes._id!);
	// Without the search for expired documents, without spreading all of them onto the stack, and by
	// the index that leaves the fewest: NeDB takes the one that the query names last.
	inner._getCandidatesAsync = async query => {
		const candidates = candidatesOf(inner.indexes, query) ?? inner._getRawCandidates(query);
		visit(collection, candidates.length);
		return candidates;
	};
	// What comes here is a copy already, with its _id: NeDB would copy it twice more.
	inner._insertAsync = async made => {
		const docs = [made].flat();
		if (docs.some(({ _id }) => _id === undefined)) throw new Error("A document needs its _id");
		docs.forEach(checkObject);
		inner._insertInCache(made);
		await inner.persistence.persistNewStateAsync(docs);
		return made;
	};
	inner.persistence.persistNewStateAsync = async docs => {
		// The definition of an index comes this way too.
		if (docs.length > 0 && docs[0]!._id !== undefined) changed?.(docs);
	};
	return db;
}

/**
 * NeDB takes a changed document out of every index and puts it back in, which copies the list of all
 * that share its key: with 50,000 orders of one status, 2 ms an update. Where the key stays,
 * the document is replaced in its place.
 */
function keepPlaces(index: Index): void {
	const keyOf = (doc: Doc): unknown =>
		index.fieldName.split(".").reduce<unknown>((value, field) => (value as Query)?.[field], doc);
	const stays = ({ oldDoc, newDoc }: Change) => {
		const key = keyOf(oldDoc);
		return typeof key !== "object" && key === keyOf(newDoc);
	};
	const move = index.updateMultipleDocs!.bind(index);
	index.updateMultipleDocs = changes => {
		// First those that can violate uniqueness: they roll back by themselves.
		const moved = changes.filter(change => !stays(change));
		if (moved.length > 0) move(moved);
		for (const change of changes) {
			if (!stays(change)) continue;
			const docs = index.tree!.search(keyOf(change.oldDoc));
			const at = docs.indexOf(change.oldDoc);
			if (at >= 0) docs[at] = change.newDoc;
		}
	};
}
