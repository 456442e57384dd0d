import { spanOf } from "../../services/sales/span";

const LATER = Date.parse("2027-01-15T12:00:00Z");
const iso = (at: number) => new Date(at).toISOString().slice(0, 16);
/** What a span is compared with. */
function before(from: string, to: string, timeZone = "Europe/Berlin", now = LATER): string[] {
	const span = spanOf({ from: `${from}:00Z`, to: `${to}:00Z`, timeZone, interval: "month" }, now);
	return [span.before, span.passed].map(iso);
}

it("compares whole days with as many days before, of 23, 24 and 25 hours", () => {
	const midnights = [
		"2026-10-23T22:00",
		"2026-10-24T22:00",
		"2026-10-25T23:00",
		"2026-10-26T23:00"
	];
	expect(before(midnights[1]!, midnights[2]!)).toEqual([midnights[0], midnights[1]]);
	expect(before(midnights[2]!, midnights[3]!)).toEqual([midnights[1], midnights[2]]);
	expect(before("2026-03-28T23:00", "2026-03-29T22:00")).toEqual([
		"2026-03-27T23:00",
		"2026-03-28T23:00"
	]);
	expect(before("2026-03-29T22:00", "2026-03-30T22:00")).toEqual([
		"2026-03-28T23:00",
		"2026-03-29T22:00"
	]);
});

it("compares weeks and longer with as many days before", () => {
	expect(before("2026-10-25T23:00", "2026-11-01T23:00")).toEqual([
		"2026-10-18T22:00",
		"2026-10-25T23:00"
	]);
	expect(before("2026-04-30T22:00", "2026-05-31T22:00")).toEqual([
		"2026-03-30T22:00",
		"2026-04-30T22:00"
	]);
	expect(before("2025-12-31T23:00", "2026-12-31T23:00")).toEqual([
		"2024-12-31T23:00",
		"2025-12-31T23:00"
	]);
	// Lord Howe's clocks go on by half an hour
	expect(before("2026-10-03T13:30", "2026-10-04T13:00", "Australia/Lord_Howe")).toEqual([
		"2026-10-02T13:30",
		"2026-10-03T13:30"
	]);
	// the midnight of that day is skipped
	expect(before("2024-09-08T04:00", "2024-09-09T03:00", "America/Santiago")).toEqual([
		"2024-09-07T04:00",
		"2024-09-08T04:00"
	]);
});

it("compares any other span with as long a time before", () => {
	expect(before("2026-10-24T22:00", "2026-10-25T22:00")).toEqual([
		"2026-10-23T22:00",
		"2026-10-24T22:00"
	]);
	expect(before("2026-10-24T22:00", "2026-10-25T23:00", "UTC")).toEqual([
		"2026-10-23T21:00",
		"2026-10-24T22:00"
	]);
});

it("compares a span that isn't over with as much of the one before, and never with its own hours", () => {
	const day = ["2026-10-24T22:00", "2026-10-25T23:00"] as const;
	const at = (now: string) => before(...day, "Europe/Berlin", Date.parse(now));
	expect(at("2026-10-25T09:10:00Z")).toEqual(["2026-10-23T22:00", "2026-10-24T09:10"]);
	expect(at("2026-10-25T22:30:00Z")).toEqual(["2026-10-23T22:00", "2026-10-24T22:00"]);
	expect(at("2026-10-24T21:00:00Z")).toEqual(["2026-10-23T22:00", "2026-10-23T22:00"]);
});
