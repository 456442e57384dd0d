import { CURRENCY } from "@shared/money";
import { ref } from "vue";

export type Locale = "en" | "de";
/** The page's language; `setLocale` of i18n changes it. */
export const locale = ref<Locale>("en");
/** How a language writes dates and money. */
const REGION: Record<Locale, string> = { en: "en-IE", de: "de-DE" };
/** Its language and place, as formatters want it. */
export const region = () => REGION[locale.value];

type Formatter = Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat;
const kept = new Map<string, Formatter>();
function keep<T extends Formatter>(key: string, make: () => T): T {
	const formatter = (kept.get(key) as T | undefined) ?? make();
	kept.set(key, formatter);
	return formatter;
}

/** 1999 -> "€19.99" */
export const money = (cents: number, currency: string = CURRENCY) =>
	keep(
		`m${region()}${currency}`,
		() => new Intl.NumberFormat(region(), { style: "currency", currency })
	).format(cents / 100);
/** 1999 -> "€20", for axes and ranges. */
export const roughMoney = (cents: number, currency: string = CURRENCY) =>
	keep(
		`r${region()}${currency}`,
		() => new Intl.NumberFormat(region(), { style: "currency", currency, maximumFractionDigits: 0 })
	).format(cents / 100);
export const count = (value: number) =>
	keep(`n${region()}`, () => new Intl.NumberFormat(region())).format(value);
export const day = (at: string) =>
	keep(`d${region()}`, () => new Intl.DateTimeFormat(region(), { dateStyle: "medium" })).format(
		new Date(at)
	);
/** "7 Mar", of another year "4 Dec 25": for narrow columns. */
export function shortDay(at: string, now = new Date()): string {
	const isOther = new Date(at).getFullYear() !== now.getFullYear();
	const year = isOther && { year: "2-digit" as const };
	return keep(
		`s${isOther}${region()}`,
		() => new Intl.DateTimeFormat(region(), { day: "numeric", month: "short", ...year })
	).format(new Date(at));
}
export const moment = (at: string) =>
	keep(
		`t${region()}`,
		() => new Intl.DateTimeFormat(region(), { dateStyle: "medium", timeStyle: "short" })
	).format(new Date(at));

const STEPS = [
	["day", 86_400_000],
	["hour", 3_600_000],
	["minute", 60_000]
] as const;
/** "3 minutes ago" */
export function ago(at: string, now: number): string {
	const past = now - Date.parse(at);
	const [unit, length] = STEPS.find(([, length]) => past >= length) ?? ["second", 1000];
	return keep(
		`a${region()}`,
		() => new Intl.RelativeTimeFormat(region(), { numeric: "auto" })
	).format(-Math.max(0, Math.floor(past / length)), unit);
}
/** 125000 -> "2:05" */
export function minutes(ms: number): string {
	const seconds = Math.max(0, Math.ceil(ms / 1000));
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
/** { Size: "L", Colour: "Moss" } -> "L, Moss" */
export const optionsText = (options: Record<string, string>) => Object.values(options).join(", ");
