import {
	MongoClient,
	MongoError,
	type Collection,
	type Db,
	type Document,
	type Filter,
	type Sort
} from "mongodb";
import MongoDbAdapter from "moleculer-db-adapter-mongo";
import { fail } from "../services/errors";
import type { Lists, Span } from "./list-index";
import { LongLists } from "./long-lists";
import "./mongo-lines";

type Doc = Document & { _id: string };
type Sorted = string | number;
/** Milliseconds: whatever the database doesn't answer in that time has an unknown outcome. */
const PATIENCE = 4000;
const DATABASE = "commercify";
/** From here on it is quicker to look up which documents a page has before they are read. */
const FAR = 500;

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
	private lists: {
		keys: string;
		order: Record<string, 1 | -1>;
		long: LongLists;
		/** The lengths of parts of lists, by the queries for them. */
		parts: LongLists;
		upTo(edge: string | number): object;
		within(span: Span): object;
		/** What comes after a place: first those with its value, then all others. */
		beyond(span: Span): [object, object] | null;
	} | null = null;

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
	async ensureLists({ keys, sort }: Lists): Promise<void> {
		const field = sort.replace("-", "");
		const direction = sort.startsWith("-") ? -1 : 1;
		const order = { [field]: direction, _id: direction } as const;
		const long = new LongLists({
			count: (key, limit) =>
				this.sure(() => this.documents.countDocuments({ [keys]: key }, limit ? { limit } : {})),
			sortOf: (key, n) =>
				this.sure(async () => {
					const nth = this.documents
						.find({ [keys]: key })
						.sort(order)
						.skip(n - 1)
						.limit(1);
					return (await nth.project({ [field]: 1 }).toArray())[0]?.[field];
				})
		});
		const parts = new LongLists({
			count: (query, limit) =>
				this.sure(() => this.documents.countDocuments(JSON.parse(query), limit ? { limit } : {})),
			sortOf: async () => undefined
		});
		const bounds = ({ from, to }: Span) => ({
			...(from !== undefined && { $gte: from }),
			...(to !== undefined && { $lt: to })
		});
		const past = direction < 0 ? "$lt" : "$gt";
		const within = direction < 0 ? "$gte" : "$lte";
		this.lists = {
			keys,
			order,
			long,
			parts,
			upTo: edge => ({ [field]: { [within]: edge } }),
			within: span => (Object.keys(bounds(span)).length ? { [field]: bounds(span) } : {}),
			beyond: ({ after, ...span }) =>
				after
					? [
							{
								$and: [{ [field]: after.sort }, { [field]: { $exists: true, ...bounds(span) } }],
								_id: { [past]: after.id }
							},
							{ [field]: tighter(bounds(span), past, after.sort) }
						]
					: null
		};
		await this.sure(() =>
			this.documents.createIndex(
				{ [keys]: 1, ...order },
				{ partialFilterExpression: { [keys]: { $exists: true } } }
			)
		);
	}
	/**
	 * What is skipped is skipped in the index, and only documents of the page are read. MongoDB stops at its end anyway;
	 * servers of its kind that sort what they have found are told where a long list's first pages end.
	 */
	page(key: string, offset: number, limit: number, span?: Span): Promise<Doc[]> {
		const { keys, order, long, upTo } = this.lists!;
		if (span && Object.values(span).some(bound => bound !== undefined))
			return this.part(key, offset, limit, span);
		const cut = (query: object) => this.documents.find(query).sort(order).skip(offset).limit(limit);
		return this.sure(async () => {
			const edge = long.edge(key, offset + limit);
			if (edge !== undefined) {
				const near = await cut({ [keys]: key, ...upTo(edge) }).toArray();
				if (near.length === limit) return near;
			}
			if (offset < FAR) return cut({ [keys]: key }).toArray();
			const places = await cut({ [keys]: key })
				.project({ _id: 1 })
				.toArray();
			const ids = places.map(({ _id }) => _id as string);
			if (ids.length === 0) return [];
			const found = await this.documents.find({ _id: { $in: ids }, [keys]: key }).toArray();
			return found.toSorted((a, b) => ids.indexOf(a._id) - ids.indexOf(b._id));
		}) as Promise<Doc[]>;
	}
	/** A part of a list begins where the index says it does, however much comes before. */
	private part(key: string, offset: number, limit: number, span: Span): Promise<Doc[]> {
		const { keys, order, within, beyond } = this.lists!;
		const cut = (query: object, skip: number, count: number) =>
			this.documents
				.find({ [keys]: key, ...query })
				.sort(order)
				.skip(skip)
				.limit(count)
				.toArray();
		return this.sure(async () => {
			const steps = beyond(span);
			if (!steps) return cut(within(span), offset, limit);
			const enough = offset + limit;
			const equals = await cut(steps[0], 0, enough);
			const rest = enough - equals.length;
			const others = rest > 0 ? await cut(steps[1], 0, rest) : [];
			return [...equals, ...others].slice(offset);
		}) as Promise<Doc[]>;
	}
	size(key: string, span: Span = {}): Promise<number> {
		const { keys, long, parts, within } = this.lists!;
		const bounds = within(span);
		if (!Object.keys(bounds).length) return long.size(key);
		return parts.size(JSON.stringify({ [keys]: key, ...bounds }));
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

/** Bounds with one more; of two of a kind the tighter one. */
function tighter(bounds: Record<string, Sorted>, past: "$lt" | "$gt", place: Sorted) {
	const known = bounds[past];
	const isTighter = known === undefined || (past === "$lt" ? place < known : place > known);
	return isTighter ? { ...bounds, [past]: place } : bounds;
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
