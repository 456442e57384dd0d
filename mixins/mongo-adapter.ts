import { MongoClient, MongoError, type Collection, type Db, type Filter, type Sort } from "mongodb";
import MongoDbAdapter from "moleculer-db-adapter-mongo";
import { fail } from "../services/errors";
import type { Lists, Span } from "./list-index";
import "./mongo-lines";
import { MongoLists, type Doc } from "./mongo-lists";

/** Milliseconds: whatever the database doesn't answer in that time has an unknown outcome. */
const PATIENCE = 4000;
const DATABASE = "commercify";

const clients = new Map<string, { client: MongoClient; users: number }>();

/** One client a process and URI: it has the pool. Decisions are read from the primary, and last. */
function open(uri: string): MongoClient {
	const shared = clients.get(uri) ?? {
		users: 0,
		client: new MongoClient(uri, {
			appName: "commercify",
			maxPoolSize: 50,
			serverSelectionTimeoutMS: PATIENCE,
			connectTimeoutMS: PATIENCE,
			socketTimeoutMS: PATIENCE,
			waitQueueTimeoutMS: PATIENCE,
			retryWrites: true,
			readPreference: "primary",
			readConcernLevel: "majority",
			writeConcern: { w: "majority" }
		})
	};
	shared.users++;
	clients.set(uri, shared);
	return shared.client;
}
/** The shop's database; to be left with `close`. Its driver connects with the first thing that is asked. */
export function databaseAt(uri: string): Db {
	const client = open(uri);
	const { dbName } = client.options;
	return client.db(dbName === "test" ? DATABASE : dbName);
}
export async function close(uri: string): Promise<void> {
	const shared = clients.get(uri);
	if (!shared || --shared.users > 0) return;
	clients.delete(uri);
	await shared.client.close();
}

/** What a unique index refused. */
const isTaken = (err: unknown) => (err as { code?: unknown }).code === 11000;

/** What is left of the inherited adapter; its own types are older than its code. */
type Inherited = new (uri: string) => {
	service: { logger: { warn(...args: unknown[]): void } };
	transformSort(sort: string[]): Sort;
};

/**
 * moleculer-db's MongoDB adapter on driver 7: it was written for driver 3, so what speaks the old driver is replaced
 * here. Ids are strings and stay so.
 */
export class MongoAdapter extends (MongoDbAdapter as unknown as Inherited) {
	private documents!: Collection<Doc>;
	private lists!: MongoLists;

	constructor(
		private readonly address: string,
		private readonly table: string
	) {
		super(address);
	}

	init(broker: unknown, service: unknown) {
		Object.assign(this, { broker, service });
	}

	async connect(): Promise<void> {
		const client = open(this.address);
		try {
			await this.sure(() => client.connect());
		} catch (err) {
			await close(this.address);
			throw err;
		}
		const { dbName } = client.options;
		this.documents = client.db(dbName === "test" ? DATABASE : dbName).collection<Doc>(this.table);
	}
	disconnect(): Promise<void> {
		return close(this.address);
	}

	stringToObjectID = (id: string) => id as never;
	objectIDToString = (id: unknown) => id as never;

	findById(_id: string): Promise<Doc | null> {
		return this.sure(() => this.documents.findOne({ _id }));
	}
	find(filters: {
		query: object;
		sort?: string[];
		limit: number;
		offset?: number;
	}): Promise<Doc[]> {
		const { query, sort = [], limit, offset = 0 } = filters;
		return this.sure(() =>
			this.documents.find(query).sort(this.transformSort(sort)).skip(offset).limit(limit).toArray()
		) as Promise<Doc[]>;
	}
	count({ query }: { query: object }): Promise<number> {
		return this.sure(() => this.documents.countDocuments(query));
	}
	async insert(document: object): Promise<object> {
		await this.sure(() => this.documents.insertOne(document as never));
		return document;
	}
	async insertMany(documents: object[]): Promise<object[]> {
		await this.sure(() => this.documents.insertMany(documents as never));
		return documents;
	}
	/** Changes one document, if one matches, and answers it as it is then; else null. */
	changeOne(query: object, update: object): Promise<Doc | null> {
		return this.sure(() =>
			this.documents.findOneAndUpdate(query as Filter<Doc>, update, { returnDocument: "after" })
		) as Promise<Doc | null>;
	}
	async updateMany(query: object, update: object): Promise<number> {
		const { modifiedCount } = await this.sure(() => this.documents.updateMany(query, update));
		return modifiedCount;
	}
	updateById(_id: string, update: object) {
		return this.changeOne({ _id }, update);
	}
	async removeMany(query: object): Promise<number> {
		const { deletedCount } = await this.sure(() => this.documents.deleteMany(query));
		return deletedCount;
	}
	removeById(_id: string) {
		return this.sure(() => this.documents.findOneAndDelete({ _id }));
	}

	async ensureIndex({
		fieldName,
		unique = false,
		sparse = false
	}: {
		fieldName: string;
		unique?: boolean;
		sparse?: boolean;
	}): Promise<void> {
		const fields = Object.fromEntries(fieldName.split(",").map(field => [field, 1 as const]));
		await this.sure(() => this.documents.createIndex(fields, { unique, sparse }));
	}

	/** One index has all lists, in their orders; documents that are in none aren't in it. */
	async ensureLists(lists: Lists): Promise<void> {
		this.lists = new MongoLists(this.documents, lists);
		await this.sure(() =>
			this.documents.createIndex(
				{ [lists.keys]: 1, ...this.lists.order },
				{ partialFilterExpression: { [lists.keys]: { $exists: true } } }
			)
		);
	}
	page(key: string, offset: number, limit: number, span?: Span): Promise<Doc[]> {
		return this.sure(() => this.lists.page(key, offset, limit, span)) as Promise<Doc[]>;
	}
	size(key: string, span?: Span): Promise<number> {
		return this.sure(() => this.lists.size(key, span));
	}

	async state(): Promise<"ok" | "down"> {
		const reached = await this.documents.db.command({ ping: 1 }).then(
			() => "ok" as const,
			() => "down" as const
		);
		return reached;
	}

	/** A database that is away, slow or without a primary is said in our own words; what it did is unknown then. */
	private async sure<T>(work: () => Promise<T>): Promise<T> {
		try {
			return await work();
		} catch (err) {
			if (isAway(err)) {
				this.service.logger.warn((err as MongoError).message);
				return fail("STORAGE_UNAVAILABLE", { retryAfter: 2 });
			}
			throw err;
		}
	}
}

/** Codes of a primary that steps down, isn't one, or shuts down; of limits on time. */
const AWAY_CODES = new Set([6, 7, 50, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
/** Is the server away, or of no use at the moment? */
export const isAway = (err: unknown): boolean =>
	err instanceof MongoError &&
	!isTaken(err) &&
	(/^Mongo(Network|ServerSelection|OperationTimeout|PoolCleared|NotConnected|TopologyClosed|WaitQueueTimeout)/.test(
		err.name
	) ||
		AWAY_CODES.has(Number(err.code)) ||
		err.hasErrorLabel("RetryableWriteError"));
