import { z } from "zod";
import { live, type ActionTable } from "../../services/shared/define";
import type { Order } from "../../services/shared/order.contract";
import type { Answer, Request } from "../../services/shared/routes";
import type { Ctx, Schema } from "../../services/typed";

/** Never runs: what the contract's types must refuse. */
export async function refused(ctx: Ctx<{ id: string }>) {
	const order = await ctx.call("order.settle", { id: "order00000001" });
	order?.status satisfies Order["status"] | undefined;
	await ctx.call("catalog.version");
	await ctx.emit("catalog.changed", { version: "1" });

	// @ts-expect-error no such action
	await ctx.call("order.settel", { id: "1" });
	// @ts-expect-error wrong params
	await ctx.call("order.settle", { ids: "1" });
	// @ts-expect-error params are missing
	await ctx.call("order.settle");
	// @ts-expect-error no such field in the result
	order?.totl;
	// @ts-expect-error no such event
	await ctx.emit("catalog.chnged", { version: "1" });
	// @ts-expect-error wrong payload
	await ctx.emit("catalog.changed", { version: 1 });
	// @ts-expect-error a public action may have no user
	ctx.meta.user.id;
}

const never = () => null as never;
const actions = { list: never, read: never, record: never, alert: never };
export const right: Schema<"notification"> = { name: "notification", actions };
// @ts-expect-error an action of the contract is missing
export const missing: Schema<"notification"> = { name: "notification", actions: { list: never } };
export const foreign: Schema<"notification"> = {
	name: "notification",
	// @ts-expect-error the contract doesn't know this action
	actions: { ...actions, write: never }
};
export const wrong: Schema<"notification"> = {
	name: "notification",
	// @ts-expect-error read answers nothing
	actions: { ...actions, read: () => 1 }
};
// @ts-expect-error the name is another
export const misnamed: Schema<"notification"> = { name: "notifications", actions };
export const deaf: Schema<"notification"> = {
	name: "notification",
	actions,
	// @ts-expect-error no such event
	events: { "stock.lwo"() {} }
};

const entry = {
	about: "",
	access: "public",
	params: z.strictObject({}),
	result: z.null()
} as const;
export const table = {
	"a.b": entry,
	// @ts-expect-error who may call it isn't said
	"a.c": { about: "", params: entry.params, result: entry.result },
	// @ts-expect-error no such access
	"a.d": { ...entry, access: "buyers" },
	// @ts-expect-error not a route
	"a.e": { ...entry, route: "/a" },
	// @ts-expect-error not an error of ours
	"a.f": { ...entry, refuses: ["OOPS"] },
	// @ts-expect-error params is an object
	"a.g": { ...entry, params: z.string() },
	// @ts-expect-error no such cookie
	"a.h": { ...entry, clears: ["session"] }
} satisfies ActionTable;
const told = z.strictObject({ id: z.string() });
// @ts-expect-error no such field in the payload
live(told, ({ sku }) => [{ rooms: [`product:${sku}`], event: "x", data: {} }]);
// @ts-expect-error no such kind of room
live(told, ({ id }) => [{ rooms: [`sellers:${id}`], event: "x", data: {} }]);

/** What a client says and gets for a route. */
export const asked: Request<"POST /orders/:id/pay"> = {
	path: { id: "order00000001" },
	body: { paymentToken: "tok_ok" }
};
// @ts-expect-error an order needs a key
export const keyless: Request<"POST /orders"> = {
	body: { items: [], shippingAddress: {} as never }
};
export const shown = ({} as Answer<"POST /auth/login">).accessToken;
// @ts-expect-error a cookie's value isn't in the answer
export const hidden = ({} as Answer<"POST /auth/login">).refreshToken;
