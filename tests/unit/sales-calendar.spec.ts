import { isTimeZone, stepsOf } from "../../services/shared/calendar";

const iso = (at: number) => new Date(at).toISOString().slice(0, 16);
const steps = (interval: Parameters<typeof stepsOf>[0], from: string, to: string, zone = "UTC") =>
	stepsOf(interval, Date.parse(from), Date.parse(to), zone, 400)!.map(iso);

it("knows time zones", () => {
	expect(["UTC", "Europe/Berlin", "Asia/Kathmandu"].every(isTimeZone)).toBe(true);
	expect(["", "Nowhere/City", "constructor"].some(isTimeZone)).toBe(false);
});

it("steps by the hour", () => {
	expect(steps("hour", "2026-05-01T00:20:00Z", "2026-05-01T03:00:00Z")).toEqual([
		"2026-05-01T00:00",
		"2026-05-01T01:00",
		"2026-05-01T02:00"
	]);
	expect(steps("hour", "2026-05-01T00:30:00Z", "2026-05-01T02:30:00Z", "Asia/Kolkata")).toEqual([
		"2026-05-01T00:30",
		"2026-05-01T01:30"
	]);
});

it("gives days 23 and 25 hours where the clocks change", () => {
	expect(steps("day", "2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z", "Europe/Berlin")).toEqual([
		"2026-03-27T23:00",
		"2026-03-28T23:00",
		"2026-03-29T22:00"
	]);
	expect(steps("day", "2026-10-23T22:00:00Z", "2026-10-26T23:00:00Z", "Europe/Berlin")).toEqual([
		"2026-10-23T22:00",
		"2026-10-24T22:00",
		"2026-10-25T23:00"
	]);
	const day = ["2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"] as const;
	expect(steps("hour", ...day, "Europe/Berlin")).toHaveLength(25);
});

it("gives a short hour and a long one where the clocks change by half an hour", () => {
	// at half past three of UTC two o'clock is skipped: the hour of two is its second half
	expect(
		steps("hour", "2026-10-03T13:30:00Z", "2026-10-03T18:00:00Z", "Australia/Lord_Howe")
	).toEqual([
		"2026-10-03T13:30",
		"2026-10-03T14:30",
		"2026-10-03T15:30",
		"2026-10-03T16:00",
		"2026-10-03T17:00"
	]);
	// at three the half hour before two is there again
	expect(
		steps("hour", "2026-04-04T13:00:00Z", "2026-04-04T17:00:00Z", "Australia/Lord_Howe")
	).toEqual(["2026-04-04T13:00", "2026-04-04T14:00", "2026-04-04T15:30", "2026-04-04T16:30"]);
	// from within, the same hours
	expect(
		["2026-10-03T15:40", "2026-04-04T14:40", "2026-04-04T15:20"].map(
			at => steps("hour", `${at}:00Z`, `${at}:01Z`, "Australia/Lord_Howe")[0]
		)
	).toEqual(["2026-10-03T15:30", "2026-04-04T14:00", "2026-04-04T14:00"]);
});

it("begins a day at one o'clock where its midnight is skipped", () => {
	expect(steps("day", "2024-09-07T12:00:00Z", "2024-09-09T12:00:00Z", "America/Santiago")).toEqual([
		"2024-09-07T04:00",
		"2024-09-08T04:00",
		"2024-09-09T03:00"
	]);
});

it("begins a day at the first of two midnights", () => {
	expect(steps("day", "2025-11-01T12:00:00Z", "2025-11-03T12:00:00Z", "America/Havana")).toEqual([
		"2025-11-01T04:00",
		"2025-11-02T04:00",
		"2025-11-03T05:00"
	]);
});

it("goes over a day that there never was", () => {
	expect(steps("day", "2011-12-29T12:00:00Z", "2011-12-31T12:00:00Z", "Pacific/Apia")).toEqual([
		"2011-12-29T10:00",
		"2011-12-30T10:00",
		"2011-12-31T10:00"
	]);
});

it("begins weeks on Monday and months on the first", () => {
	expect(steps("week", "2026-01-01T00:00:00Z", "2026-01-13T00:00:00Z")).toEqual([
		"2025-12-29T00:00",
		"2026-01-05T00:00",
		"2026-01-12T00:00"
	]);
	expect(steps("month", "2025-12-15T00:00:00Z", "2026-03-01T00:00:00Z", "Asia/Tokyo")).toEqual([
		"2025-11-30T15:00",
		"2025-12-31T15:00",
		"2026-01-31T15:00",
		"2026-02-28T15:00"
	]);
});

it("stops at so many steps", () => {
	expect(stepsOf("hour", 0, 3_600_000 * 401, "UTC", 400)).toBeNull();
	expect(stepsOf("hour", 0, 3_600_000 * 400, "UTC", 400)).toHaveLength(400);
});

it.each(["America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"])(
	"covers a year in %s without a gap, a day never shorter than 23 hours",
	zone => {
		const days = stepsOf("day", Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1), zone, 400)!;
		expect(new Set(days).size).toBe(days.length);
		const lengths = days.slice(1).map((at, i) => (at - days[i]!) / 3_600_000);
		expect(Math.min(...lengths)).toBeGreaterThanOrEqual(23);
		expect(Math.max(...lengths)).toBeLessThanOrEqual(25);
		const hours = stepsOf("hour", days[80]!, days[95]!, zone, 400)!;
		expect(hours.every((at, i) => i === 0 || at > hours[i - 1]!)).toBe(true);
		expect(hours[0]).toBe(days[80]);
	}
);
