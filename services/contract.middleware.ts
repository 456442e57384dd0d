import type { Middleware, Service } from "moleculer";
import type { z } from "zod";
import { fail } from "./errors";
import { mayCall } from "./shared/access";
import { issuesOf } from "./shared/check";
import { actionOf, payloadOf } from "./shared/contract";

/** The services that speak for somebody outside; every other caller is one of ours. */
const DOORS = new Set(["gateway", "relay"]);
const strict = ["development", "test"].includes(process.env.NODE_ENV ?? "");

function parse(schema: z.ZodType, value: unknown): unknown {
	const { success, data, error } = schema.safeParse(value);
	return success ? data : fail("VALIDATION_FAILED", { errors: issuesOf(error) });
}

/** Our own answers and events are checked in dev and test, and taken at their word in a shop that is open. */
function check(schema: z.ZodType | undefined, value: unknown, what: string): void {
	const error = strict && schema?.safeParse(value).error;
	if (error) throw new Error(`${what} breaks the contract: ${error.message}`);
}

const emitter =
	(next: (...args: unknown[]) => Promise<void>) =>
	(name: string, payload: unknown, opts?: object) => {
		check(payloadOf(name), payload, name);
		return next(name, payload, opts);
	};

/** Holds every action and event to the table: who may call, what goes in and out, how long it may take. */
export const contract: Middleware = {
	name: "Contract",

	serviceCreating(_service, { name: service, actions = {} }) {
		for (const [key, written] of Object.entries(actions)) {
			const action = actionOf(`${service}.${key}`);
			if (!action) continue;
			const { access, timeout, cache, params } = action;
			actions[key] = {
				...(typeof written === "function" ? { handler: written } : (written as object)),
				visibility: access === "internal" ? "public" : "published",
				cache: cache ? { ttl: cache, keys: Object.keys(params.shape) } : false,
				...(timeout && { timeout })
			};
		}
	},

	localAction(next, { name = "" }) {
		const action = actionOf(name);
		if (!action) return next;
		return async function (this: Service, ctx) {
			const { user } = ctx.meta;
			if (!mayCall(action.access, user, !DOORS.has(ctx.caller ?? "")))
				fail(user ? "FORBIDDEN" : "UNAUTHORIZED");
			ctx.params = parse(action.params, ctx.params ?? {});
			const result = await next.call(this, ctx);
			check(action.result, result, name);
			return result;
		};
	},

	emit: emitter as never, // moleculer's types take the result of `next` here, its code a function
	broadcast: emitter as never
};
