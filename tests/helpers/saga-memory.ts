type Doc = Record<string, unknown> & { _id: string };
type Fields = Record<string, unknown>;
type Update = Partial<Record<"$set" | "$inc" | "$unset" | "$push", Fields>>;

const valueAt = (doc: Fields, path: string) =>
	path.includes(".")
		? path.split(".").reduce<unknown>((value, key) => (value as Fields | undefined)?.[key], doc)
		: doc[path];
const compare = (a: unknown, b: unknown) => ((a as number) < (b as number) ? -1 : a === b ? 0 : 1);

const TESTS: Record<string, (value: unknown, wanted: never) => boolean> = {
	$exists: (value, wanted: boolean) => (value !== undefined) === wanted,
	$gt: (value, wanted: number) => typeof value === typeof wanted && (value as number) > wanted,
	$gte: (value, wanted: number) => typeof value === typeof wanted && (value as number) >= wanted,
	$lte: (value, wanted: number) => typeof value === typeof wanted && (value as number) <= wanted,
	$in: (value, wanted: unknown[]) => wanted.includes(value)
};
function fits(value: unknown, condition: unknown): boolean {
	if (typeof condition !== "object" || condition === null)
		return Array.isArray(value) ? value.includes(condition) : value === condition;
	return Object.entries(condition).every(([name, wanted]) => {
		const test = TESTS[name];
		if (!test) throw new Error(`The store for histories knows no ${name}`);
		return test(value, wanted as never);
	});
}

/** A copy with another value at a path; undefined takes it away. */
function withValue(fields: Fields, [key = "", ...rest]: string[], value: unknown): Fields {
	if (rest.length)
		return { ...fields, [key]: withValue((fields[key] as Fields) ?? {}, rest, value) };
	const { [key]: _, ...others } = fields;
	return value === undefined ? others : { ...fields, [key]: value };
}
function changed(doc: Doc, { $set = {}, $inc = {}, $unset = {}, $push = {} }: Update): Doc {
	let next: Fields = doc;
	const set = (path: string, value: unknown) => (next = withValue(next, path.split("."), value));
	for (const [path, value] of Object.entries($set)) if (value !== undefined) set(path, value);
	for (const [path, n] of Object.entries($inc))
		set(path, ((valueAt(next, path) as number | undefined) ?? 0) + (n as number));
	for (const path of Object.keys($unset))
		if (valueAt(next, path) !== undefined) set(path, undefined);
	for (const [path, item] of Object.entries($push))
		set(path, [...((valueAt(next, path) as unknown[] | undefined) ?? []), item]);
	return next as Doc;
}

/** As much of a store as the checkout needs, many times faster than NeDB; that both do the same is tested. */
export class MemoryStore {
	private docs = new Map<string, Doc>();

	constructor(private readonly unique?: string) {}

	private matching(query: Fields): Doc[] {
		const { _id } = query;
		const one = typeof _id === "string" ? this.docs.get(_id) : undefined;
		const among = typeof _id === "string" ? (one ? [one] : []) : [...this.docs.values()];
		const conditions = Object.entries(query);
		return among.filter(doc =>
			conditions.every(([path, condition]) => fits(valueAt(doc, path), condition))
		);
	}
	private refuseTaken(doc: Doc) {
		const value = this.unique && doc[this.unique];
		if (!value) return;
		for (const other of this.docs.values())
			if (other._id !== doc._id && other[this.unique!] === value)
				throw Object.assign(new Error("Taken"), { errorType: "uniqueViolated" });
	}

	async find({
		query,
		sort = [],
		limit,
		offset = 0
	}: {
		query: object;
		sort?: string[];
		limit: number;
		offset?: number;
	}): Promise<object[]> {
		const found = this.matching(query as Fields);
		const by = [...sort, "_id"].map(field => ({
			key: field.replace("-", ""),
			sign: field[0] === "-" ? -1 : 1
		}));
		found.sort((a, b) => {
			for (const { key, sign } of by) {
				const order = sign * compare(valueAt(a, key), valueAt(b, key));
				if (order) return order;
			}
			return 0;
		});
		return found.slice(offset, offset + limit);
	}
	async findById(id: string): Promise<object | null> {
		return this.docs.get(id) ?? null;
	}
	async count({ query }: { query: object }): Promise<number> {
		return this.matching(query as Fields).length;
	}
	async insert(document: object): Promise<object> {
		const doc = structuredClone(document) as Doc;
		if (this.docs.has(doc._id))
			throw Object.assign(new Error("Taken"), { errorType: "uniqueViolated" });
		this.refuseTaken(doc);
		this.docs.set(doc._id, doc);
		return doc;
	}
	async changeOne(query: object, update: object): Promise<object | null> {
		const [doc] = this.matching(query as Fields);
		if (!doc) return null;
		const next = changed(doc, update);
		this.refuseTaken(next);
		this.docs.set(doc._id, next);
		return next;
	}
}
