import { z } from "zod";
import { live, type ActionTable } from "./define";
import { Cents, Currency, Id, Options, Sku, Version } from "./fields";

export const CartProblem = z.enum([
	"OUT_OF_STOCK",
	"INSUFFICIENT_STOCK",
	"PRICE_CHANGED",
	"UNAVAILABLE"
]);
export const CartItem = z
	.strictObject({
		sku: Sku,
		productId: z.string(),
		slug: z.string(),
		title: z.string(),
		options: Options,
		image: z.string().nullable(),
		unitPrice: Cents,
		quantity: z.int(),
		lineTotal: Cents,
		available: z.int(),
		problem: CartProblem.optional(),
		previousUnitPrice: Cents.optional()
	})
	.meta({ id: "CartItem" });
const cart = {
	items: z.array(CartItem),
	discounts: z.array(z.strictObject({ code: z.string(), amount: Cents })),
	subtotal: Cents,
	total: Cents,
	currency: Currency,
	version: Version
};
export const Cart = z.strictObject(cart).meta({ id: "Cart" });
const CartAnswer = z.strictObject({ ...cart, guestToken: z.string().nullable().optional() });
const guestToken = z.string().min(1).max(400).optional();

export const cartActions = {
	"cart.get": {
		about: "Your cart, or a guest's by its cookie, at the prices and stock of now",
		access: "public",
		route: "GET /cart",
		params: z.strictObject({ guestToken }),
		result: CartAnswer
	},
	"cart.put": {
		about: "Sets how many of a SKU are in the cart; 0 removes it",
		access: "public",
		route: "PUT /cart/items/:sku",
		params: z.strictObject({ sku: Sku, quantity: z.int().min(0).max(999), guestToken }),
		result: CartAnswer,
		refuses: ["NOT_FOUND"]
	},
	"cart.clear": {
		about: "Empties the cart",
		access: "public",
		route: "DELETE /cart",
		params: z.strictObject({ guestToken }),
		result: CartAnswer
	},
	"cart.merge": {
		about: "Adds a guest's cart to an account's: the larger quantity wins, never above stock",
		access: "internal",
		params: z.strictObject({ userId: Id, guestToken: z.string().max(400) }),
		result: z.null(),
		timeout: 2000
	},
	"cart.bought": {
		about: "Takes what was just ordered out of the buyer's cart",
		access: "internal",
		params: z.strictObject({
			userId: Id,
			lines: z.array(z.strictObject({ sku: Sku, quantity: z.int() }))
		}),
		result: z.null(),
		timeout: 2000
	}
} satisfies ActionTable;

export const cartEvents = {
	"cart.changed": live(
		z.strictObject({
			userId: Id,
			version: Version,
			problems: z.array(z.strictObject({ sku: Sku, problem: CartProblem }))
		}),
		({ userId, ...data }) => [{ rooms: [`user:${userId}`], event: "cart.changed", data }]
	)
};

export type Cart = z.infer<typeof Cart>;
export type CartItem = z.infer<typeof CartItem>;
export type CartProblem = z.infer<typeof CartProblem>;
