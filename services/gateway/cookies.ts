import type { Action } from "../shared/define";
import { COOKIES, isCookie, type CookieKey } from "../shared/routes";

const KEYS = Object.keys(COOKIES).filter(isCookie);
const DAY = 86_400;

/** The cookies that an action asks for. One that can't be of ours is none: it would lock its owner out. */
export function cookieParams(action: Action, header = ""): Partial<Record<CookieKey, string>> {
	const given = header.split(/;\s*/);
	return Object.fromEntries(
		KEYS.flatMap(key => {
			const schema = action.params.shape[key];
			const start = `${COOKIES[key].name}=`;
			const value = given.find(pair => pair.startsWith(start))?.slice(start.length);
			return schema && value && schema.safeParse(value).success ? [[key, value]] : [];
		})
	);
}

/** The Set-Cookie header of a value; null takes the cookie away. */
export function setCookie(key: CookieKey, value: string | null, secure: boolean): string {
	const { name, path, sameSite, days } = COOKIES[key];
	return (
		`${name}=${value ?? ""}; Path=${path}; Max-Age=${value === null ? 0 : days * DAY}` +
		`; HttpOnly; SameSite=${sameSite}${secure ? "; Secure" : ""}`
	);
}

/** Splits a result into the cookies that it sets and what its body shows. */
export function takeCookies(result: object): {
	cookies: [CookieKey, string | null][];
	shown: object;
} {
	const found = KEYS.filter(key => Object.hasOwn(result, key));
	if (found.length === 0) return { cookies: [], shown: result };
	const shown: Record<string, unknown> = { ...result };
	const cookies = found.map((key): [CookieKey, string | null] => {
		const value = shown[key];
		delete shown[key];
		return [key, typeof value === "string" ? value : null];
	});
	return { cookies, shown };
}
