import { fail, failField } from "../errors";
import type { Issue } from "../shared/check";

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;
/** More levels than any of our bodies has; what is deeper isn't worth walking. */
const DEEPEST = 32;

/**
 * What JSON.parse lets pass in a text that it has read: a key twice in one object (the last would win)
 * and `__proto__` (a validator that copies would drop it silently).
 */
function keyIssues(json: string): Issue[] {
	const issues: Issue[] = [];
	const inside: { keys: Set<string> | null; at: string | number }[] = [];
	let text = "";
	for (const [token] of json.matchAll(TOKEN)) {
		const here = inside.at(-1);
		if (token === "{" || token === "[") {
			if (inside.length === DEEPEST) fail("BAD_REQUEST");
			inside.push(token === "{" ? { keys: new Set(), at: "" } : { keys: null, at: 0 });
		} else if (token === "}" || token === "]") inside.pop();
		else if (token === ",") {
			if (here?.keys === null) here.at = Number(here.at) + 1;
		} else if (token === ":" && here?.keys) {
			const key = (here.at = JSON.parse(text) as string);
			const path = inside.map(({ at }) => at).join(".");
			if (here.keys.has(key)) issues.push({ path, code: "DUPLICATE_KEY", message: "Given twice" });
			else if (key === "__proto__")
				issues.push({ path, code: "UNKNOWN_KEY", message: "Not expected here" });
			here.keys.add(key);
		} else text = token;
	}
	return issues;
}

/** The object in a body: unparsable is BAD_REQUEST, anything but an object of clean keys VALIDATION_FAILED. */
export function parseJson(body: Buffer): Record<string, unknown> {
	let text: string;
	let value: unknown;
	try {
		text = new TextDecoder("utf-8", { fatal: true }).decode(body);
		value = JSON.parse(text);
	} catch {
		return fail("BAD_REQUEST");
	}
	const errors = keyIssues(text);
	if (errors.length) fail("VALIDATION_FAILED", { errors: errors.slice(0, 20) });
	if (typeof value !== "object" || value === null || Array.isArray(value))
		failField("", "Expected an object", "INVALID_TYPE");
	return value as Record<string, unknown>;
}
