import { setTimeout as sleep } from "node:timers/promises";
import type { Service, ServiceSchema } from "moleculer";
import { dataDir, mongoUri } from "../services/settings";
import type { Paged } from "../services/shared/fields";
import type { Lists, Span } from "./list-index";
import { JournaledAdapter } from "./nedb-adapter";

/** A condition on one field, as NeDB and MongoDB both understand it. */
type Condition =
	| string
	| number
	| boolean
	| null
	| {
			$in?: readonly (string | number)[];
			$nin?: readonly (string | number)[];
			$gt?: string | number;
			$gte?: string | number;
			$lt?: string | number;
			$lte?: string | number;
			$ne?: string | number | boolean | null;
			$exists?: boolean;
	  };
/** Fields, also dotted ones into maps, that must all be as said. Never `$ne` on an array: NeDB matches any element. */
export type Query = Record<string, Condition> | { $or: Query[] };
export interface Update {
	$set?: Record<string, unknown>;
	$unset?: Record<string, true>;
	$inc?: Record<string, number>;
	$push?: Record<string, unknown>;
}
export interface Index {
	fields: string[];
	unique?: boolean;
	/** Documents without the field are left out. */
	sparse?: boolean;
}
export interface FindOptions {
	/** Field names, "-createdAt" for the largest first. */
	sort?: string[];
	limit: number;
	offset?: number;
}

/** What the two stores have in common; both speak of `_id`. */
export interface Adapter {
	init(broker: unknown, service: unknown): void;
	connect(): Promise<void>;
	disconnect(): Promise<void>;
	find(filters: {
		query: object;
		sort?: string[];
		limit: number;
		offset?: number;
	}): Promise<object[]>;
	findById(id: string): Promise<object | null>;
	count(filters: { query: object }): Promise<number>;
	insert(document: object): Promise<object>;
	changeOne(query: object, update: object): Promise<object | null>;
	updateMany(query: object, update: object): Promise<number>;
	removeMany(query: object): Promise<number>;
	ensureIndex(index: { fieldName: string; unique?: boolean; sparse?: boolean }): Promise<void>;
	ensureLists(lists: Lists): Promise<void>;
	page(key: string, offset: number, limit: number, span?: Span): Promise<object[]>;
	size(key: string, span?: Span): Promise<number>;
	/** Is it reached, and does it take writes? */
	state(): Promise<"ok" | "down" | "read-only">;
}

function toQuery(query: Query): object {
	if ("$or" in query) return { $or: (query.$or as Query[]).map(toQuery) };
	const { id, ...rest } = query as Record<string, Condition>;
	return id === undefined ? rest : { _id: id, ...rest };
}
/** Without operators that say nothing: not every server takes them. */
const filled = (update: Update): Update =>
	Object.fromEntries(Object.entries(update).filter(([, fields]) => Object.keys(fields).length));
/** Key by key: the rest of an object takes three times as long, and everything that is read comes by here. */
function fromStore<T>(document: object): T {
	const stored = document as Record<string, unknown>;
	const found: Record<string, unknown> = { id: stored._id };
	for (const key of Object.keys(stored)) if (key !== "_id") found[key] = stored[key];
	return found as T;
}
const isTaken = (err: unknown) => {
	const { errorType, code } = err as { errorType?: string; code?: number };
	return errorType === "uniqueViolated" || code === 11000;
};

/** The documents of one kind. Every write answers once it is durable; a change is one conditional update of one document. */
export class Collection<T extends { id: string }> {
	constructor(private readonly adapter: Adapter) {}

	async get(id: string): Promise<T | null> {
		const document = await this.adapter.findById(id);
		return document && fromStore<T>(document);
	}
	async find(query: Query, { sort, limit, offset }: FindOptions): Promise<T[]> {
		const found = await this.adapter.find({
			query: toQuery(query),
			limit,
			...(sort && { sort: sort.map(field => field.replace(/^(-?)id$/, "$1_id")) }),
			...(offset && { offset })
		});
		return found.map(document => fromStore<T>(document));
	}
	count(query: Query): Promise<number> {
		return this.adapter.count({ query: toQuery(query) });
	}
	/**
	 * A part of one of the table's lists, in its order: a query without a search, however long the list is. MongoDB
	 * looks at what an offset skips; at what comes before a span it doesn't.
	 */
	async page(
		key: string,
		{ offset = 0, limit }: Pick<FindOptions, "offset" | "limit">,
		span?: Span
	): Promise<T[]> {
		const found = await this.adapter.page(key, offset, limit, span);
		return found.map(document => fromStore<T>(document));
	}
	/**
	 * The length of one of the table's lists. With MongoDB, that of more than a thousand may be some seconds old: a
	 * count there looks at each.
	 */
	size(key: string, span?: Span): Promise<number> {
		return this.adapter.size(key, span);
	}
	/** A page of one of the table's lists as the contract's lists are answered. */
	async list<V>(
		key: string,
		{ page, pageSize }: { page: number; pageSize: number },
		view: (document: T) => V
	): Promise<Paged<V>> {
		const offset = (page - 1) * pageSize;
		const [found, size] = await Promise.all([
			this.page(key, { offset, limit: pageSize }),
			this.size(key)
		]);
		// what is seen is also counted
		const total = Math.max(size, found.length && offset + found.length);
		return { items: found.map(view), page, pageSize, total };
	}
	/** False when the id, or another unique field, is taken. */
	async create({ id, ...rest }: T): Promise<boolean> {
		try {
			await this.adapter.insert({ _id: id, ...rest });
			return true;
		} catch (err) {
			if (isTaken(err)) return false;
			throw err;
		}
	}
	/** The document after the change, or null when none matched. */
	async change(query: Query, update: Update): Promise<T | null> {
		const document = await this.adapter.changeOne(toQuery(query), filled(update));
		return document && fromStore<T>(document);
	}
	/** How many were changed; each by itself, not all at once. */
	changeAll(query: Query, update: Update): Promise<number> {
		return this.adapter.updateMany(toQuery(query), filled(update));
	}
	remove(query: Query): Promise<number> {
		return this.adapter.removeMany(toQuery(query));
	}
}

type Tables = Record<string, { indexes?: Index[]; lists?: Lists }>;

/** The store of this process by its environment. MongoDB's driver is loaded only where it is used. */
function adapterOf(name: string, service: Service): Adapter {
	let adapter: unknown;
	if (mongoUri) {
		const { MongoAdapter } = require("./mongo-adapter") as typeof import("./mongo-adapter");
		adapter = new MongoAdapter(mongoUri, name);
	} else adapter = new JournaledAdapter({ dir: dataDir, collection: name, logger: service.logger });
	// moleculer-db's types take one field to sort by, its code a list of them
	(adapter as Adapter).init(service.broker, service);
	return adapter as Adapter;
}

/** Milliseconds between two looks for a database that isn't there yet. */
const LOOK_EVERY = 1000;
/** A server that starts later than the node is waited for: the service is there once its store is. */
async function connected(adapter: Adapter, { logger }: Service): Promise<void> {
	for (;;) {
		try {
			return await adapter.connect();
		} catch (err) {
			if ((err as { type?: string }).type !== "STORAGE_UNAVAILABLE" || !mongoUri) throw err;
			logger.warn("The database can't be reached yet");
			await sleep(LOOK_EVERY);
		}
	}
}

/** The store of a service: `this.<name>` is a Collection for each table; NeDB files or MongoDB, as the environment says. */
export function db(tables: Tables): Partial<ServiceSchema> {
	const adapters = new WeakMap<Service, Adapter[]>();
	return {
		created(this: Service) {
			const made = Object.keys(tables).map(name => {
				const adapter = adapterOf(name, this);
				(this as unknown as Record<string, unknown>)[name] = new Collection(adapter);
				return adapter;
			});
			adapters.set(this, made);
		},
		async started(this: Service) {
			const made = adapters.get(this)!;
			await Promise.all(made.map(adapter => connected(adapter, this)));
			await Promise.all(
				Object.values(tables).flatMap(({ indexes = [], lists }, i) => [
					...indexes.map(({ fields, ...kind }) =>
						made[i]!.ensureIndex({ fieldName: fields.join(","), ...kind })
					),
					...(lists ? [made[i]!.ensureLists(lists)] : [])
				])
			);
		},
		async stopped(this: Service) {
			await Promise.all(adapters.get(this)!.map(adapter => adapter.disconnect()));
		},
		methods: {
			async needs(this: Service) {
				const states = await Promise.all(adapters.get(this)!.map(adapter => adapter.state()));
				return { store: states.find(state => state !== "ok") ?? "ok" };
			}
		}
	};
}
