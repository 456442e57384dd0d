import { setTimeout } from "node:timers/promises";
import type { Collection } from "../../mixins/db.mixin";
import { newId } from "../id";
import { counted } from "./counted";
import type { Bucket, Entry } from "./entries";
import { rollAt } from "./rollup";

const BATCH = 200;
/** Milliseconds between two rounds: a bucket is rewritten whole, however little has come. */
const PAUSE = 1000;
const MOST_WAITING = 10_000;

/**
 * Counts every entry in its bucket exactly once, by changes of single documents. An entry is written
 * open. A bucket takes open entries in, naming them as pending in the same change; then they are closed;
 * then the names go. Each change of a bucket is bound to its stamp, and open entries are looked up only while
 * nothing is pending: whoever saw an entry open that another has counted since comes with an old
 * stamp. So it may stop, repeat or run on two nodes at any point.
 */
export class Ledger {
	private readonly waiting = new Set<string>();
	private running: Promise<void> | undefined;

	constructor(
		private readonly entries: Collection<Entry>,
		private readonly buckets: Collection<Bucket>,
		private readonly onError: (err: Error) => void,
		/** Is told when what was waiting for a bucket is counted. */
		private readonly onCounted: (bucket: string) => Promise<void> = async () => {}
	) {}

	/** Writes entries down, those that aren't yet, and has them counted soon. */
	async record(entries: readonly Entry[]): Promise<void> {
		await Promise.all(entries.map(entry => this.entries.create(entry)));
		entries.forEach(({ bucket }) => this.soon(bucket));
	}

	/** Counts what was left open: by a crash, by another node, by a store that was away. */
	async sweep(): Promise<void> {
		const open = await this.entries.find({ open: { $gt: "" } }, { limit: 1000 });
		open.forEach(({ bucket }) => this.soon(bucket));
	}

	/** Resolves when what is waiting now is counted. */
	async idle(): Promise<void> {
		await this.running;
	}

	/** Counts a bucket's entries anew, from the first. */
	async recount(id: string): Promise<void> {
		for (let tries = 0; tries < 20; tries++) {
			await this.settle(id);
			const bucket = await this.buckets.get(id);
			if (!bucket) return;
			if (bucket.pending.length > 0) continue;
			let quarters: Bucket["quarters"] = {};
			for (let offset = 0; ; offset += BATCH) {
				const some = await this.entries.find(
					{ bucket: id, open: { $exists: false } },
					{ sort: ["id"], limit: BATCH, offset }
				);
				quarters = counted(quarters, some);
				if (some.length < BATCH) break;
			}
			if (await this.change(bucket, { quarters })) return;
		}
		throw new Error(`Bucket ${id} changes too often to be counted anew`);
	}

	/** Takes all open entries into a bucket; gives up after a while, for the sweep to come back to. */
	async settle(id: string): Promise<void> {
		for (let steps = 0; steps < 100; steps++) {
			const bucket = await this.bucketOf(id);
			const { pending } = bucket;
			if (pending.length > 0) {
				await this.entries.changeAll({ id: { $in: pending } }, { $unset: { open: true } });
				await this.change(bucket, { pending: [] });
				continue;
			}
			const open = await this.entries.find({ open: id }, { limit: BATCH });
			if (open.length === 0) return;
			await this.change(bucket, {
				quarters: counted(bucket.quarters, open),
				pending: open.map(entry => entry.id)
			});
		}
	}

	private async bucketOf(id: string): Promise<Bucket> {
		const known = await this.buckets.get(id);
		if (known) return known;
		const made: Bucket = { id, quarters: {}, pending: [], stamp: newId() };
		return (await this.buckets.create(made)) ? made : this.bucketOf(id);
	}

	/** False when somebody else was first. */
	private async change({ id, stamp }: Bucket, changes: Partial<Bucket>): Promise<boolean> {
		const next = {
			...changes,
			stamp: newId(),
			...(changes.quarters && { rollAt: rollAt(id, Date.now()) })
		};
		return (await this.buckets.change({ id, stamp }, { $set: next })) !== null;
	}

	private soon(bucket: string): void {
		if (this.waiting.size < MOST_WAITING) this.waiting.add(bucket);
		this.running ??= this.run().finally(() => (this.running = undefined));
	}

	/** One bucket after the other; what comes meanwhile waits a moment and is counted together. */
	private async run(): Promise<void> {
		while (this.waiting.size > 0) {
			const round = [...this.waiting];
			this.waiting.clear();
			for (const bucket of round)
				await this.settle(bucket)
					.then(() => this.onCounted(bucket))
					.catch(this.onError);
			if (this.waiting.size > 0) await setTimeout(PAUSE);
		}
	}
}
