import { idOf, newId } from "../../services/id";
import type { Identity } from "../../services/shared/access";
import type { Broker } from "../../services/typed";

export const ADDRESS = {
	name: "Ada Example",
	line1: "1 Harbour Row",
	city: "Bremen",
	postalCode: "28195",
	country: "DE"
};
export const identity = (role: Identity["role"], name = newId()): Identity => ({
	id: idOf("u", name),
	role,
	sid: idOf("s", name)
});
export const as = (user: Identity) => ({ meta: { user } });

/** Shorthands for what sellers and buyers do, on a real broker. */
export function shop(broker: Broker) {
	return {
		/** A product of its own for each test: answers with its only SKU. */
		async product(stock: number, { price = 1000, seller = identity("seller") } = {}) {
			const product = await broker.call(
				"catalog.create",
				{
					title: `Thing ${newId()}`,
					description: "A thing",
					category: "things",
					variants: [{ sku: `sku-${newId()}`, price, stock }]
				},
				as(seller)
			);
			const { sku } = product.variants[0]!;
			return { product, sku, seller, stock: () => stockOf(broker, sku) };
		},
		place: (buyer: Identity, items: { sku: string; quantity: number }[], key: string = newId()) =>
			broker.call(
				"order.place",
				{ idempotencyKey: key, items, shippingAddress: ADDRESS },
				as(buyer)
			),
		pay: (buyer: Identity, id: string, paymentToken = "tok_ok") =>
			broker.call("order.pay", { id, paymentToken }, as(buyer)),
		cancel: (buyer: Identity, id: string) => broker.call("order.cancel", { id }, as(buyer)),
		get: (buyer: Identity, id: string) => broker.call("order.get", { id }, as(buyer)),
		verify: () => broker.call("ops.verify", { settled: true })
	};
}
const stockOf = async (broker: Broker, sku: string) =>
	(await broker.call("inventory.stock", { skus: [sku] }))[0]!;

/** Waits until something is so, for a bounded time. */
export async function until<T>(
	what: () => Promise<T> | T,
	holds: (value: T) => boolean = Boolean,
	ms = 8000
): Promise<T> {
	const end = Date.now() + ms;
	for (;;) {
		const value = await what();
		if (holds(value)) return value;
		if (Date.now() > end) throw new Error(`Still ${JSON.stringify(value)} after ${ms} ms`);
		await new Promise(resolve => setTimeout(resolve, 20));
	}
}
