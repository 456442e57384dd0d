import { startOf } from "@shared/calendar";
import type { Dashboard } from "@shared/sales.contract";
import type { Request } from "@shared/routes";

export const SPANS = ["today", "week", "month", "quarter", "year"] as const;
export type Span = (typeof SPANS)[number];
type Step = Dashboard["interval"];
type Query = NonNullable<Request<"GET /seller/dashboard">["query"]>;

/** By which steps a span can be looked at, the one that fits best first. */
export const STEPS: Record<Span, readonly [Step, ...Step[]]> = {
	today: ["hour"],
	week: ["day", "hour"],
	month: ["day", "week"],
	quarter: ["week", "day"],
	year: ["month", "week", "day"]
};
export const METRICS = ["revenue", "orders", "units"] as const;
export type Metric = (typeof METRICS)[number];

const DAY = 86_400_000;
/** The zone that this browser's clock shows. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Where a span begins: at a midnight of the seller's own calendar, weeks on a Monday, months on their first. */
function beginning(span: Exclude<Span, "today">, now: number, zone: string): number {
	// from the middle of a day, so that one of 23 or 25 hours stays the day that is meant
	const before = (start: number, days: number) => start + DAY / 2 - days * DAY;
	const today = startOf("day", now, zone);
	if (span === "week") return startOf("day", before(today, 6), zone);
	if (span === "month") return startOf("day", before(today, 29), zone);
	if (span === "quarter") return startOf("week", before(startOf("week", now, zone), 12 * 7), zone);
	let month = startOf("month", now, zone);
	for (let n = 0; n < 11; n++) month = startOf("month", month - 1, zone);
	return month;
}

/** What to ask for: the day by hours, or what leads up to now. */
export function queryOf(
	span: Span,
	interval: Step = STEPS[span][0],
	timeZone = ownZone(),
	now = Date.now()
): Query {
	if (span === "today") return { interval, timeZone };
	const from = beginning(span, now, timeZone);
	return {
		interval,
		timeZone,
		from: new Date(from).toISOString(),
		to: new Date(now).toISOString()
	};
}

/** By how much more in percent; undefined where there was nothing to compare with. */
export const growth = (now: number, before: number): number | undefined =>
	before === 0 ? undefined : Math.round(((now - before) / before) * 100);
/** Of so many, in tenths of a percent; undefined of nothing. */
export const share = (part: number, whole: number): number | undefined =>
	whole === 0 ? undefined : Math.round((1000 * part) / whole) / 10;

const FORMATS: Record<Step | "hours", Intl.DateTimeFormatOptions> = {
	hour: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
	hours: { weekday: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
	day: { day: "numeric", month: "short" },
	week: { day: "numeric", month: "short" },
	month: { month: "short", year: "numeric" }
};
/** Names the steps as they stand below their bars: "14:00", "3 Nov", "Nov 2026". */
export function stepNames(
	{ from, to, interval, timeZone, series }: Dashboard,
	language: string
): string[] {
	const long = interval === "hour" && Date.parse(to) - Date.parse(from) > 1.5 * DAY;
	const options = FORMATS[long ? "hours" : interval];
	const format = new Intl.DateTimeFormat(language, { ...options, timeZone });
	return series.map(({ at }) => format.format(new Date(at)));
}

/** What the series is saved as: by the day with which it begins where it was counted. */
export function fileOf({ from, interval, timeZone }: Dashboard): string {
	const day = new Intl.DateTimeFormat("en", {
		timeZone,
		year: "numeric",
		month: "2-digit",
		day: "2-digit"
	}).formatToParts(new Date(from));
	const part = (wanted: Intl.DateTimeFormatPartTypes) =>
		day.find(({ type }) => type === wanted)!.value;
	return `sales-${part("year")}-${part("month")}-${part("day")}-${interval}.csv`;
}

/** The series as rows of a spreadsheet, money as a number. */
export function rowsOf(dashboard: Dashboard, names: readonly string[]): (string | number)[][] {
	const money = (cents: number) => cents / 100;
	return [
		["from", "step", "revenue", "refunds", "orders", "units", "currency"],
		...dashboard.series.map(({ at, revenue, refunds, orders, units }, i) => [
			at,
			names[i] ?? "",
			money(revenue),
			money(refunds),
			orders,
			units,
			dashboard.currency
		])
	];
}
