import type { Dashboard } from "@shared/sales.contract";
import type { Request } from "@shared/routes";

export const SPANS = ["today", "week", "month"] as const;
export type Span = (typeof SPANS)[number];
type Query = NonNullable<Request<"GET /seller/dashboard">["query"]>;

const DAYS: Record<Exclude<Span, "today">, number> = { week: 7, month: 30 };

/** What to ask for: the day by hours, or so many days up to now. Days are those of the seller's own calendar. */
export function queryOf(span: Span, now = new Date()): Query {
	const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
	if (span === "today") return { interval: "hour", timeZone };
	const from = new Date(now.getFullYear(), now.getMonth(), now.getDate() - DAYS[span] + 1);
	return { interval: "day", timeZone, from: from.toISOString(), to: now.toISOString() };
}

/** By how much more in percent; undefined where there was nothing to compare with. */
export const growth = (now: number, before: number): number | undefined =>
	before === 0 ? undefined : Math.round(((now - before) / before) * 100);

/** "14:00" or "3 Nov": what stands below a bar. */
export function stepName(at: string, interval: Dashboard["interval"], language: string): string {
	const format: Intl.DateTimeFormatOptions =
		interval === "hour"
			? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
			: { day: "numeric", month: "short" };
	return new Intl.DateTimeFormat(language, format).format(new Date(at));
}
