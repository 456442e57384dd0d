import type { Dashboard } from "@shared/sales.contract";
import { csvOf } from "../../frontend/src/seller/csv";
import {
	fileOf,
	growth,
	queryOf,
	rowsOf,
	share,
	SPANS,
	stepNames,
	STEPS
} from "../../frontend/src/seller/dashboard";

const NOW = new Date(2026, 10, 22, 15, 30); // a Sunday
const from = (span: (typeof SPANS)[number], zone?: string, now = NOW) =>
	new Date(queryOf(span, undefined, zone, now.getTime()).from!);

it("begins spans at a midnight of the seller's calendar, weeks on a Monday, months on their first", () => {
	expect(queryOf("today", "hour")).toEqual({
		interval: "hour",
		timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone
	});
	expect(from("week")).toEqual(new Date(2026, 10, 16));
	expect(from("month")).toEqual(new Date(2026, 9, 24));
	expect(from("quarter")).toEqual(new Date(2026, 7, 24));
	expect(from("quarter").getDay()).toBe(1);
	expect(from("year")).toEqual(new Date(2025, 11, 1));
	for (const span of SPANS) expect(queryOf(span).interval).toBe(STEPS[span][0]);
});

it("begins them in another time zone than the browser's, over days of 23 and 25 hours", () => {
	const now = new Date("2026-11-01T03:00:00Z"); // in New York the last evening of October
	expect(from("week", "America/New_York", now)).toEqual(new Date("2026-10-25T04:00:00Z"));
	expect(from("year", "America/New_York", now)).toEqual(new Date("2025-11-01T04:00:00Z"));
	const after = new Date("2026-03-30T09:00:00Z"); // the day after Berlin's clocks went on
	expect(from("week", "Europe/Berlin", after)).toEqual(new Date("2026-03-23T23:00:00Z"));
	expect(from("month", "Europe/Berlin", after)).toEqual(new Date("2026-02-28T23:00:00Z"));
	expect(from("quarter", "Europe/Berlin", after)).toEqual(new Date("2026-01-04T23:00:00Z"));
	expect(queryOf("today", "hour", "Asia/Kathmandu").timeZone).toBe("Asia/Kathmandu");
});

it("compares with before, and with nothing where there was nothing", () => {
	expect([growth(150, 100), growth(50, 100), growth(5, 0)]).toEqual([50, -50, undefined]);
	expect([share(1, 3), share(0, 0)]).toEqual([33.3, undefined]);
});

const totals = { revenue: 0, refunds: 0, orders: 0, units: 0, averageOrderValue: 0 };
const dashboard: Dashboard = {
	from: "2026-10-24T22:00:00.000Z",
	to: "2026-10-26T23:00:00.000Z",
	interval: "day",
	timeZone: "Europe/Berlin",
	currency: "EUR",
	totals,
	previous: totals,
	series: [
		{ at: "2026-10-24T22:00:00.000Z", revenue: 1999, refunds: 50, orders: 1, units: 2 },
		{ at: "2026-10-25T23:00:00.000Z", revenue: 0, refunds: 0, orders: 0, units: 0 }
	],
	topProducts: [],
	runOut: []
};

it("names the steps in the time zone that they were counted in", () => {
	expect(stepNames(dashboard, "en-IE")).toEqual(["25 Oct", "26 Oct"]);
	const hours = { ...dashboard, interval: "hour" as const, to: "2026-10-25T23:00:00.000Z" };
	expect(stepNames(hours, "en-IE")).toEqual(["00:00", "00:00"]);
	const month = { ...dashboard, interval: "month" as const };
	expect(stepNames(month, "en-IE")).toEqual(["Oct 2026", "Oct 2026"]);
});

it("names a file by the day with which it begins in the time zone that it was counted in", () => {
	const from = "2025-11-30T23:00:00.000Z";
	const month = { ...dashboard, from, interval: "month" as const };
	expect(fileOf(month)).toBe("sales-2025-12-01-month.csv");
	expect(fileOf({ ...month, timeZone: "UTC" })).toBe("sales-2025-11-30-month.csv");
	const york = { ...dashboard, from: "2026-01-01T04:59:00.000Z", timeZone: "America/New_York" };
	expect(fileOf(york)).toBe("sales-2025-12-31-day.csv");
});

it("exports numbers as numbers, and nothing that a spreadsheet would run", () => {
	expect(csvOf(rowsOf(dashboard, ["25 Oct", "=1+1"])).split("\r\n")).toEqual([
		"from,step,revenue,refunds,orders,units,currency",
		"2026-10-24T22:00:00.000Z,25 Oct,19.99,0.5,1,2,EUR",
		"2026-10-25T23:00:00.000Z,'=1+1,0,0,0,0,EUR",
		""
	]);
	expect(csvOf([["@cmd", "-2+3", "+1", "\tx", 'say "so", please', -2]])).toBe(
		`'@cmd,'-2+3,'+1,'\tx,"say ""so"", please",-2\r\n`
	);
});
