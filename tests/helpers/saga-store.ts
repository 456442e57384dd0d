import { Collection, type Adapter } from "../../mixins/db.mixin";
import { JournaledAdapter } from "../../mixins/nedb-adapter";
import type { StockDocument } from "../../services/inventory/stock-update";
import type { OrderDocument } from "../../services/order/order-document";
import type { Charge } from "../../services/payment/provider";
import { MemoryStore } from "./saga-memory";
import type { Machine, Timeline } from "./saga-timeline";

export interface Documents {
	orders: OrderDocument;
	stock: StockDocument;
	movements: { id: string };
	charges: Charge;
}
export type Table = keyof Documents;
export const TABLES: Record<string, Table[]> = {
	order: ["orders"],
	inventory: ["stock", "movements"],
	payment: ["charges"]
};
const UNIQUE: Partial<Record<Table, string>> = { orders: "slot", movements: "place" };

type Fields = Record<string, unknown>;
/** A write on its way to the store, where a seeded bug can change it. */
export interface Write {
	table: Table;
	/** Of an update. */
	query: Fields;
	update: { $set: Fields; $inc: Record<string, number>; $unset: Fields; $push: Fields };
	/** Of an insert. */
	document?: Fields;
}
export interface StoreRules {
	mutate?: ((write: Write) => void) | undefined;
	/** Milliseconds that an operation takes. */
	latency(): number;
	wrote(table: Table, document: object, before: object | undefined): void;
}

type Store = Pick<Adapter, "find" | "findById" | "count" | "insert" | "changeOne">;
/** The store that the shop runs on when nothing is installed. */
async function realStore(table: Table): Promise<Store> {
	const store = new JournaledAdapter({ collection: table });
	await store.connect();
	const fieldName = UNIQUE[table];
	if (fieldName) await store.ensureIndex({ fieldName, unique: true, sparse: true });
	return store as Store;
}

/** The shop's stores, where every operation is a step of the timeline that may be the machine's last. */
export class Stores {
	private readonly stores = new Map<Table, Store>();
	/** Every document as it is now, to look at in no time. */
	readonly documents = {
		orders: new Map<string, OrderDocument>(),
		stock: new Map<string, StockDocument>(),
		movements: new Map<string, { id: string }>(),
		charges: new Map<string, Charge>()
	};

	constructor(
		private readonly timeline: Timeline,
		private readonly rules: StoreRules
	) {}

	async open(real: boolean) {
		for (const table of Object.values(TABLES).flat())
			this.stores.set(table, real ? await realStore(table) : new MemoryStore(UNIQUE[table]));
	}

	/** A table as a machine sees it. */
	tableOf<T extends Table>(machine: Machine, table: T): Collection<Documents[T]> {
		const store = this.stores.get(table)!;
		const step = <R>(work: () => Promise<R>, writes = false) =>
			new Promise<R>((resolve, reject) => {
				const run = () => work().then(resolve, reject);
				// what the store says to the dead is heard by nobody
				const ghost = () => work().catch(() => undefined);
				this.timeline.plan(machine, this.rules.latency(), run, writes ? ghost : undefined);
			});
		const adapter: Store = {
			find: filters => step(() => store.find(filters)),
			findById: id => step(() => store.findById(id)),
			count: filters => step(() => store.count(filters)),
			insert: document => step(() => this.insert(store, table, document), true),
			changeOne: (query, update) => step(() => this.change(store, table, query, update), true)
		};
		return new Collection<Documents[T]>(adapter as Adapter);
	}

	private async insert(store: Store, table: Table, given: object) {
		const document = { ...given } as Fields;
		const write = { table, query: {}, update: noUpdate(), document };
		this.rules.mutate?.(write);
		const made = await store.insert(document);
		this.note(table, made);
		return made;
	}
	private async change(store: Store, table: Table, query: object, update: object) {
		const { mutate } = this.rules;
		const changed = await (mutate
			? this.mutated(store, mutate, { table, query: { ...query }, update: copied(update) })
			: store.changeOne(query, update));
		if (changed) this.note(table, changed);
		return changed;
	}
	private mutated(store: Store, mutate: (write: Write) => void, write: Write) {
		mutate(write);
		const said = Object.entries(write.update).filter(([, fields]) => Object.keys(fields).length);
		return store.changeOne(write.query, Object.fromEntries(said));
	}
	private note(table: Table, stored: object) {
		const { _id: id, ...rest } = stored as { _id: string };
		const documents = this.documents[table] as Map<string, object>;
		const before = documents.get(id);
		const document = { id, ...rest };
		documents.set(id, document);
		this.rules.wrote(table, document, before);
	}
}

const noUpdate = (): Write["update"] => ({ $set: {}, $inc: {}, $unset: {}, $push: {} });
const copied = (update: object) => structuredClone({ ...noUpdate(), ...update });
