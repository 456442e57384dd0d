import { z } from "zod";
import { count, money } from "./format";

/** Fields that hold cents and are filled in as amounts. */
const AMOUNT = /^(price|compareAtPrice|amount|minPrice|maxPrice)$/;

const asNumber = (bound: number | bigint) => count(Number(bound));
function sizeOf(origin: string, bound: number | bigint, field: PropertyKey | undefined): string {
	if (origin === "string") return `${asNumber(bound)} characters`;
	if (origin === "array") return `${asNumber(bound)} entries`;
	return AMOUNT.test(String(field)) ? money(Number(bound)) : asNumber(bound);
}

/** Says of a form's field what is wrong with it, where the contract has no words of its own; `inWords` says it in German. */
export function wordsFor(issue: z.core.$ZodRawIssue): string {
	const field = issue.path?.at(-1);
	switch (issue.code) {
		case "invalid_type":
			if (issue.input === undefined || issue.input === null) return "Fill this in";
			if (AMOUNT.test(String(field))) return "An amount such as 19.90";
			return issue.expected === "number" || issue.expected === "int"
				? "A number, please"
				: "Please check this";
		case "too_small":
			if (/string|array/.test(issue.origin) && issue.minimum === 1) return "Fill this in";
			return `At least ${sizeOf(issue.origin, issue.minimum, field)}`;
		case "too_big":
			return `At most ${sizeOf(issue.origin, issue.maximum, field)}`;
		case "invalid_value":
			return "Choose a value";
		default:
			return "Please check this";
	}
}
z.config({ customError: wordsFor });
