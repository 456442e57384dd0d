import { type Collection, db } from "../../mixins/db.mixin";
import { health } from "../../mixins/health.mixin";
import { failField } from "../errors";
import { CURRENCY } from "../shared/money";
import type { Params } from "../shared/contract";
import type { Schema } from "../typed";
import { isTimeZone, nextOf, startOf, stepsOf } from "./calendar";
import {
	LOOK_BACK,
	rateOf,
	runOut,
	seriesOf,
	type Slot,
	slotsOf,
	soldSkus,
	topProducts,
	totalsOf,
	within
} from "./dashboard";
import {
	type Bucket,
	bucketId,
	type Entry,
	entriesOfEvent,
	entriesOfFacts,
	QUARTER
} from "./entries";
import { Ledger } from "./ledger";

interface Methods {
	salesEntries: Collection<Entry>;
	salesBuckets: Collection<Bucket>;
	ledger: Ledger;
	sweeper: NodeJS.Timeout;
	/** What a seller sold in a span of time. */
	slots(sellerId: string, from: number, to: number): Promise<Slot[]>;
	sweep(): void;
}

const DAY = 86_400_000;
const MOST_STEPS = 400;
const PAGE = 500;

const SalesService: Schema<"sales", Methods> = {
	name: "sales",
	mixins: [
		db({
			salesEntries: {
				indexes: [{ fields: ["bucket"] }, { fields: ["open"], sparse: true }]
			},
			salesBuckets: {}
		}),
		health
	],
	actions: {
		async dashboard(ctx) {
			const now = Date.now();
			const { id } = ctx.meta.user;
			const { interval } = ctx.params;
			const { from, to, timeZone, steps } = spanOf(ctx.params, now);
			const before = from - (to - from);
			const slots = await this.slots(id, before, to);
			const lately = soldSkus(await this.slots(id, now - LOOK_BACK * DAY, now + QUARTER));
			const stock =
				lately.size === 0
					? []
					: await ctx
							.call(
								"inventory.stock",
								{ skus: [...lately.keys()].slice(0, 1000) },
								{ timeout: 2000 }
							)
							.catch((err: Error) => {
								this.logger.warn(`A dashboard without forecast: ${err.message}`);
								return [];
							});
			const inSpan = within(slots, from, to);
			return {
				from: new Date(from).toISOString(),
				to: new Date(to).toISOString(),
				interval,
				timeZone,
				currency: CURRENCY,
				totals: totalsOf(inSpan),
				previous: totalsOf(within(slots, before, from)),
				series: seriesOf(inSpan, steps),
				topProducts: topProducts(inSpan),
				runOut: runOut(lately, stock, now)
			};
		},

		async rates(ctx) {
			const now = Date.now();
			const slots = await this.slots(ctx.meta.user.id, now - LOOK_BACK * DAY, now + QUARTER);
			const units = soldSkus(slots);
			const items = [...new Set(ctx.params.skus.split(","))].map(sku => rateOf(sku, units));
			return { days: LOOK_BACK, items };
		},

		async record(ctx) {
			await this.ledger.record(entriesOfEvent(ctx.params));
			return null;
		},

		/** Entries are never wrong, only missing; so those are added, and each bucket counted anew from them. */
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
				if (page.length < PAGE) return { orders };
			}
		}
	},

	methods: {
		async slots(sellerId, from, to) {
			const found: Slot[] = [];
			const end = bucketId(sellerId, to + 4 * QUARTER);
			for (let next = bucketId(sellerId, from); ;) {
				const page = await this.salesBuckets.find(
					{ id: { $gte: next, $lt: end } },
					{ sort: ["id"], limit: PAGE }
				);
				found.push(...slotsOf(page));
				if (page.length < PAGE) return within(found, from, to);
				next = `${page.at(-1)!.id}~`;
			}
		},

		sweep() {
			this.ledger
				.sweep()
				.catch((err: Error) => this.logger.warn(`Sales not swept: ${err.message}`));
		}
	},

	created() {
		this.ledger = new Ledger(this.salesEntries, this.salesBuckets, err =>
			this.logger.warn(`Sales not counted yet: ${err.message}`)
		);
	},

	started() {
		this.sweep();
		this.sweeper = setInterval(() => this.sweep(), 3000).unref();
	},

	async stopped() {
		clearInterval(this.sweeper);
		await this.ledger.idle();
	}
};
export default SalesService;

/** What is asked for, in whole quarters of an hour; today where nothing is said. */
function spanOf(params: Params<"sales.dashboard">, now: number) {
	const { interval, timeZone = "UTC" } = params;
	if (!isTimeZone(timeZone)) failField("timeZone", "Not a time zone, such as Europe/Berlin");
	const today = startOf("day", now, timeZone);
	const given = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time));
	const end = given(params.to) ?? (params.from ? now : nextOf("day", today, timeZone));
	const start = given(params.from) ?? startOf("day", end - 1, timeZone);
	if (start >= end) failField("to", "Must be after `from`");
	const from = Math.floor(start / QUARTER) * QUARTER;
	const to = Math.ceil(end / QUARTER) * QUARTER;
	if (from < MOST_STEPS * DAY) failField("from", "Too long ago");
	if (to > now + MOST_STEPS * DAY) failField("to", "Too far ahead");
	const steps = to - from <= MOST_STEPS * DAY && stepsOf(interval, from, to, timeZone, MOST_STEPS);
	if (!steps) return failField("from", `At most ${MOST_STEPS} days, and as many steps`);
	return { from, to, timeZone, steps };
}
