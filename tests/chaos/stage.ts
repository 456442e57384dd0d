import { setTimeout as sleep } from "node:timers/promises";
import type { Result } from "../../services/shared/contract";
import { chance } from "../helpers/kills";
import { isAlive } from "../helpers/local-cluster";
import { until } from "../helpers/shop";
import { check } from "./check/check";
import type { Evidence, Judgement, Violation } from "./check/evidence";
import { Crowd, USUAL } from "./crowd";
import { dump, factsOf } from "./dump";
import type { Fault } from "./fault";
import { isAck, isFailure, Recorder, recoveryOf } from "./record";
import { ClusterShop, EmbeddedShop, type Shop } from "./shops";
import { Watcher } from "./watch";

/** Milliseconds. A busy machine is slow: these bound a hang, they don't measure. */
const RECOVERED_WITHIN = 90_000;
const SETTLED_WITHIN = 120_000;
const LIVE = new Set(["NEW", "RESERVED", "PAYING", "CONFIRMED"]);

/** Until nothing is left of what lacks; throws what is, when time is up. */
async function eventually(lacks: () => Promise<string[]>): Promise<void> {
	for (const end = Date.now() + SETTLED_WITHIN; ; await sleep(500)) {
		const left = await lacks().catch((err: unknown) => [String(err)]);
		if (!left.length) return;
		if (Date.now() > end) throw new Error(`Still: ${left.slice(0, 5).join("; ")}`);
	}
}
async function uptodate(watcher: Watcher): Promise<string[]> {
	if (!watcher.isConnected) return [`${watcher.name} has no line`];
	await watcher.snapshot();
	return [];
}

export interface Report {
	id: string;
	about: string;
	proofs: string[];
	requests: number;
	failed: number;
	unanswered: number;
	/** Milliseconds from the healing to a whole second without a failure. */
	recovery: number | null;
	violations: Violation[];
	/** What could not be judged. */
	notes: string[];
	/** Where the history is. */
	history: string;
	seconds: number;
}

/** Where a fault happens: a shop, a crowd that uses it, pages that watch it, and the record of all that. */
export class Stage {
	readonly recorder: Recorder;
	readonly crowd: Crowd;
	readonly random: ReturnType<typeof chance>;
	readonly watchers: Watcher[] = [];
	readonly proofs: string[] = [];
	private readonly extra: Violation[] = [];
	/** A node's clock was wrong: times in the store prove nothing. */
	skewed = false;
	private started = 0;
	private healed = 0;
	private measured: number | null = null;

	constructor(
		readonly shop: Shop,
		private readonly fault: Fault,
		readonly seed: number,
		history: string,
		/** Of faults that last as long as they are told to. */
		readonly minutes: number
	) {
		this.recorder = new Recorder(history);
		this.crowd = new Crowd(shop, this.recorder, seed, { ...USUAL, ...fault.size });
		this.random = chance(seed);
	}
	get cluster(): ClusterShop {
		if (!(this.shop instanceof ClusterShop)) throw new Error("This fault needs a cluster");
		return this.shop;
	}
	get embedded(): EmbeddedShop {
		if (!(this.shop instanceof EmbeddedShop)) throw new Error("This fault needs one process");
		return this.shop;
	}

	/** A fault that can't show that it happened has failed. */
	proved(what: string, holds: unknown): void {
		if (!holds) throw new Error(`Not proved: ${what}`);
		this.proofs.push(what);
	}
	/** kill -9 of nodes or servers, all at once, proved by /proc. */
	async kill(...names: string[]): Promise<void> {
		const pids = await Promise.all(names.map(name => this.cluster.kill(name)));
		names.forEach((name, i) => this.proved(`${name} (pid ${pids[i]}) gone`, !isAlive(pids[i]!)));
		this.recorder.mark(`killed ${names.join()}`);
	}
	/** SIGSTOP, proved by /proc. */
	async freeze(name: string): Promise<void> {
		const pid = await this.cluster.stop(name);
		this.proved(`${name} (pid ${pid}) stopped`, pid > 0);
		this.recorder.mark(`stopped ${name}`);
	}
	/** What counts as recovery, where it isn't that requests succeed. */
	async measure(recovered: () => Promise<unknown>): Promise<void> {
		await recovered();
		this.measured = Date.now() - this.healed;
	}
	/** Something that this fault's row promises, beyond the invariants. */
	expect(what: string, holds: unknown, about: unknown = null): void {
		if (!holds) this.extra.push({ invariant: this.fault.id, what, about });
	}
	sleep(ms: number): Promise<void> {
		return sleep(ms);
	}
	/** Until so many requests more were answered well, or badly. */
	async traffic(count: number, which: "acked" | "failed" | "any" = "any", ms = 120_000) {
		const { lines } = this.recorder;
		const from = lines.length;
		const fits = { acked: isAck, failed: isFailure, any: () => true }[which];
		await until(
			() => lines.slice(from).filter(fits).length,
			n => n >= count,
			ms
		);
	}
	/** The harm begins. */
	begins(): void {
		this.started = this.recorder.mark(`${this.fault.id} begins`);
	}
	/** The harm is over, or needs no healing: from here recovery counts. */
	heals(at?: number): void {
		const now = this.recorder.mark(`${this.fault.id} healed`);
		this.healed = at ?? now;
	}

	/** The whole play: peace, harm, healing, rest, and the judgement. */
	async play(): Promise<Report> {
		const start = performance.now();
		await this.crowd.gather();
		this.watch();
		if (!this.fault.ownLoad) {
			this.crowd.start();
			await this.traffic(20, "acked");
		}
		try {
			this.begins();
			await this.fault.run(this);
			if (!this.proofs.length) throw new Error("It proved nothing");
		} catch (err) {
			const what = `The fault itself failed: ${(err as Error).message}`;
			this.extra.push({ invariant: "fault", what, about: (err as Error).stack });
		}
		if (this.healed < this.started) this.heals();
		await this.shop.heal();
		const served = this.fault.ownLoad ? null : await this.recovered();
		await this.crowd.stop();
		for (const what of this.crowd.failures)
			this.extra.push({ invariant: "crowd", what, about: null });
		const settled = await this.settle();
		const judged = await this.judge();
		const violations = [...this.extra, ...settled, ...judged.violations];
		for (const watcher of this.watchers) watcher.close();
		await this.recorder.close();
		const { lines, path } = this.recorder;
		return {
			id: this.fault.id,
			about: this.fault.about,
			proofs: this.proofs,
			requests: lines.length,
			failed: lines.filter(({ status }) => status !== null && status >= 500).length,
			unanswered: lines.filter(({ status }) => status === null).length,
			recovery: this.measured ?? served,
			violations,
			notes: judged.notes,
			history: path,
			seconds: (performance.now() - start) / 1000
		};
	}
	private watch(): void {
		const { relayUrl } = this.shop;
		const topics = this.crowd.skus.map(sku => `stock:${sku}`);
		for (let n = 0; n < 3; n++) this.watchers.push(new Watcher(`page${n}`, relayUrl, topics));
		for (const { name, client } of this.crowd.buyers.slice(0, 3))
			this.watchers.push(new Watcher(`page of ${name}`, relayUrl, topics.slice(0, 1), client));
	}
	private async recovered(): Promise<number | null> {
		const { lines } = this.recorder;
		const recovery = () => recoveryOf(lines, this.healed);
		for (const end = Date.now() + RECOVERED_WITHIN; Date.now() < end; await sleep(250)) {
			const after = recovery();
			if (after !== null) return after;
		}
		const what = "There was no second without a failure after the fault";
		const about = lines.filter(isFailure).slice(-5);
		this.extra.push({ invariant: "recovery", what, about });
		return null;
	}

	/** Nobody does anything any more: what was begun ends, holds run out, everything is told. */
	private async settle(): Promise<Violation[]> {
		try {
			await eventually(() => this.shop.lacks());
			await this.crowd.buyOut();
			await eventually(() => this.restless());
			for (const watcher of this.watchers) await eventually(() => uptodate(watcher));
			return [];
		} catch (err) {
			return [{ invariant: "settle", what: (err as Error).message, about: null }];
		}
	}
	/** What isn't at rest yet. */
	private async restless(): Promise<string[]> {
		const settled = true;
		const { findings } = await this.shop.call<Result<"ops.verify">>("ops.verify", { settled });
		if (findings.length) return findings.map(({ invariant, what }) => `${invariant} ${what}`);
		const facts = await factsOf(this.shop, this.crowd.skus);
		return facts
			.filter(({ state, dirty }) => LIVE.has(state) || dirty)
			.map(({ id, state }) => `${id} is ${state}`);
	}
	private async judge(): Promise<Judgement> {
		try {
			return check(await this.evidence());
		} catch (err) {
			const what = `The stores can't be read: ${(err as Error).message}`;
			return { violations: [{ invariant: "settle", what, about: null }], notes: [] };
		}
	}
	private async evidence(): Promise<Evidence> {
		const { crowd, recorder, watchers } = this;
		const found = await dump(this.shop, crowd.seller, crowd.skus);
		return {
			...found,
			lines: recorder.lines,
			seen: watchers.flatMap(({ seen }) => seen).sort((a, b) => a.at - b.at),
			shown: watchers.map(({ name, versions }) => ({ watcher: name, versions })),
			buyers: crowd.buyers.map(({ name, marker, client }) => ({
				name,
				marker,
				id: client.user!.id
			})),
			opened: crowd.opened,
			limited: { sku: crowd.limitedSku, units: crowd.size.limited },
			settledAt: Date.now(),
			skewed: this.skewed
		};
	}
}
