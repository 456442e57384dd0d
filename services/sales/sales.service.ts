import { type Collection, db } from "../../mixins/db.mixin";
import { health } from "../../mixins/health.mixin";
import { CURRENCY } from "../shared/money";
import type { Broker, Schema } from "../typed";
import * as view from "./dashboard";
import { type Bucket, type Entry, entriesOfEvent, entriesOfFacts, type Line } from "./entries";
import { Ledger } from "./ledger";
import { DAY, QUARTER, sellerOf } from "./places";
import { Reader } from "./reader";
import { type Day, type Goods, rollAt, Rollup, summed } from "./rollup";
import { categoriesOf, offeredOf, slowMovers } from "./shelf";
import { spanOf } from "./span";
import { type Outage, StockOuts } from "./stock-outs";

interface Methods {
	salesEntries: Collection<Entry>;
	salesBuckets: Collection<Bucket>;
	salesDays: Collection<Day>;
	salesGoods: Collection<Goods>;
	salesOutages: Collection<Outage>;
	ledger: Ledger;
	rollup: Rollup;
	reader: Reader;
	stockOuts: StockOuts;
	sweeper: NodeJS.Timeout;
	sweeping: Promise<void>;
	/** What a seller sold of each SKU in the last days. */
	lately(sellerId: string, now: number): Promise<Map<string, Line>>;
	/** In whose days a seller counts: UTC's where they haven't said, or can't be asked; answers name it. */
	zoneOf(wire: Pick<Broker, "call">, sellerId: string): Promise<string>;
	/** What another service says, or that it can't be asked. */
	asked<T>(what: string, answer: Promise<T>): Promise<T | null>;
	counted(bucket: string): Promise<void>;
	sweep(): Promise<void>;
}

const PAGE = 500;
const PATIENCE = 2000;
const iso = (at: number) => new Date(at).toISOString();
const SWEEP_EVERY = 3000;
/** Days that a thing must have been in the shop before it is called slow. */
const SLOW = 30;
const bySku = ({ sku }: Line) => sku;
const byProduct = ({ productId }: Line) => productId;

const SalesService: Schema<"sales", Methods> = {
	name: "sales",
	mixins: [
		db({
			salesEntries: { indexes: [{ fields: ["bucket"] }, { fields: ["open"], sparse: true }] },
			salesBuckets: { indexes: [{ fields: ["rollAt"], sparse: true }] },
			salesDays: {},
			salesGoods: {},
			salesOutages: { indexes: [{ fields: ["end"] }] }
		}),
		health
	],
	actions: {
		async dashboard(ctx) {
			const now = Date.now();
			const { id } = ctx.meta.user;
			const { interval } = ctx.params;
			const zone = ctx.params.timeZone ?? (await this.zoneOf(ctx, id));
			const span = spanOf({ ...ctx.params, timeZone: zone }, now);
			const { from, to, timeZone, steps, before, passed } = span;
			const [slots, earlier, sold, lately] = await Promise.all([
				this.reader.slots(id, from, to, now),
				this.reader.slots(id, before, passed, now),
				this.reader.sold(id, from, to, now),
				this.lately(id, now)
			]);
			const skus = view.bestSellers(lately);
			const stock = skus.length
				? await this.asked("forecast", ctx.call("inventory.stock", { skus }, { timeout: PATIENCE }))
				: [];
			return {
				from: iso(from),
				to: iso(to),
				interval,
				timeZone,
				currency: CURRENCY,
				totals: view.totalsOf(slots),
				previous: view.totalsOf(earlier),
				series: view.seriesOf(slots, steps),
				topProducts: view.topProducts(summed(sold, byProduct).values()),
				runOut: view.runOut(lately, stock ?? [], now)
			};
		},

		async insights(ctx) {
			const now = Date.now();
			const { id } = ctx.meta.user;
			const zone = ctx.params.timeZone ?? (await this.zoneOf(ctx, id));
			const span = spanOf({ ...ctx.params, timeZone: zone, interval: "month" }, now);
			const { from, to, timeZone, before, passed } = span;
			const since = Math.min(from, now - SLOW * DAY);
			const [slots, earlier, sold, rested, stockOuts] = await Promise.all([
				this.reader.slots(id, from, to, now),
				this.reader.slots(id, before, passed, now),
				this.reader.sold(id, from, to, now),
				this.reader.sold(id, since, now, now),
				this.stockOuts.cost(id, from, to, now, async open => {
					const forSale = await this.asked("what is for sale", offeredOf(ctx, open));
					return forSale ? open.filter(({ sku }) => forSale.has(sku)) : open;
				})
			]);
			const products = [...summed(sold, byProduct).values()];
			const slow = slowMovers(ctx, id, summed(rested, byProduct), since);
			const [slows, categories] = await Promise.all([
				this.asked("slow movers", slow),
				this.asked("categories", categoriesOf(ctx, products))
			]);
			return {
				from: iso(from),
				to: iso(to),
				timeZone,
				currency: CURRENCY,
				conversion: view.conversionOf(slots),
				previous: view.conversionOf(earlier),
				slowMovers: slows,
				categories,
				stockOuts
			};
		},

		async rates(ctx) {
			const sold = await this.lately(ctx.meta.user.id, Date.now());
			const skus = [...new Set(ctx.params.skus.split(","))];
			return { days: view.LOOK_BACK, items: skus.map(sku => view.rateOf(sku, sold)) };
		},

		async record(ctx) {
			await this.ledger.record(entriesOfEvent(ctx.params));
			return null;
		},

		async stockOut(ctx) {
			await this.stockOuts.record(ctx.params);
			return null;
		},

		/** Entries are never wrong, only missing; so those are added, and everything is counted anew from them. */
		async rebuild(ctx) {
			let orders = 0;
			for (let after = ""; ;) {
				const facts = await ctx.call("order.facts", { after, limit: PAGE });
				await this.ledger.record(facts.flatMap(entriesOfFacts));
				orders += facts.length;
				after = facts.at(-1)?.id ?? after;
				if (facts.length < PAGE) break;
			}
			await this.ledger.idle();
			for (let after = ""; ;) {
				const page = await this.salesBuckets.find(
					{ id: { $gt: after } },
					{ sort: ["id"], limit: PAGE }
				);
				for (const { id } of page) await this.ledger.recount(id);
				after = page.at(-1)?.id ?? after;
				if (page.length < PAGE) break;
			}
			await this.rollup.run();
			await this.stockOuts.recount();
			return { orders };
		}
	},

	methods: {
		async lately(sellerId, now) {
			const from = now - view.LOOK_BACK * DAY;
			return summed(await this.reader.sold(sellerId, from, now + QUARTER, now), bySku);
		},

		async zoneOf(wire, id) {
			const told = wire.call("auth.timeZone", { id }, { timeout: PATIENCE });
			return (await this.asked("its time zone", told)) ?? "UTC";
		},

		asked(what, answer) {
			return answer.catch((err: Error) => {
				this.logger.warn(`A dashboard without ${what}: ${err.message}`);
				return null;
			});
		},

		async counted(bucket) {
			const now = Date.now();
			if (rollAt(bucket, now) <= now) await this.rollup.run(now);
			await this.broker.emit("sales.changed", { sellerId: sellerOf(bucket), at: iso(now) });
		},

		async sweep() {
			try {
				await this.ledger.sweep();
				await this.rollup.run();
			} catch (err) {
				this.logger.warn(`Sales not swept: ${(err as Error).message}`);
			}
		}
	},

	created() {
		const { salesBuckets: buckets, salesDays: days, salesGoods: goods } = this;
		this.ledger = new Ledger(
			this.salesEntries,
			buckets,
			err => this.logger.warn(`Sales not counted yet: ${err.message}`),
			bucket => this.counted(bucket)
		);
		this.rollup = new Rollup(buckets, days, goods);
		this.reader = new Reader(buckets, days, goods);
		this.stockOuts = new StockOuts(this.salesOutages, async (sellerId, sku, from, to) => {
			const sold = (await this.reader.sold(sellerId, from, to)).filter(line => line.sku === sku);
			return summed(sold, bySku).get(sku) ?? { units: 0, revenue: 0 };
		});
	},

	async started() {
		// what was due while nobody was here, before anybody asks
		this.sweeping = this.sweep();
		await this.sweeping;
		let busy = false;
		this.sweeper = setInterval(() => {
			if (busy) return;
			busy = true;
			this.sweeping = this.sweep().finally(() => (busy = false));
		}, SWEEP_EVERY).unref();
	},

	async stopped() {
		clearInterval(this.sweeper);
		await this.sweeping;
		await this.ledger.idle();
	}
};
export default SalesService;
