import type { Doc } from "./journal";

type Query = Record<string, unknown>;
type Test = (key: unknown) => boolean;

/** A node of an index's tree. */
interface Node {
	/** Missing in a tree without nodes. */
	key?: unknown;
	data: Doc[];
	left: Node | null;
	right: Node | null;
	getLowerBoundMatcher(condition: object): Test;
	getUpperBoundMatcher(condition: object): Test;
}
export interface Index {
	fieldName: string;
	/** NeDB's own indexes have one. */
	tree?: { tree: Node; search(key: unknown): Doc[] };
	getMatching(key: unknown): Doc[];
	updateMultipleDocs?(changes: { oldDoc: Doc; newDoc: Doc }[]): void;
}
export type Indexes = Record<string, Index>;

/** How documents are matched, ordered and checked. */
interface Model {
	match(doc: Doc, query: Query): boolean;
	/** Throws on keys with a dot or a leading $. */
	checkObject(value: object): void;
	getDotValue(doc: Doc, field: string): unknown;
	compareThings(a: unknown, b: unknown): number;
}
const model = require("@seald-io/nedb/lib/model") as Model;
export const { match: matches, checkObject } = model;

const isScalar = (value: unknown) => /^(string|number|boolean)$/.test(typeof value);
const has = (value: unknown, operators: string[]) =>
	typeof value === "object" && value !== null && operators.some(name => Object.hasOwn(value, name));
const RANGE = ["$gt", "$gte", "$lt", "$lte"];

/** Documents that a query can be about, by the index that leaves the fewest; null when no index takes what it names. */
export function candidatesOf(indexes: Indexes, query: Query): Doc[] | null {
	const { _id: byId } = indexes;
	if (isScalar(query._id)) return byId!.getMatching(query._id);
	const ids = namedBy({ _id: query._id });
	let fewest: Doc[] | null = ids?.flatMap(id => byId!.getMatching(id)) ?? null;
	for (const [field, value] of Object.entries(query)) {
		const found = isScalar(value) ? indexes[field]?.getMatching(value) : undefined;
		if (found && (!fewest || found.length < fewest.length)) fewest = found;
	}
	return fewest;
}

/** The ids that a query names, when that is all it says: matching each by the list would look at their square. */
export function namedBy(query: Query): string[] | undefined {
	const [[field, value] = [], ...more] = Object.entries(query);
	if (field !== "_id" || more.length > 0 || !has(value, ["$in"])) return undefined;
	const { $in: ids, ...others } = value as { $in: unknown };
	if (!Array.isArray(ids) || Object.keys(others).length > 0) return undefined;
	return ids.every(id => typeof id === "string") ? [...new Set(ids as string[])] : undefined;
}

/** The field by whose index a query's range can be walked in the order that is wanted, if there is one. */
export function walkedBy(indexes: Indexes, query: Query, sort: string[]): string | undefined {
	const asked = Object.entries(query).filter(([field]) => indexes[field]);
	// an equality is the shorter way
	if (asked.some(([, value]) => isScalar(value) || has(value, ["$in"]))) return undefined;
	const [first] = sort;
	return asked.find(
		([field, value]) =>
			indexes[field]!.tree &&
			has(value, RANGE) &&
			(first === undefined || first === field || first === `-${field}`)
	)?.[0];
}

/** The first `wanted` documents of a range in the order of its index, and how many were looked at for them. */
export function walk(
	index: Index,
	query: Query,
	sort: string[],
	wanted: number
): { found: Doc[]; visited: number } {
	const range = query[index.fieldName] as object;
	const root = index.tree!.tree;
	const [isAbove, isBelow] = [root.getLowerBoundMatcher(range), root.getUpperBoundMatcher(range)];
	const down = sort[0]?.startsWith("-") ?? false;
	const found = new Set<Doc>();
	let visited = 0;

	const visit = (docs: Doc[]) => {
		visited += docs.length;
		const fitting = docs.filter(doc => model.match(doc, query));
		if (fitting.length > 1) fitting.sort(order(sort.slice(1)));
		for (const doc of fitting) found.add(doc);
		return found.size < wanted;
	};
	/** False when there are enough. */
	const pass = (node: Node | null): boolean => {
		if (!node || !Object.hasOwn(node, "key")) return true;
		const [above, below] = [isAbove(node.key), isBelow(node.key)];
		const [before, after] = [above ? node.left : null, below ? node.right : null];
		return (
			pass(down ? after : before) &&
			(!above || !below || visit(node.data)) &&
			pass(down ? before : after)
		);
	};
	pass(root);
	return { found: [...found], visited };
}

const order = (sort: string[]) => (a: Doc, b: Doc) => {
	for (const name of sort) {
		const field = name.replace("-", "");
		const difference = model.compareThings(
			model.getDotValue(a, field),
			model.getDotValue(b, field)
		);
		if (difference) return name.startsWith("-") ? -difference : difference;
	}
	return 0;
};
