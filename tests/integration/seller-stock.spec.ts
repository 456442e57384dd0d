import type { ServiceBroker } from "moleculer";
import AuthService from "../../services/auth/auth.service";
import CartService from "../../services/cart/cart.service";
import CatalogService from "../../services/catalog/catalog.service";
import { markHolding } from "../../services/inventory/holding";
import InventoryService from "../../services/inventory/inventory.service";
import type { Methods } from "../../services/inventory/inventory.methods";
import NotificationService from "../../services/notification/notification.service";
import OpsService from "../../services/ops/ops.service";
import OrderService from "../../services/order/order.service";
import PaymentService from "../../services/payment/payment.service";
import SalesService from "../../services/sales/sales.service";
import { caller, newProduct } from "../helpers/callers";
import { cluster } from "../helpers/cluster";
import { identity, shop, until } from "../helpers/shop";

const { broker } = cluster([
	AuthService,
	CartService,
	CatalogService,
	InventoryService,
	NotificationService,
	OpsService,
	OrderService,
	PaymentService,
	SalesService
]);
const { product, place, pay, cancel, verify } = shop(broker);
const buyer = identity("buyer");
const seller = identity("seller");
const ada = caller(broker, seller);
const bob = caller(broker, identity("seller"));
const inventory = () =>
	(broker as unknown as ServiceBroker).getLocalService("inventory") as unknown as Methods;
const missing = { type: "NOT_FOUND", code: 404 };

describe("holds", () => {
	it("are told to their seller, with the order's number and until when", async () => {
		const { sku } = await product(10, { seller });
		const first = await place(buyer, [{ sku, quantity: 2 }]);
		const second = await place(identity("buyer"), [{ sku, quantity: 3 }]);
		const { items, total } = await ada("inventory.sellerHolds", { sku });
		expect(total).toBe(2);
		expect(items).toEqual([
			{
				orderId: first.id,
				quantity: 2,
				number: first.number,
				status: "reserved",
				expiresAt: first.expiresAt
			},
			{
				orderId: second.id,
				quantity: 3,
				number: second.number,
				status: "reserved",
				expiresAt: second.expiresAt
			}
		]);
		await pay(buyer, first.id);
		expect((await ada("inventory.sellerHolds", { sku })).items).toMatchObject([
			{ orderId: second.id }
		]);
	});

	it("are nobody else's business", async () => {
		const { sku } = await product(5, { seller });
		await expect(bob("inventory.sellerHolds", { sku })).rejects.toMatchObject(missing);
		await expect(bob("inventory.movements", { sku })).rejects.toMatchObject(missing);
		await expect(bob("inventory.setThreshold", { sku, threshold: 1 })).rejects.toMatchObject(
			missing
		);
		await expect(bob("inventory.adjust", { sku, delta: 1, reason: "found" })).rejects.toMatchObject(
			missing
		);
		expect(await bob("inventory.mine", { skus: sku })).toEqual({ items: [] });
	});

	it("are found without a look at stock that holds nothing", async () => {
		const [held, free] = [await product(5, { seller }), await product(5, { seller })];
		const all = async () => {
			const found = await broker.call("inventory.holds", { heldOnly: true, limit: 5000 });
			return found.map(({ sku }) => sku);
		};
		const order = await place(buyer, [{ sku: held.sku, quantity: 1 }]);
		expect(await all()).toContain(held.sku);
		expect(await all()).not.toContain(free.sku);
		await cancel(buyer, order.id);
		// it is taken off the list when it has come to rest
		await until(all, skus => !skus.includes(held.sku), 20_000);
		const again = await place(buyer, [{ sku: held.sku, quantity: 1 }]);
		expect(await all()).toContain(held.sku);
		await cancel(buyer, again.id);
		expect((await verify()).findings).toEqual([]);
	});

	it("that can't be found are a finding", async () => {
		const { sku } = await product(5, { seller });
		const { id } = await place(buyer, [{ sku, quantity: 1 }]);
		const { stock } = inventory();
		await stock.change({ id: sku }, { $unset: { holding: true } });
		const { findings } = await broker.call("inventory.verify", {});
		expect(findings).toMatchObject([{ invariant: "I3", refs: [sku] }]);
		// a node that starts finds them, as those from before there was a mark
		await markHolding(stock);
		expect((await broker.call("inventory.verify", {})).findings).toEqual([]);
		await cancel(buyer, id);
	});
});

describe("thresholds", () => {
	const thresholdOf = async (who: ReturnType<typeof caller>, sku: string) =>
		(await who("inventory.mine", { skus: sku })).items[0]!.threshold;

	it("are the seller's usual one, until a SKU has one of its own", async () => {
		const someone = identity("seller");
		const eve = caller(broker, someone);
		expect(await eve("inventory.threshold", {})).toEqual({ threshold: 5 });
		const [follows, own] = [
			await product(8, { seller: someone }),
			await product(8, { seller: someone })
		];
		await eve("inventory.setThreshold", { sku: own.sku, threshold: 2 });
		const other = await product(8, { seller });

		expect(await eve("inventory.setDefaultThreshold", { threshold: 10 })).toEqual({
			threshold: 10
		});
		await until(
			() => thresholdOf(eve, follows.sku),
			threshold => threshold === 10
		);
		expect(await thresholdOf(eve, own.sku)).toBe(2);
		expect(await thresholdOf(ada, other.sku)).toBe(5);
		const later = await product(50, { seller: someone });
		expect(await thresholdOf(eve, later.sku)).toBe(10);
		// what is low by the new one is alerted, and no more once it isn't
		const alerts = async () => (await eve("inventory.alerts", {})).items.map(({ sku }) => sku);
		await until(alerts, skus => skus.join() === follows.sku);
		await eve("inventory.setDefaultThreshold", { threshold: 3 });
		await until(alerts, skus => skus.length === 0);
		expect(await bob("inventory.threshold", {})).toEqual({ threshold: 5 });
	});

	it("reach every SKU, though whoever set them died in between", async () => {
		const someone = identity("seller");
		const eve = caller(broker, someone);
		const { sku } = await product(50, { seller: someone });
		const { thresholds, stockSettings } = inventory();
		await thresholds.set(someone.id, 20);
		expect(await thresholdOf(eve, sku)).toBe(5);
		await stockSettings.change({ id: someone.id }, { $set: { dueAt: Date.now() - 1 } });
		await Promise.all([thresholds.sweep(), thresholds.sweep()]);
		expect(await thresholdOf(eve, sku)).toBe(20);
		expect(await stockSettings.get(someone.id)).not.toHaveProperty("dueAt");
	});

	it("of an older wish give way to the newer one", async () => {
		const someone = identity("seller");
		const eve = caller(broker, someone);
		const { sku } = await product(50, { seller: someone });
		const { thresholds } = inventory();
		const older = await thresholds.set(someone.id, 20);
		const newer = await thresholds.set(someone.id, 30);
		await thresholds.spread(newer);
		await thresholds.spread(older);
		expect(await thresholdOf(eve, sku)).toBe(30);
	});
});

describe("alerts", () => {
	it("are one a SKU, grow from low to out, and end with a restock", async () => {
		const someone = identity("seller");
		const eve = caller(broker, someone);
		const { sku } = await product(8, { seller: someone });
		const adjust = (delta: number) => eve("inventory.adjust", { sku, delta, reason: "correction" });
		const alerts = async () => (await eve("inventory.alerts", {})).items;
		await adjust(-4);
		const [low] = await alerts();
		expect(low).toMatchObject({ kind: "low", sku, available: 4 });
		await adjust(-1);
		await adjust(-3);
		expect(await alerts()).toMatchObject([{ id: low!.id, kind: "out", available: 0 }]);
		const notes = () => eve("notification.list", {});
		const { items } = await until(notes, ({ total }) => total === 2);
		expect(items.map(({ kind }) => kind).sort()).toEqual(["stock.low", "stock.out"]);
		await adjust(20);
		expect(await alerts()).toEqual([]);
	});

	it("have the product's title of now", async () => {
		const someone = identity("seller");
		const eve = caller(broker, someone);
		const made = await eve(
			"catalog.create",
			newProduct({ title: "Old name", variants: [{ price: 100, stock: 1 }] })
		);
		await eve("catalog.update", { id: made.id, version: 1, title: "New name" });
		const { items } = await eve("inventory.alerts", {});
		expect(items).toMatchObject([{ title: "New name" }]);
		// a title that was on its way for long changes nothing any more
		const { id: productId } = made;
		await broker.call("inventory.retitle", { productId, title: "Old name", version: 1 });
		expect((await eve("inventory.alerts", {})).items).toMatchObject([{ title: "New name" }]);
	});
});

it("forecasts by what was sold, and only of one's own", async () => {
	const { sku } = await product(100, { seller });
	const { id } = await place(buyer, [{ sku, quantity: 14 }]);
	await pay(buyer, id);
	const rateOf = async (who: ReturnType<typeof caller>) =>
		(await who("sales.rates", { skus: sku })).items[0]!;
	expect(
		await until(
			() => rateOf(ada),
			({ units }) => units > 0
		)
	).toEqual({
		sku,
		units: 14,
		perDay: 2
	});
	expect(await rateOf(bob)).toEqual({ sku, units: 0, perDay: 0 });
});
