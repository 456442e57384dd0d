import type { Client, Order, Product } from "./client";
import { PASSWORD, unique } from "./client";
import type { Reply } from "./http";

/** Who asks for what while a service is away. */
export interface People {
	guest: Client;
	buyer: Client;
	seller: Client;
	product: Product;
	/** Reserved and not paid yet; a new one for each outage. */
	order: Order;
}
export interface Call {
	name: string;
	/** Without one of these it is refused, with 503; without any other it goes well. */
	needs: string[];
	/** Without one of these it is begun, and decided when they are back. */
	waitsFor?: string[];
	send(people: People): Promise<Omit<Reply, "body">>;
}
const skuOf = ({ variants }: Product) => variants[0]!.sku;

/** What people do in the shop, and whom it takes. What isn't named here isn't missed. */
export const CALLS: Call[] = [
	{
		name: "the list",
		needs: ["catalog"],
		// a word of its own, so that no gateway and no nginx has the answer already
		send: ({ guest }) => guest.ask(`GET /api/catalog/products?q=${unique("any")}`)
	},
	{
		name: "a product's page",
		needs: ["catalog"],
		send: ({ guest, product }) => guest.ask(`GET /api/catalog/products/${product.id}`)
	},
	{
		name: "the stock of now",
		needs: ["catalog", "inventory"],
		send: ({ guest, product }) => guest.ask(`GET /api/catalog/stock?skus=${skuOf(product)}`)
	},
	{
		name: "to put something in the cart",
		needs: ["cart", "catalog", "inventory"],
		send: ({ guest, product }) => guest.putInCart(skuOf(product), 1)
	},
	{
		name: "to sign in",
		needs: ["auth"],
		send: ({ guest, buyer }) =>
			guest.ask("POST /api/auth/login", {
				headers: { Cookie: "" },
				body: { email: buyer.user!.email, password: PASSWORD }
			})
	},
	{ name: "one's account", needs: ["auth"], send: ({ buyer }) => buyer.ask("GET /api/auth/me") },
	{
		name: "to order",
		needs: ["order", "catalog", "inventory"],
		send: ({ buyer, product }) => buyer.place([{ sku: skuOf(product), quantity: 1 }])
	},
	{
		name: "to pay",
		needs: ["order"],
		waitsFor: ["payment"],
		send: ({ buyer, order }) => buyer.pay(order.id)
	},
	{ name: "one's orders", needs: ["order"], send: ({ buyer }) => buyer.ask("GET /api/orders") },
	{
		name: "what is new",
		needs: ["notification"],
		send: ({ buyer }) => buyer.ask("GET /api/notifications")
	},
	{
		name: "a seller's orders",
		needs: ["order"],
		send: ({ seller }) => seller.ask("GET /api/seller/orders")
	},
	{
		name: "a seller's takings",
		needs: ["sales"],
		send: ({ seller }) => seller.ask("GET /api/seller/dashboard")
	},
	{
		name: "a seller's stock",
		needs: ["inventory"],
		send: ({ seller, product }) => seller.ask(`GET /api/seller/stock?skus=${skuOf(product)}`)
	},
	{
		name: "to count stock anew",
		needs: ["inventory"],
		send: ({ seller, product }) =>
			seller.ask(`POST /api/seller/stock/${skuOf(product)}/adjust`, {
				body: { delta: 1, reason: "found" }
			})
	},
	{
		name: "to offer something new",
		needs: ["catalog", "inventory", "auth"],
		send: ({ seller }) =>
			seller.ask("POST /api/catalog/products", {
				body: {
					title: unique("Thing"),
					category: "things",
					variants: [{ sku: unique("sku"), price: 1000, stock: 3 }]
				}
			})
	}
];

/** What is to become of a call while a service is away. */
export function expected(
	{ needs, waitsFor = [] }: Call,
	away: string
): "works" | "refused" | "waits" {
	if (needs.includes(away)) return "refused";
	return waitsFor.includes(away) ? "waits" : "works";
}
export function outcomeOf({ status, headers }: Omit<Reply, "body">): string {
	if (status === 503 && headers["retry-after"]) return "refused";
	if (status === 202) return "waits";
	return status < 300 ? "works" : `${status}`;
}
