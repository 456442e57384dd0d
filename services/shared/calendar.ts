import type { Interval } from "./sales.contract";

/** Year, month from 0, day: of a place's own calendar. */
type LocalDate = [year: number, month: number, day: number];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
	const known = formats.get(timeZone);
	if (known) return known;
	const made = new Intl.DateTimeFormat("en", {
		timeZone,
		hourCycle: "h23",
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
		second: "numeric"
	});
	if (formats.size >= 100) formats.clear();
	formats.set(timeZone, made);
	return made;
}

export function isTimeZone(timeZone: string): boolean {
	try {
		formatOf(timeZone);
		return true;
	} catch {
		return false; // the one thing that a formatter can refuse here
	}
}

/** What a clock there shows, as if it were UTC. */
function wallTime(at: number, timeZone: string): number {
	const part: Record<string, number> = {};
	for (const { type, value } of formatOf(timeZone).formatToParts(at)) part[type] = Number(value);
	const { year = 0, month = 1, day, hour, minute, second } = part;
	return Date.UTC(year, month - 1, day, hour, minute, second);
}
const offset = (at: number, timeZone: string) =>
	wallTime(at, timeZone) - Math.floor(at / 1000) * 1000;

function localDate(at: number, timeZone: string): LocalDate {
	const wall = new Date(wallTime(at, timeZone));
	return [wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()];
}

/** The first moment of a day there: midnight, unless the clocks skip or repeat it. */
function dayStart(date: LocalDate, timeZone: string): number {
	const midnight = Date.UTC(...date);
	const moments = [midnight - DAY, midnight + DAY]
		.map(near => midnight - offset(near, timeZone))
		.sort((a, b) => a - b);
	const isThatDay = (at: number) => Date.UTC(...localDate(at, timeZone)) === midnight;
	return moments.find(isThatDay) ?? moments.at(-1)!;
}

/** When the clocks there changed, between a moment before and one after. */
function changeBetween(before: number, after: number, timeZone: string): number {
	const shift = offset(after, timeZone);
	let [early, late] = [before, after];
	while (late - early > 1) {
		const middle = Math.floor((early + late) / 2);
		if (offset(middle, timeZone) === shift) late = middle;
		else early = middle;
	}
	return late;
}
/** A full hour there, unless the clocks skip or repeat a part of it. */
function hourStart(at: number, timeZone: string): number {
	const shift = offset(at, timeZone);
	const hour = Math.floor((at + shift) / HOUR);
	const start = hour * HOUR - shift;
	const before = offset(start, timeZone);
	if (before === shift) return start;
	const isSame = Math.floor((start + before) / HOUR) === hour;
	return isSame ? hourStart(start, timeZone) : changeBetween(start, at, timeZone);
}

/** When the hour, day, week (from Monday) or month began that this moment is in, there. */
export function startOf(interval: Interval, at: number, timeZone: string): number {
	if (interval === "hour") return hourStart(at, timeZone);
	const [year, month, day] = localDate(at, timeZone);
	const weekday = new Date(Date.UTC(year, month, day)).getUTCDay();
	const first = interval === "month" ? 1 : interval === "week" ? day - ((weekday + 6) % 7) : day;
	return dayStart([year, month, first], timeZone);
}

/** When the next one begins. */
export function nextOf(interval: Interval, start: number, timeZone: string): number {
	if (interval === "hour") {
		const next = hourStart(start + HOUR, timeZone);
		// a clock that goes back by half an hour makes an hour longer
		return next > start ? next : hourStart(start + 2 * HOUR, timeZone);
	}
	const [year, month, day] = localDate(start, timeZone);
	const days = interval === "week" ? 7 : interval === "day" ? 1 : 0;
	return dayStart([year, month + (days ? 0 : 1), days ? day + days : 1], timeZone);
}

/** Where the steps of a series begin that covers [from, to); null when there are more than `most`. */
export function stepsOf(
	interval: Interval,
	from: number,
	to: number,
	timeZone: string,
	most: number
): number[] | null {
	const steps: number[] = [];
	for (let at = startOf(interval, from, timeZone); at < to; at = nextOf(interval, at, timeZone)) {
		if (steps.push(at) > most) return null;
	}
	return steps;
}
