import { locale, type Locale } from "@common/format";
import { z } from "zod";

type Kind = "missing" | "number" | "small" | "big";
const WORDS: Record<Locale, Record<Kind, (bound?: unknown) => string>> = {
	en: {
		missing: () => "Fill this in",
		number: () => "A number, please",
		small: bound => `At least ${bound}`,
		big: bound => `At most ${bound}`
	},
	de: {
		missing: () => "Bitte ausfüllen",
		number: () => "Bitte eine Zahl",
		small: bound => `Mindestens ${bound}`,
		big: bound => `Höchstens ${bound}`
	}
};

/** Says of a form's numbers what is wrong with them; the contract's own words stand where it has some. */
z.config({
	customError: issue => {
		const say = WORDS[locale.value];
		if (issue.code === "invalid_type")
			return issue.input === undefined ? say.missing() : say.number();
		if (issue.code === "too_small" && issue.origin === "int") return say.small(issue.minimum);
		if (issue.code === "too_big" && issue.origin === "int") return say.big(issue.maximum);
		return undefined;
	}
});
