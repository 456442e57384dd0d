import { setTimeout as sleep } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { MongoAdapter } from "../../mixins/mongo-adapter";
import { visits } from "../../mixins/nedb-store";
import { mongoUri } from "../../services/settings";

export interface Cost {
	/** Documents that were looked at; with MongoDB those that came back. */
	visited: number;
	/** With MongoDB: queries that begin with no index. */
	scans: string[];
}
type Fields = Record<string, unknown>;
/** Milliseconds between two runs: a catalogue that catches up looks at a hundred products at a stretch. */
const APART = 30;

/** Counts what the stores look at for a piece of work. */
export function accounting() {
	const client = mongoUri ? new MongoClient(mongoUri) : null;
	const asked: { table: string; query: Fields; visited: number }[] = [];
	if (client) listen((table, query, visited) => asked.push({ table, query, visited }));
	afterAll(() => client?.close());

	async function counted(work: () => Promise<unknown>): Promise<Cost> {
		const before = sum(visits.values());
		asked.length = 0;
		await work();
		if (!client) return { visited: sum(visits.values()) - before, scans: [] };
		const done = [...asked];
		const scans: string[] = [];
		for (const { table, query } of done)
			if (!(await isIndexed(client, table, query))) scans.push(`${table} ${JSON.stringify(query)}`);
		return { visited: sum(done.map(({ visited }) => visited)), scans };
	}
	/** The least of some runs, apart from each other: what else goes on in the shop isn't the work's. */
	return async function costOf(work: () => Promise<unknown>, runs = 5): Promise<Cost> {
		let least = await counted(work);
		for (let i = 1; i < runs; i++) {
			await sleep(APART);
			const cost = await counted(work);
			if (cost.visited < least.visited) least = cost;
		}
		return least;
	};
}
const sum = (numbers: Iterable<number>) => [...numbers].reduce((a, b) => a + b, 0);

/** Is there an index that begins with a field for which the query names values? */
async function isIndexed(client: MongoClient, table: string, query: Fields): Promise<boolean> {
	if (typeof query._id === "string") return true; // of a table too that has nothing yet, nor indexes
	const indexes = await client.db().collection(table).indexes();
	return indexes.some(({ key }) => {
		const value = query[Object.keys(key)[0]!];
		const operators = Object.keys(Object(value));
		return typeof value === "string" || operators.some(name => /^\$(in|[gl]te?)$/.test(name));
	});
}

const METHODS = ["find", "findById", "count", "changeOne", "updateMany", "removeMany"] as const;
/** Hears of every query of this process's adapters. */
function listen(hear: (table: string, query: Fields, visited: number) => void) {
	const prototype = MongoAdapter.prototype as unknown as Record<
		string,
		(...args: unknown[]) => Promise<unknown>
	>;
	for (const name of METHODS) {
		const method = prototype[name]!;
		prototype[name] = async function (this: { table: string }, ...args) {
			const result = await method.apply(this, args);
			const [given] = args as [string | (Fields & { query?: Fields })];
			const query = typeof given === "string" ? { _id: given } : (given.query ?? given);
			const size = Array.isArray(result) ? result.length : Number(result);
			hear(this.table, query, Number.isNaN(size) ? 1 : size);
			return result;
		};
	}
}
