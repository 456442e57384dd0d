import AuthService from "../../services/auth/auth.service";
import CartService from "../../services/cart/cart.service";
import type { CartStore } from "../../services/cart/carts";
import CatalogService from "../../services/catalog/catalog.service";
import InventoryService from "../../services/inventory/inventory.service";
import type { Payload, Result } from "../../services/shared/contract";
import { cluster } from "../helpers/cluster";
import { caller, newProduct } from "../helpers/callers";
import { identity, until } from "../helpers/shop";

const told: Payload<"cart.changed">[] = [];
const Listener = {
	name: "listener",
	events: {
		"cart.changed": (ctx: { params: Payload<"cart.changed"> }) => void told.push(ctx.params)
	}
};
const { broker } = cluster([AuthService, InventoryService, CatalogService, CartService, Listener]);
const ada = caller(broker, identity("seller"));
const guest = caller(broker, null);
const stored = () => (broker.getLocalService("cart") as unknown as { stored: CartStore }).stored;

async function product(stock: number, price = 1000) {
	const { id, version, variants } = await ada(
		"catalog.create",
		newProduct({ variants: [{ price, stock }] })
	);
	const { sku } = variants[0]!;
	return {
		id,
		sku,
		adjust: (delta: number) => ada("inventory.adjust", { sku, delta, reason: "correction" }),
		reprice: (to: number) => ada("catalog.update", { id, version, variants: [{ sku, price: to }] })
	};
}
function buyer() {
	const user = identity("buyer");
	const call = caller(broker, user);
	return {
		user,
		call,
		put: (sku: string, quantity: number) => call("cart.put", { sku, quantity }),
		cart: () => call("cart.get", {}),
		told: () => told.filter(({ userId }) => userId === user.id)
	};
}
const quantities = ({ items }: Result<"cart.get">) =>
	Object.fromEntries(items.map(({ sku, quantity }) => [sku, quantity]));

describe("a cart", () => {
	it("holds what was put in, at the prices of now", async () => {
		const [mug, jug] = [await product(10, 1900), await product(5, 4500)];
		const { put, cart } = buyer();
		await put(mug.sku, 2);
		await put(jug.sku, 1);
		expect(await cart()).toMatchObject({
			items: [
				{
					sku: mug.sku,
					productId: mug.id,
					unitPrice: 1900,
					quantity: 2,
					lineTotal: 3800,
					available: 10
				},
				{ sku: jug.sku, quantity: 1, lineTotal: 4500 }
			],
			discounts: [],
			subtotal: 8300,
			total: 8300,
			currency: "EUR",
			version: 2
		});
		expect(quantities(await put(mug.sku, 0))).toEqual({ [jug.sku]: 1 });
	});

	it("takes only what is sold", async () => {
		const { put, cart } = buyer();
		await expect(put("no-such-sku", 1)).rejects.toMatchObject({ type: "NOT_FOUND" });
		const draft = await ada("catalog.create", newProduct({ status: "draft" }));
		await expect(put(draft.variants[0]!.sku, 1)).rejects.toMatchObject({ type: "NOT_FOUND" });
		expect(await cart()).toEqual({
			items: [],
			discounts: [],
			subtotal: 0,
			total: 0,
			currency: "EUR",
			version: 0
		});
	});

	it("loses nothing when many tabs put things in at once", async () => {
		const things = await Promise.all(Array.from({ length: 12 }, () => product(10)));
		const { put, cart } = buyer();
		await Promise.all(things.map(({ sku }, i) => put(sku, i + 1)));
		const held = await cart();
		expect(quantities(held)).toEqual(Object.fromEntries(things.map(({ sku }, i) => [sku, i + 1])));
		expect(held.version).toBe(12);
	});

	it("says what stands in the way, the gravest first", async () => {
		const thing = await product(5, 1000);
		const { put, cart } = buyer();
		expect((await put(thing.sku, 7)).items).toMatchObject([
			{ quantity: 7, available: 5, problem: "INSUFFICIENT_STOCK" }
		]);
		await put(thing.sku, 3);
		await thing.reprice(1200);
		expect(await cart()).toMatchObject({
			items: [{ problem: "PRICE_CHANGED", unitPrice: 1200, previousUnitPrice: 1000 }],
			subtotal: 3600
		});
		expect((await put(thing.sku, 3)).items[0]).not.toHaveProperty("problem");
		await thing.adjust(-5);
		expect(await cart()).toMatchObject({ items: [{ problem: "OUT_OF_STOCK" }], subtotal: 0 });
		await ada("catalog.archive", { id: thing.id });
		expect(await cart()).toMatchObject({
			items: [{ problem: "UNAVAILABLE", available: 0 }],
			total: 0
		});
	});

	it("keeps what a product was called after its SKU is gone", async () => {
		const { id, variants } = await ada("catalog.create", newProduct({ title: "Short-lived" }));
		const { put, cart } = buyer();
		await put(variants[0]!.sku, 1);
		await ada("catalog.update", {
			id,
			version: 1,
			variants: [{ sku: `${variants[0]!.sku}-b`, price: 1, stock: 1, options: {} }]
		});
		expect((await cart()).items).toMatchObject([{ title: "Short-lived", problem: "UNAVAILABLE" }]);
	});

	it("is empty when cleared, and less what was bought", async () => {
		const [one, two] = [await product(10), await product(10)];
		const { put, cart, call, user } = buyer();
		await put(one.sku, 3);
		await put(two.sku, 1);
		const lines = [
			{ sku: one.sku, quantity: 2 },
			{ sku: two.sku, quantity: 4 }
		];
		await broker.call("cart.bought", { userId: user.id, lines });
		expect(quantities(await cart())).toEqual({ [one.sku]: 1 });
		expect((await call("cart.clear", {})).items).toEqual([]);
	});

	it("holds a hundred different items at most", async () => {
		const variants = (n: number) =>
			Array.from({ length: n }, (_, i) => ({ options: { No: `${i}` }, price: 1, stock: 1 }));
		const options = (n: number) => [
			{ name: "No", values: Array.from({ length: n }, (_, i) => `${i}`) }
		];
		const { put, cart } = buyer();
		for (const n of [50, 50]) {
			const made = await ada(
				"catalog.create",
				newProduct({ options: options(n), variants: variants(n) })
			);
			for (const { sku } of made.variants) await put(sku, 1);
		}
		await expect(put((await product(1)).sku, 1)).rejects.toMatchObject({
			type: "VALIDATION_FAILED",
			data: { errors: [{ path: "sku" }] }
		});
		expect((await cart()).items).toHaveLength(100);
	});
});

describe("a guest's cart", () => {
	it("begins with the first thing put in, not with a look", async () => {
		const { sku } = await product(5);
		const looked = await guest("cart.get", {});
		expect(looked).toMatchObject({ items: [], version: 0 });
		expect(looked).not.toHaveProperty("guestToken");
		const { guestToken } = await guest("cart.put", { sku, quantity: 2 });
		expect(quantities(await guest("cart.get", { guestToken: guestToken! }))).toEqual({ [sku]: 2 });
	});

	it("opens with our seal only", async () => {
		const { sku } = await product(5);
		const { guestToken } = await guest("cart.put", { sku, quantity: 2 });
		const forged = [
			`${guestToken!.slice(0, -1)}!`,
			guestToken!.split(".")[0]!,
			`u${"a".repeat(20)}.x`,
			"."
		];
		for (const token of forged)
			expect((await guest("cart.get", { guestToken: token })).items).toEqual([]);
	});

	it("comes along at login: the larger quantity, never above stock, and once", async () => {
		const [few, many, other] = [await product(4), await product(50), await product(5)];
		const gone = await product(1);
		const { put, cart, call, user } = buyer();
		await put(few.sku, 2);
		await put(many.sku, 9);
		const { guestToken } = await guest("cart.put", { sku: few.sku, quantity: 6 });
		const token = guestToken!;
		await guest("cart.put", { sku: many.sku, quantity: 3, guestToken: token });
		await guest("cart.put", { sku: other.sku, quantity: 1, guestToken: token });
		await guest("cart.put", { sku: gone.sku, quantity: 1, guestToken: token });
		await gone.adjust(-1);
		await Promise.all([
			broker.call("cart.merge", { userId: user.id, guestToken: token }),
			broker.call("cart.merge", { userId: user.id, guestToken: token })
		]);
		const merged = { [few.sku]: 4, [many.sku]: 9, [other.sku]: 1 };
		expect(quantities(await cart())).toEqual(merged);
		expect((await guest("cart.get", { guestToken: token })).items).toEqual([]);
		await put(many.sku, 1);
		await broker.call("cart.merge", { userId: user.id, guestToken: token });
		expect(await call("cart.get", { guestToken: token })).toMatchObject({ guestToken: null });
		expect(quantities(await cart())).toEqual({ ...merged, [many.sku]: 1 });
	});

	it("is thrown away when nobody came back for a month", async () => {
		const { sku } = await product(5);
		const { guestToken } = await guest("cart.put", { sku, quantity: 1 });
		const { put, cart } = buyer();
		await put(sku, 1);
		const day = 24 * 3600_000;
		expect(await stored().prune(Date.now() + 29 * day)).toBe(0);
		expect(await stored().prune(Date.now() + 31 * day)).toBeGreaterThan(0);
		expect((await guest("cart.get", { guestToken: guestToken! })).items).toEqual([]);
		expect((await cart()).items).toHaveLength(1);
	});
});

describe("the owner of a cart", () => {
	it("is told when stock or price moves under it, once and only if it matters", async () => {
		const thing = await product(10, 1000);
		const { put, told, cart } = buyer();
		await put(thing.sku, 4);
		expect(told()).toMatchObject([{ version: 1, problems: [] }]);
		for (let n = 0; n < 5; n++) await thing.adjust(-1);
		await thing.adjust(-2);
		await until(() => told().length === 2);
		expect(told()[1]).toMatchObject({
			version: 2,
			problems: [{ sku: thing.sku, problem: "INSUFFICIENT_STOCK" }]
		});
		expect(await cart()).toMatchObject({ version: 2 });
		await thing.adjust(-1);
		await thing.reprice(900);
		await new Promise(resolve => setTimeout(resolve, 450));
		expect(told()).toHaveLength(2);
		await thing.adjust(20);
		await until(() => told().length === 3);
		expect(told()[2]!.problems).toEqual([{ sku: thing.sku, problem: "PRICE_CHANGED" }]);
	});
});
