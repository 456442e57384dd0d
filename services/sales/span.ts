import { failField } from "../errors";
import type { Params } from "../shared/contract";
import type { Interval } from "../shared/sales.contract";
import { isTimeZone, nextOf, startOf, stepsOf } from "../shared/calendar";
import { DAY, QUARTER } from "./places";

/** Steps of a series, and days of its span. */
const MOST = 400;

/** Where the span before begins: as long ago, or as many days where it is of whole days, of 23 hours say. */
function beginningBefore(from: number, to: number, timeZone: string): number {
	const isMidnight = (at: number) => startOf("day", at, timeZone) === at;
	if (!isMidnight(from) || !isMidnight(to)) return from - (to - from);
	const days = Math.round((to - from) / DAY);
	// from the middle of a day, so that the clocks may change in between
	return startOf("day", from + DAY / 2 - days * DAY, timeZone);
}

/** What is asked for, in whole quarters of an hour; today where nothing is said. */
export function spanOf(
	params: Params<"sales.insights"> & { interval: Interval; timeZone: string },
	now: number
) {
	const { interval, timeZone } = params;
	if (!isTimeZone(timeZone)) failField("timeZone", "Not a time zone, such as Europe/Berlin");
	const today = startOf("day", now, timeZone);
	const given = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time));
	const end = given(params.to) ?? (params.from ? now : nextOf("day", today, timeZone));
	const start = given(params.from) ?? startOf("day", end - 1, timeZone);
	if (start >= end) failField("to", "Must be after `from`");
	const from = Math.floor(start / QUARTER) * QUARTER;
	const to = Math.ceil(end / QUARTER) * QUARTER;
	if (from < 2 * MOST * DAY) failField("from", "Too long ago");
	if (to > now + MOST * DAY) failField("to", "Too far ahead");
	const steps = to - from <= MOST * DAY && stepsOf(interval, from, to, timeZone, MOST);
	if (!steps) return failField("from", `At most ${MOST} days, and as many steps`);
	const before = beginningBefore(from, to, timeZone);
	// of a span that isn't over, only as much of the one before is compared with it
	const passed = to > now ? Math.min(from, before + Math.max(0, now - from)) : from;
	return { from, to, timeZone, steps, before, passed };
}
