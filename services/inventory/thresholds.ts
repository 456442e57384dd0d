import type { Collection } from "../../mixins/db.mixin";
import { DEFAULT_THRESHOLD } from "../shared/stock";
import { followerOf, type StockDocument } from "./stock-update";

/** How a seller wants to be alerted. */
export interface SellerSettings {
	/** The seller. */
	id: string;
	threshold: number;
	/** Grows with every change, so that what was begun for an older one ends. */
	version: number;
	/** Since when, in milliseconds, there may be SKUs that don't have it yet. */
	dueAt?: number;
}
type Usual = Pick<SellerSettings, "id" | "threshold" | "version">;
type Changed = (stock: StockDocument) => Promise<void>;

const PAGE = 200;
/** A change that is left by whoever made it is taken on by another after so many milliseconds. */
const LEASE = 10_000;
const AT_ONCE = 20;
const TRIES = 10;

/** The usual threshold of each seller, and the SKUs that follow it. */
export class Thresholds {
	constructor(
		private readonly settings: Collection<SellerSettings>,
		private readonly stock: Collection<StockDocument>,
		/** What to do once a SKU has another threshold. */
		private readonly changed: Changed
	) {}

	async of(id: string): Promise<Usual> {
		return (await this.settings.get(id)) ?? { id, threshold: DEFAULT_THRESHOLD, version: 0 };
	}
	/** New SKUs were opened with the usual threshold as it was: it may have become another one meanwhile. */
	async renew(skus: readonly string[], { id, version }: Usual): Promise<void> {
		const now = await this.of(id);
		if (now.version === version) return;
		for (const sku of skus) await this.give(sku, now);
	}

	/** Sets it for what comes; the SKUs that follow it are brought along behind the answer, also after a crash. */
	async set(id: string, threshold: number): Promise<SellerSettings> {
		const dueAt = Date.now() + LEASE;
		for (;;) {
			const set = await this.settings.change(
				{ id },
				{ $set: { threshold, dueAt }, $inc: { version: 1 } }
			);
			if (set) return set;
			const made = { id, threshold, version: 1, dueAt };
			if (await this.settings.create(made)) return made;
		}
	}

	/** Takes on what is due: once each, whichever replica comes first. */
	async sweep(): Promise<void> {
		const now = Date.now();
		const due = await this.settings.find({ dueAt: { $lte: now } }, { limit: AT_ONCE });
		for (const { id, version, dueAt } of due) {
			const mine = await this.settings.change(
				{ id, version, dueAt: dueAt! },
				{ $set: { dueAt: now + LEASE } }
			);
			if (mine) await this.spread(mine);
		}
	}

	/** Gives the usual threshold to every SKU that follows it; ends when there is a newer one. */
	async spread(usual: Usual): Promise<void> {
		const { id, version } = usual;
		const last = `${id}0`; // the character after "/"
		for (let after = followerOf(id); ;) {
			const page = await this.stock.find(
				{ follows: { $gt: after, $lt: last } },
				{ sort: ["follows"], limit: PAGE }
			);
			for (const { id: sku, followed = 0 } of page)
				if (followed < version) await this.give(sku, usual);
			if (page.length < PAGE) break;
			after = page.at(-1)!.follows!;
			const going = await this.settings.change(
				{ id, version },
				{ $set: { dueAt: Date.now() + LEASE } }
			);
			if (!going) return;
		}
		await this.settings.change({ id, version }, { $unset: { dueAt: true } });
	}
	/** A newer one that was here first stands. */
	private async give(id: string, { threshold, version }: Usual): Promise<void> {
		for (let n = 0; n < TRIES; n++) {
			const { follows, followed } = (await this.stock.get(id)) ?? {};
			if (!follows || (followed ?? 0) >= version) return;
			const given = await this.stock.change(
				{ id, follows, followed: followed ?? { $exists: false } },
				{ $set: { threshold, followed: version } }
			);
			if (given) return this.changed(given);
		}
	}
}
