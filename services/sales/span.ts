import { failField } from "../errors";
import type { Params } from "../shared/contract";
import type { Interval } from "../shared/sales.contract";
import { isTimeZone, nextOf, startOf, stepsOf } from "../shared/calendar";
import { DAY, QUARTER } from "./places";

/** Steps of a series, and days of its span. */
const MOST = 400;

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
	const before = from - (to - from);
	// of a span that isn't over, only as much of the one before is compared with it
	const passed = to > now ? before + Math.max(0, now - from) : from;
	return { from, to, timeZone, steps, before, passed };
}
