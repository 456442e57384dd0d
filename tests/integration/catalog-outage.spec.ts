import type { ServiceSchema } from "moleculer";
import AuthService from "../../services/auth/auth.service";
import CartService from "../../services/cart/cart.service";
import CatalogService from "../../services/catalog/catalog.service";
import InventoryService from "../../services/inventory/inventory.service";
import { caller, newProduct } from "../helpers/callers";
import { cluster } from "../helpers/cluster";
import { identity, until } from "../helpers/shop";

const { broker } = cluster([AuthService, InventoryService, CatalogService, CartService]);
const ada = caller(broker, identity("seller"));
const guest = caller(broker, null);
const start = (service: { name: string }) => broker.createService(service as ServiceSchema);
const stop = (name: string) => broker.destroyService(broker.getLocalService(name)!);

it("says so when inventory is away, and leaves nothing behind", async () => {
	const kept = await ada("catalog.create", newProduct({ title: "Kept" }));
	const { sku } = kept.variants[0]!;
	const { guestToken } = await guest("cart.put", { sku, quantity: 1 });
	await stop("inventory");
	const wanted = newProduct({ title: "Unlucky" });
	await expect(ada("catalog.create", wanted)).rejects.toMatchObject({
		type: expect.stringMatching(/^SERVICE_NOT_/)
	});
	await expect(guest("cart.get", { guestToken: guestToken! })).rejects.toMatchObject({
		type: expect.stringMatching(/^SERVICE_NOT_/)
	});
	expect((await guest("catalog.search", { q: "kept" })).items).toMatchObject([{ available: 10 }]);
	start(InventoryService);
	await broker.waitForServices("inventory", 5000, 10);
	expect(await ada("catalog.create", wanted)).toMatchObject({ slug: "unlucky" });
});

it("starts without inventory, and shows its stock once it is there", async () => {
	const { id } = await ada("catalog.create", newProduct({ title: "Patient" }));
	await stop("inventory");
	await stop("catalog");
	start(CatalogService);
	await broker.waitForServices("catalog", 5000, 10);
	expect((await guest("catalog.search", { q: "patient" })).items).toMatchObject([
		{ id, available: 0 }
	]);
	start(InventoryService);
	await until(
		async () => (await guest("catalog.search", { q: "patient" })).items[0]!.available,
		available => available === 10
	);
});

it("is the same after a restart", async () => {
	const before = await guest("catalog.search", {});
	await stop("catalog");
	start(CatalogService);
	await broker.waitForServices("catalog", 5000, 10);
	expect(await guest("catalog.search", {})).toEqual(before);
});
