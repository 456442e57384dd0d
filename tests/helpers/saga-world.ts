import { opened } from "../../services/inventory/stock-update";
import type { Identity } from "../../services/shared/access";
import { payloadOf, type ActionName, type Result, type Sent } from "../../services/shared/contract";
import type { OrderChanged } from "../../services/shared/order.contract";
import {
	hosted,
	KEEPERS,
	NODES,
	REST_OF_SHOP,
	sellableOf,
	type Ground,
	type Handler,
	type Services
} from "./saga-house";
import { invariantsOf } from "./saga-invariants";
import { Stores, type Table, type Write } from "./saga-store";
import { Machine, Timeline } from "./saga-timeline";
import { NO_FAULTS, Wire, type Faults } from "./saga-wire";

/** A mistake made on purpose, in what the services ask of the store or of each other. */
export interface Bug {
	/** It shows in what comes after a sale: there it is looked for. */
	later?: true;
	write?: (write: Write) => void;
	/** True for a call that comes to nothing, though its caller is told it was done. */
	skips?: (action: string, params: object) => boolean;
	/** What is asked instead. */
	asks?: (action: string, params: object) => object;
}
export interface Setup {
	seed: number;
	faults: Faults;
	/** One process with everything, or several of each service. */
	topology: "one" | "many";
	/** Units of sku-0, sku-1, … */
	stocks: number[];
	/** The SKUs have sold much lately: their documents forget as soon as they may. */
	hot: boolean;
	bug?: Bug | undefined;
	store?: "real" | undefined;
	/** Holds get lost by themselves, as if a disk had: nobody can be held to having them. */
	loses?: boolean | undefined;
}

/** The real services on a timeline of their own, where machines die, pause and mishear, and everything is looked at after each step. */
export class World {
	readonly timeline: Timeline;
	readonly stores: Stores;
	/** What the keepers were told: "<keeper> <order> <seq>". */
	readonly told = new Set<string>();
	/** What was wrong at any moment. */
	readonly complaints: string[] = [];
	/** What the services warned of. */
	readonly warnings: string[] = [];
	/** Who never fails: the buyers and sellers, each at a browser. */
	readonly people = new Machine("people");
	private readonly wire: Wire;
	private readonly shop = new Machine("shop");
	private readonly nodes: { machine: Machine; names: string[]; services: Services }[];
	private faults = NO_FAULTS;
	private calm = false;

	constructor(readonly setup: Setup) {
		this.timeline = new Timeline(setup.seed);
		const { below } = this.timeline;
		this.nodes = NODES[setup.topology].map((names, i) => ({
			machine: new Machine(`node-${i}`, below(setup.faults.skew + 1)),
			names,
			services: new Map()
		}));
		this.wire = new Wire(this.timeline, {
			goes: fault => this.goes(fault),
			find: action => this.find(action),
			mayDouble: from => from !== this.people
		});
		this.stores = new Stores(this.timeline, {
			mutate: setup.bug?.write,
			latency: () => (this.goes("late") ? below(5000) : this.timeline.random() * 3),
			wrote: (table, document, before) => invariantsOf(this, table, document, before)
		});
	}

	private goes(fault: Exclude<keyof Faults, "skew">) {
		return this.timeline.chance(this.faults[fault]);
	}

	/** Lets people do things, then heals everything, waits until all has come to rest, and asks again. */
	async run(people: (() => Promise<void>)[], after?: () => Promise<void>): Promise<void> {
		await this.timeline.lend(
			(machine, work, ms) => this.every(machine, work, ms),
			async () => {
				await this.stores.open(this.setup.store === "real");
				await this.stock();
				for (const node of this.nodes) this.boot(node);
				this.faults = this.setup.faults;
				await this.play(people, 900_000);
				this.heal();
				await this.rest();
				if (after) await this.play([after], 900_000);
			}
		);
	}
	/** Everybody at once, until all are done. */
	private async play(people: (() => Promise<void>)[], atMost: number) {
		let [going, failure]: [number, unknown] = [people.length, undefined];
		const end = this.timeline.clock + atMost;
		for (const person of people)
			this.timeline.plan(this.people, 0, () => {
				void person()
					.catch(err => (failure = err))
					.finally(() => going--);
			});
		while (going && !failure && (await this.step(end)));
		if (failure) throw failure;
		if (going) throw new Error("Somebody waits for ever");
	}
	/** Until nothing is left to do and no message under way, or for long enough that this should be so. */
	private async rest() {
		const start = this.timeline.clock;
		while (this.timeline.clock < start + 200_000) {
			const end = this.timeline.clock + 15_000;
			while (await this.step(end));
			if (this.isAtRest()) break;
		}
		this.calm = false;
	}
	private isAtRest() {
		const { orders, stock } = this.stores.documents;
		return (
			[...orders.values()].every(({ dueAt }) => dueAt === undefined) &&
			[...stock.values()].every(
				({ heldQty, unledgered }) => heldQty === 0 && unledgered === undefined
			)
		);
	}
	private async step(until: number): Promise<boolean> {
		const machine = await this.timeline.next(until);
		if (!machine) return false;
		if (this.complaints.length) throw new Error(this.complaints.join("\n"));
		const node = this.nodes.find(known => known.machine === machine);
		if (node && this.goes("crash")) this.crash(node);
		else if (node && this.goes("pause"))
			machine.pausedUntil = this.timeline.clock + this.timeline.below(25_000);
		return true;
	}
	private heal() {
		this.faults = NO_FAULTS;
		this.calm = true;
		for (const { machine } of this.nodes) machine.pausedUntil = 0;
	}

	private async stock() {
		const table = this.stores.tableOf(this.people, "stock");
		const movements = this.stores.tableOf(this.people, "movements");
		for (const [i, stock] of this.setup.stocks.entries()) {
			const { sku, productId, title, sellerId } = sellableOf(`sku-${i}`);
			const opening = { productId, sellerId, title, stock, threshold: 1 };
			const { document, key } = opened(sku, opening, this.timeline.now());
			// bars of other orders, which nobody will come back for
			if (this.setup.hot)
				for (let n = 0; n < 65; n++)
					document.closed[`o-before-${n}`] = { as: "SOLD", at: Number.MAX_SAFE_INTEGER };
			const at = new Date(document.pending[key]!.at).toISOString();
			const entry = {
				id: `${sku}.${key}`,
				place: `${sku}.1`,
				kind: "initial",
				quantity: stock,
				at
			};
			const made = [
				table.create(document),
				movements.create({ ...entry, sku, version: 1 } as never)
			];
			while (await this.step(this.timeline.clock + 10));
			await Promise.all(made);
		}
	}

	private boot(node: World["nodes"][number]) {
		const { machine, names } = node;
		machine.up = true;
		node.services = new Map();
		this.timeline.as(machine, () => {
			hosted(names, this.ground(machine), node.services).catch(err =>
				this.complaints.push(`${machine.name} doesn't start: ${String(err)}`)
			);
		});
	}
	private ground(machine: Machine): Ground {
		const say = (to: string[]) => (what: unknown, err: unknown) =>
			void to.push(`${String(what)} ${String(err)}`);
		return {
			broker: {
				call: (action: string, params: object) => this.call(machine, action, params, null),
				emit: (event: string, payload: object) => this.emit(machine, event, payload)
			},
			logger: { info: () => {}, warn: say(this.warnings), error: say(this.complaints) },
			table: name => this.stores.tableOf(machine, name as Table)
		};
	}
	private crash(node: World["nodes"][number]) {
		node.machine.life++;
		node.machine.up = false;
		node.machine.pausedUntil = 0;
		this.timeline.plan(this.shop, this.timeline.below(4000), () => this.boot(node));
	}
	/** A timer, on a busy machine. */
	private every(machine: Machine, work: () => void, ms: number) {
		const again = () => {
			const stretch = this.calm && ms < 10_000 ? 3 : 1;
			this.timeline.plan(machine, ms * stretch * (1 + 2 * this.timeline.random()), () => {
				work();
				again();
			});
		};
		again();
	}

	private emit(machine: Machine, event: string, payload: object): Promise<void> {
		const error = payloadOf(event)?.safeParse(payload).error;
		if (error) this.complaints.push(`${event} breaks the contract: ${error.message}`);
		return this.timeline.sleep(machine, this.timeline.random() * 5);
	}

	/** A call as somebody at a browser. */
	ask<K extends ActionName>(action: K, params: Sent<K>, user: Identity): Promise<Result<K>> {
		return this.call(this.people, action, params, user) as Promise<Result<K>>;
	}
	private call(from: Machine, action: string, params: object, user: Identity | null) {
		if (this.setup.bug?.skips?.(action, params)) return Promise.resolve(null);
		const asked = this.setup.bug?.asks?.(action, params) ?? params;
		return this.wire.call(from, action, asked, user);
	}
	private keep =
		(keeper: string): Handler =>
		({ params }) => {
			const { id, seq } = params as OrderChanged;
			this.told.add(`${keeper} ${id} ${seq}`);
			return null;
		};
	private find(action: string): { machine: Machine; handler: Handler } | null {
		const other = KEEPERS.includes(action) ? this.keep(action) : REST_OF_SHOP[action];
		if (other) return { machine: this.shop, handler: other };
		const able = this.nodes.filter(({ machine, services }) => machine.up && services.has(action));
		const node = able[this.timeline.below(able.length)];
		return node ? { machine: node.machine, handler: node.services.get(action)! } : null;
	}
}
