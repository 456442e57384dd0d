import Datastore from "@seald-io/nedb";
import type { Doc } from "./journal-format";
import { candidatesOf, checkObject, type Index, type Indexes, matches } from "./nedb-query";
import { changed, copyOf, isOwn, type Update } from "./nedb-update";

export type Query = Record<string, unknown>;
export type Store = Datastore<Doc>;

interface Change {
	oldDoc: Doc;
	newDoc: Doc;
}

interface How {
	multi?: boolean;
	upsert?: boolean;
	returnUpdatedDocs?: boolean;
}
interface Updated {
	numAffected: number;
	upsert: boolean;
	affectedDocuments: Doc | Doc[] | null;
}

/** How many documents the stores of this process have looked at, by collection: what tests hold against growth. */
export const visits = new Map<string, number>();

/** What we need of NeDB beyond its types; a new version of it must be looked at (it is pinned). */
export interface Inner {
	_resetIndexes(docs: Doc[]): void;
	_getRawCandidates(query: Query): Doc[];
	indexes: Indexes;
	executor: { pushAsync<T>(work: () => Promise<T>): Promise<T> };
	_getCandidatesAsync(query: Query): Promise<Doc[]>;
	_insertAsync(made: Doc | Doc[]): Promise<Doc | Doc[]>;
	_insertInCache(made: Doc | Doc[]): void;
	_updateAsync(query: Query, update: Update, how: How): Promise<Updated>;
	_updateIndexes(changes: Change[]): void;
	persistence: { persistNewStateAsync(docs: Doc[]): Promise<void> };
}

export const visit = (collection: string, docs: number) =>
	visits.set(collection, (visits.get(collection) ?? 0) + docs);

/** The fields of an update may be paths; what they are given is a value as any other. */
const checkValues = (fields: object) => Object.values(fields).forEach(checkObject);

/** NeDB in memory, with what is slow in it done our way. */
export function makeStore(collection: string, docs: Doc[], written?: (docs: Doc[]) => void): Store {
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
	// NeDB copies the whole document to change it, checks all of it again, and copies it once more to answer.
	const theirs = inner._updateAsync.bind(db);
	inner._updateAsync = async (query, update, how) => {
		if (how.upsert || !isOwn(update)) return theirs(query, update, how);
		const candidates = await inner._getCandidatesAsync(query);
		const fits = (doc: Doc) => matches(doc, query);
		const found = how.multi ? candidates.filter(fits) : [candidates.find(fits) ?? []].flat();
		for (const fields of Object.values(update)) checkValues(fields as object);
		const changes = found.map(oldDoc => ({ oldDoc, newDoc: changed(oldDoc, update) }));
		inner._updateIndexes(changes);
		const docs = changes.map(({ newDoc }) => newDoc);
		await inner.persistence.persistNewStateAsync(docs);
		const copies = how.returnUpdatedDocs ? docs.map(copyOf) : [];
		return {
			numAffected: docs.length,
			upsert: false,
			affectedDocuments: (how.multi ? copies : copies[0]) ?? null
		};
	};
	inner.persistence.persistNewStateAsync = async docs => {
		// The definition of an index comes this way too.
		if (docs.length > 0 && docs[0]!._id !== undefined) written?.(docs);
	};
	return db;
}

/**
 * NeDB takes a changed document out of every index and puts it back in, which copies the list of all
 * that share its key: with 50,000 orders of one status, 2 ms an update. Where the key stays,
 * the document is replaced in its place.
 */
export function keepPlaces(index: Index): void {
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
