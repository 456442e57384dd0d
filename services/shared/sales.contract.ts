import { z } from "zod";
import type { ActionTable } from "./define";
import { OrderStep } from "./order.contract";
import { Currency, Id, Sku, Time } from "./fields";

const totals = {
	revenue: z.int(),
	refunds: z.int(),
	orders: z.int(),
	units: z.int()
};
const Totals = z.strictObject({ ...totals, averageOrderValue: z.int() });
export const Interval = z.enum(["hour", "day", "week", "month"]);
export const Dashboard = z
	.strictObject({
		from: Time,
		to: Time,
		interval: Interval,
		timeZone: z.string(),
		currency: Currency,
		totals: Totals,
		previous: Totals,
		series: z.array(z.strictObject({ at: Time, ...totals })),
		topProducts: z.array(
			z.strictObject({ productId: Id, title: z.string(), units: z.int(), revenue: z.int() })
		),
		runOut: z.array(
			z.strictObject({ sku: Sku, available: z.int(), perDay: z.number(), runsOutAt: Time })
		)
	})
	.meta({ id: "Dashboard" });

export const salesActions = {
	"sales.dashboard": {
		about: "Your takings in a span of time against the span before it; without one, today by hour",
		access: "seller",
		route: "GET /seller/dashboard",
		params: z.strictObject({
			from: Time.optional(),
			to: Time.optional(),
			interval: Interval.default("hour"),
			timeZone: z
				.string()
				.regex(/^[A-Za-z0-9_+/-]{1,64}$/)
				.optional()
		}),
		result: Dashboard
	},
	"sales.rates": {
		about: "How many units a day of each of at most 100 SKUs you sold in the last days",
		access: "seller",
		route: "GET /seller/sales-rates",
		params: z.strictObject({
			skus: z
				.string()
				.max(4200)
				.regex(
					/^[a-z0-9][a-z0-9-]{1,39}(,[a-z0-9][a-z0-9-]{1,39}){0,99}$/,
					"At most 100 SKUs, by comma"
				)
		}),
		result: z.strictObject({
			days: z.int(),
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
	"sales.rebuild": {
		about: "Makes all buckets anew from the orders",
		access: "internal",
		params: z.strictObject({}),
		result: z.strictObject({ orders: z.int() }),
		timeout: 600_000
	}
} satisfies ActionTable;

export type Dashboard = z.infer<typeof Dashboard>;
