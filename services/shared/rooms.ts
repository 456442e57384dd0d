import { z } from "zod";
import type { Identity } from "./access";
import { Id, Sku } from "./fields";

/** What a socket may ask to hear. */
export const Topic = z.union([
	z.literal("catalog"),
	z.literal("ops"),
	z.templateLiteral(["stock:", Sku]),
	z.templateLiteral(["product:", Id]),
	z.templateLiteral(["order:", Id])
]);
export type Topic = "catalog" | "ops" | `stock:${string}` | `product:${string}` | `order:${string}`;
/** `order:<id>` is heard apart by the buyer and by each seller, who may see their own parcel only. */
export type Room =
	| Topic
	| `user:${string}`
	| `seller:${string}`
	| `order:${string}:buyer`
	| `order:${string}:${string}`;

/** The rooms that a socket is in by being who it is. */
export const roomsOf = (user: Identity | null): Room[] =>
	!user
		? []
		: user.role === "seller"
			? [`user:${user.id}`, `seller:${user.id}`]
			: [`user:${user.id}`];
