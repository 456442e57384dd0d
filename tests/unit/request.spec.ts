import fc from "fast-check";
import { z } from "zod";
import { parseJson } from "../../services/gateway/json";
import { paramsOf, queryOf, type Parts } from "../../services/gateway/request";
import { cookieParams, setCookie, takeCookies } from "../../services/gateway/cookies";
import type { Action } from "../../services/shared/define";

const action = (route: Action["route"], shape: z.ZodRawShape): Action => ({
	about: "",
	access: "public",
	params: z.strictObject(shape),
	result: z.null(),
	...(route && { route })
});
const list = action("GET /things/:id", {
	id: z.string(),
	page: z.int().optional(),
	open: z.boolean().optional(),
	q: z.string().optional()
});
const errorsOf = (run: () => unknown): unknown => {
	try {
		run();
	} catch (err) {
		const { type, data } = err as {
			type: string;
			data?: { errors: { path: string; code: string }[] };
		};
		return data ? data.errors.map(({ path, code }) => `${path} ${code}`) : type;
	}
	return "nothing";
};

describe("params", () => {
	it("reads numbers and booleans of a query, and leaves to the validator what is neither", () => {
		const read = (query: Record<string, string>) => paramsOf(list, { query });
		expect(read({ page: "2", open: "false", q: "3" })).toEqual({ page: 2, open: false, q: "3" });
		for (const page of ["", " 1", "1e3", "1.5", "0x1", "+1", "1".repeat(16), "NaN"])
			expect(read({ page })).toEqual({ page });
		expect(read({ open: "TRUE" })).toEqual({ open: "TRUE" });
	});

	it.each<[Parts, string]>([
		[{ query: { id: "1" } }, "id UNKNOWN_KEY"],
		[{ path: { page: "1" } }, "page UNKNOWN_KEY"],
		[{ body: { q: "x" } }, "q UNKNOWN_KEY"],
		[{ query: { constructor: "x" } }, "constructor UNKNOWN_KEY"],
		[{ query: Object.fromEntries([["__proto__", "x"]]) }, "__proto__ UNKNOWN_KEY"]
	])("refuses %p", (parts, error) => {
		expect(errorsOf(() => paramsOf(list, parts))).toEqual([error]);
	});

	it("leaves a body's values as they are", () => {
		const post = action("POST /things", { page: z.int(), list: z.array(z.int()) });
		const body = { page: "1", list: [1] };
		expect(paramsOf(post, { body })).toEqual(body);
	});
});

describe("queries", () => {
	it.each([
		["/a", {}],
		["/a?", {}],
		["/a?q=b%20c+d&x", { q: "b c d", x: "" }],
		["/a?q=a=b=c", { q: "a=b=c" }],
		["/a?a[b]=c", { "a[b]": "c" }],
		["/a?q=%F0%9F%8D%B5", { q: "🍵" }]
	])("reads %s", (url, query) => {
		expect(queryOf(url)).toEqual(query);
	});

	it("refuses doubles and what can't be decoded", () => {
		expect(errorsOf(() => queryOf("/a?q=1&q=2"))).toEqual(["q DUPLICATE_KEY"]);
		expect(errorsOf(() => queryOf("/a?q=1&%71=2"))).toEqual(["q DUPLICATE_KEY"]);
		for (const url of ["/a?%", "/a?q=%zz", "/a?q=%ff", "/a?%E0%A4%A=1"])
			expect(errorsOf(() => queryOf(url))).toBe("BAD_REQUEST");
	});

	it("reads what URLSearchParams writes", () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.string({ unit: "grapheme" })), query => {
				const given = new Map(Object.entries(query));
				expect(queryOf(`/a?${new URLSearchParams([...given])}`)).toEqual(Object.fromEntries(given));
			})
		);
	});
});

describe("JSON", () => {
	it("reads what JSON.stringify writes", () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), value => {
				const json = JSON.stringify(value);
				const hasProto = json.includes('"__proto__":');
				if (hasProto) expect(errorsOf(() => parseJson(Buffer.from(json)))).not.toBe("nothing");
				else expect(parseJson(Buffer.from(json))).toEqual(JSON.parse(json));
			})
		);
	});

	it.each([
		['{"a":1,"a":2}', ["a DUPLICATE_KEY"]],
		['{"a":[{"b":1},{"b":1,"b":2}]}', ["a.1.b DUPLICATE_KEY"]],
		['{"a":{"\\u005f_proto__":1}}', ["a.__proto__ UNKNOWN_KEY"]],
		['{"a\\"":"}{][,:","a\\"":1}', ['a" DUPLICATE_KEY']],
		["[]", [" INVALID_TYPE"]],
		["{", "BAD_REQUEST"],
		[`${'{"a":'.repeat(40)}1${"}".repeat(40)}`, "BAD_REQUEST"]
	])("refuses %s", (json, errors) => {
		expect(errorsOf(() => parseJson(Buffer.from(json)))).toEqual(errors);
	});

	it("takes an object inside a list for another one", () => {
		expect(parseJson(Buffer.from('{"a":[{"b":1},{"b":2}],"b":{"a":"a"}}'))).toEqual({
			a: [{ b: 1 }, { b: 2 }],
			b: { a: "a" }
		});
	});
});

describe("cookies", () => {
	const refresh = action("POST /x", { refreshToken: z.string().max(10).optional() });

	it.each([
		["refresh_token=abc", { refreshToken: "abc" }],
		["a=b; refresh_token=abc; guest_cart=x", { refreshToken: "abc" }],
		["xrefresh_token=abc", {}],
		["refresh_token=", {}],
		["refresh_token=much-too-long", {}],
		[undefined, {}]
	])("takes of %p what the action asks for", (header, params) => {
		expect(cookieParams(refresh, header)).toEqual(params);
	});

	it("sets and takes away", () => {
		expect(setCookie("guestToken", "g", true)).toBe(
			"guest_cart=g; Path=/api; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure"
		);
		expect(setCookie("refreshToken", null, false)).toBe(
			"refresh_token=; Path=/api/auth; Max-Age=0; HttpOnly; SameSite=Strict"
		);
		expect(takeCookies({ id: "1", guestToken: null })).toEqual({
			cookies: [["guestToken", null]],
			shown: { id: "1" }
		});
	});
});
