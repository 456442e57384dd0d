import { locale } from "./format";

/** Where the shop delivers to. */
export const COUNTRIES =
	"AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK US".split(
		" "
	);

export const countryName = (code: string): string =>
	new Intl.DisplayNames(locale.value, { type: "region" }).of(code) ?? code;
