import type { Doc } from "./journal-format";

type Fields = Record<string, unknown>;
export type Update = Record<string, unknown>;
/** Changes a field of an object that is ours to change. */
type Change = (into: Fields, field: string, value: unknown) => void;

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;

/** A copy of what a document holds: values that JSON knows, and nothing else. */
export function copyOf<T>(value: T): T {
	if (!isObject(value)) return value;
	if (Array.isArray(value)) return value.map(copyOf) as T;
	const copy: Fields = {};
	for (const key of Object.keys(value)) copy[key] = copyOf(value[key]);
	return copy as T;
}

/** A copy that is what would come back from disk: undefined, NaN or a Date would part memory from the journal. */
export function plain<T>(value: T): T {
	return (plainOrNothing(value) ?? null) as T;
}
function plainOrNothing(value: unknown): unknown {
	if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
	if (typeof value === "number") return Number.isFinite(value) ? value + 0 : null;
	if (typeof value === "bigint") throw new TypeError("JSON has no word for a BigInt");
	if (!isObject(value)) return undefined;
	if (Array.isArray(value)) return value.map(item => plain(item));
	if (typeof value.toJSON === "function") return plain((value.toJSON as () => unknown)());
	const copy: Fields = {};
	for (const key of Object.keys(value)) {
		// in a copy it would be no field but where others come from
		const known = key === "__proto__" ? undefined : plainOrNothing(value[key]);
		if (known !== undefined) copy[key] = known;
	}
	return copy;
}

const CHANGES: Record<string, Change> = {
	$set(into, field, value) {
		into[field] = value;
	},
	$unset(into, field) {
		delete into[field];
	},
	$inc(into, field, value) {
		const { [field]: known = 0 } = into;
		if (typeof value !== "number" || typeof known !== "number")
			throw new Error(`${field} can't be incremented: it takes numbers`);
		into[field] = known + value;
	},
	$push(into, field, value) {
		const { [field]: known = [] } = into;
		if (!Array.isArray(known)) throw new Error(`Nothing can be pushed to ${field}, it is no list`);
		into[field] = [...(known as unknown[]), value];
	}
};
/** Can `changed` do this one? */
export const isOwn = (update: Update): boolean =>
	Object.keys(update).every(
		name =>
			Object.hasOwn(CHANGES, name) &&
			isObject(update[name]) &&
			!Object.values(update[name]).some(value => isObject(value) && "$each" in value)
	);

/**
 * A document as an update leaves it. What the update doesn't touch, both share: no stored document is ever changed, and
 * none leaves the store but as a copy. The update's values go in as they are.
 */
export function changed(doc: Doc, update: Update): Doc {
	const result: Doc = { ...doc };
	const own = new Set<object>([result]);
	for (const [name, fields] of Object.entries(update))
		for (const [path, value] of Object.entries(fields as Fields)) {
			const steps = path.split(".");
			if (steps.some(step => step.startsWith("$"))) throw new Error(`${path} is no field`);
			const field = steps.pop()!;
			const into = reach(result, steps, own, name !== "$unset");
			if (into) CHANGES[name]!(into, field, value);
		}
	if (result._id !== doc._id) throw new Error("A document keeps its _id");
	return result;
}
/** The object at a path, with all on the way to it made our own. */
function reach(from: Fields, steps: string[], own: Set<object>, make: boolean): Fields | undefined {
	let into = from;
	for (const step of steps) {
		const known = into[step];
		if (known === undefined && !make) return undefined;
		if (known !== undefined && !isObject(known)) throw new Error(`${step} has no fields`);
		if (known && own.has(known)) {
			into = known;
			continue;
		}
		const next = (Array.isArray(known) ? [...(known as unknown[])] : { ...known }) as Fields;
		own.add(next);
		into[step] = next;
		into = next;
	}
	return into;
}
