import { z } from "zod";
import { ACTIONS, EVENTS, actionOf, payloadOf } from "../../services/shared/contract";
import type { Action } from "../../services/shared/define";
import { ERRORS } from "../../services/shared/errors";
import { isCookie, placeOf } from "../../services/shared/routes";

const actions = Object.entries<Action>(ACTIONS);

/** Every schema inside a JSON schema. */
function schemas(node: unknown): Record<string, unknown>[] {
	if (typeof node !== "object" || node === null) return [];
	return [node as Record<string, unknown>, ...Object.values(node).flatMap(schemas)];
}
const jsonOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input" });
const isBounded = ({
	maxLength,
	enum: values,
	const: value,
	pattern,
	format
}: Record<string, unknown>) =>
	[maxLength, values, value].some(limit => limit !== undefined) ||
	/\{\d+,\d+\}\$?$|[^+*]\$$/.test(String(pattern)) ||
	format === "date-time";

describe("every action", () => {
	it.each(actions)("%s refuses unknown keys at every level", (_name, { params }) => {
		for (const object of schemas(jsonOf(params)).filter(({ type }) => type === "object"))
			if (object.propertyNames === undefined)
				expect(object).toHaveProperty("additionalProperties", false);
			else expect(object.propertyNames).toHaveProperty("pattern");
	});

	it.each(actions)(
		"%s bounds its text and its lists, if it can be asked from outside",
		(_name, action) => {
			if (!action.route) return;
			for (const schema of schemas(jsonOf(action.params))) {
				if (schema.type === "string") expect([schema, isBounded(schema)]).toEqual([schema, true]);
				if (schema.type === "array") expect(schema).toHaveProperty("maxItems");
			}
		}
	);

	it.each(actions)("%s answers what JSON can carry", (_name, { result }) => {
		expect(() => z.toJSONSchema(result)).not.toThrow();
	});

	it.each(actions)(
		"%s is reachable from outside only if it may be",
		(_name, { access, route, status, result, params, shared, upload }) => {
			if (access === "internal") expect(route).toBeUndefined();
			for (const [, key] of route?.matchAll(/:(\w+)/g) ?? [])
				expect(params.shape).toHaveProperty(key!);
			expect(status === 204).toBe(route !== undefined && result instanceof z.ZodNull);
			expect(upload !== undefined).toBe("file" in params.shape);
			if (shared !== undefined) {
				expect([access, route]).toEqual(["public", expect.stringMatching(/^GET /)]);
				expect(Object.keys(params.shape).filter(isCookie)).toEqual([]);
			}
		}
	);
});

it("has each route once", () => {
	const routes = actions.flatMap(([, { route }]) => (route ? [route.replace(/:\w+/g, ":")] : []));
	expect(new Set(routes).size).toBe(routes.length);
});

it.each(Object.entries(EVENTS))("%s carries what JSON can carry", (_name, { payload }) => {
	expect(() => z.toJSONSchema(payload)).not.toThrow();
});

it("knows own names only", () => {
	for (const name of ["constructor", "__proto__", "toString", "", "order"]) {
		expect(actionOf(name)).toBeUndefined();
		expect(payloadOf(name)).toBeUndefined();
	}
});

it.each(Object.entries(ERRORS))("%s has a status and a title", (code, [status, title]) => {
	expect(code).toMatch(/^[A-Z_]+$/);
	expect(status).toBeGreaterThanOrEqual(400);
	expect(title).toMatch(/^[A-Z].*[^.]$/);
});

it.each([
	["GET /orders/:id", "id", "path"],
	["GET /orders", "page", "query"],
	["DELETE /things/:id", "version", "query"],
	["POST /orders/:id/pay", "paymentToken", "body"],
	["POST /orders", "idempotencyKey", "header"],
	["GET /cart", "guestToken", "cookie"],
	["POST /things", "file", "file"]
])("%s: %s travels in the %s", (route, key, place) => {
	expect(placeOf(route, key)).toBe(place);
});
