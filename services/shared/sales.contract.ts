import { z } from "zod";
import { live, type ActionTable } from "./define";
import { OrderStep } from "./order.contract";
import { Currency, Id, Sku, Skus, Time } from "./fields";

const totals = {
	revenue: z.int(),
	refunds: z.int(),
	orders: z.int(),
	units: z.int()
};
const Totals = z.strictObject({ ...totals, averageOrderValue: z.int() });
/** Orders whose stock was held in this time, and how many of those were paid, whenever that was. */
const Conversion = z.strictObject({ holds: z.int(), converted: z.int() });
const sold = { units: z.int(), revenue: z.int() };
export const Interval = z.enum(["hour", "day", "week", "month"]);
/** A time in which a SKU could not be bought, as far as it lies in the span. */
export const StockOut = z
	.strictObject({
		sku: Sku,
		productId: Id,
		title: z.string(),
		from: Time,
		/** Absent while it is still out. */
		to: Time.optional(),
		/** Units a day that it sold in the week before. */
		perDay: z.number(),
		/** What it would have sold at that pace, at the prices of that week. */
		cost: z.int()
	})
	.meta({ id: "StockOut" });
export const Dashboard = z
	.strictObject({
		from: Time,
		to: Time,
		interval: Interval,
		timeZone: z.string(),
		currency: Currency,
		totals: Totals,
		/**
		 * Of as long a time before, of whole days there as many days, whatever hours those have; of a span that isn't
		 * over yet, as much of that as has passed of it.
		 */
		previous: Totals,
		series: z.array(z.strictObject({ at: Time, ...totals })),
		topProducts: z.array(z.strictObject({ productId: Id, title: z.string(), ...sold })),
		runOut: z.array(
			z.strictObject({ sku: Sku, available: z.int(), perDay: z.number(), runsOutAt: Time })
		)
	})
	.meta({ id: "Dashboard" });

export const Insights = z
	.strictObject({
		from: Time,
		to: Time,
		timeZone: z.string(),
		currency: Currency,
		conversion: Conversion,
		previous: Conversion,
		/** What lies in stock and sold least since then; null while the catalogue is away. */
		slowMovers: z
			.strictObject({
				since: Time,
				items: z.array(
					z.strictObject({
						productId: Id,
						title: z.string(),
						units: z.int(),
						available: z.int(),
						/** Of what lies there, at its lowest price. */
						worth: z.int()
					})
				)
			})
			.nullable(),
		/** Takings by the topmost category, as products are filed now, "" for others; null while the catalogue is away. */
		categories: z.array(z.strictObject({ category: z.string(), ...sold })).nullable(),
		stockOuts: z.strictObject({
			cost: z.int(),
			/** False when there were more than are counted here. */
			complete: z.boolean(),
			items: z.array(StockOut)
		})
	})
	.meta({ id: "Insights" });

const span = {
	from: Time.optional(),
	to: Time.optional(),
	timeZone: z
		.string()
		.regex(/^[A-Za-z0-9_+/-]{1,64}$/)
		.optional()
};
export const salesActions = {
	"sales.dashboard": {
		about: "Your takings in a span of time against the span before it; without one, today by hour",
		access: "seller",
		route: "GET /seller/dashboard",
		params: z.strictObject({ ...span, interval: Interval.default("hour") }),
		result: Dashboard
	},
	"sales.insights": {
		about:
			"What is behind your takings: orders that came of holds, categories, slow goods, stock-outs",
		access: "seller",
		route: "GET /seller/insights",
		params: z.strictObject(span),
		result: Insights
	},
	"sales.rates": {
		about: "How many units a day of each of at most 100 SKUs you sold in the last days",
		access: "seller",
		route: "GET /seller/sales-rates",
		params: z.strictObject({
			skus: Skus
		}),
		result: z.strictObject({
			days: z.int(),
			/** Without units that are on the shelf again. */
			items: z.array(z.strictObject({ sku: Sku, units: z.int(), perDay: z.number() }))
		})
	},
	"sales.record": {
		about: "Counts a step of an order; harmless when repeated",
		access: "internal",
		params: OrderStep,
		result: z.null(),
		timeout: 2000
	},
	"sales.stockOut": {
		about:
			"Keeps a time in which a SKU was out, from its beginning or its end; harmless when repeated",
		access: "internal",
		params: z.strictObject({
			sku: Sku,
			productId: Id,
			sellerId: Id,
			title: z.string(),
			/** Of the stock document when it was out: names this time of all of the SKU's. */
			version: z.int(),
			from: Time,
			to: Time.optional()
		}),
		result: z.null(),
		timeout: 2000
	},
	"sales.rebuild": {
		about: "Makes all buckets and their sums anew from the orders",
		access: "internal",
		params: z.strictObject({}),
		result: z.strictObject({ orders: z.int() }),
		timeout: 600_000
	}
} satisfies ActionTable;

/** A seller's numbers have become others: told once they are counted, as often as pages may hear it. */
const SalesChange = z.strictObject({ sellerId: Id, at: Time });
export const salesEvents = {
	"sales.changed": live(SalesChange, ({ sellerId, at }) => [
		{ rooms: [`seller:${sellerId}`], event: "sales.changed", data: { at } }
	])
};

export type Interval = z.infer<typeof Interval>;
export type Dashboard = z.infer<typeof Dashboard>;
export type Insights = z.infer<typeof Insights>;
export type StockOut = z.infer<typeof StockOut>;
