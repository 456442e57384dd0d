import "../helpers/short-holds";
import AuthService from "../../services/auth/auth.service";
import CatalogService from "../../services/catalog/catalog.service";
import InventoryService from "../../services/inventory/inventory.service";
import { newId } from "../../services/id";
import OpsService from "../../services/ops/ops.service";
import OrderService from "../../services/order/order.service";
import NotificationService from "../../services/notification/notification.service";
import PaymentService from "../../services/payment/payment.service";
import SalesService from "../../services/sales/sales.service";
import type { OrderChanged } from "../../services/shared/order.contract";
import { cluster } from "../helpers/cluster";
import { as, identity, shop, until } from "../helpers/shop";

const { broker } = cluster(
	[OrderService, OpsService],
	[InventoryService, PaymentService, SalesService, NotificationService],
	[AuthService, CatalogService]
);
const { product, place, pay, cancel, get, verify } = shop(broker);
const heard: OrderChanged[] = [];
beforeAll(() => {
	broker.createService({
		name: "ear",
		events: {
			"order.changed": { handler: ctx => void heard.push(ctx.params as OrderChanged) }
		}
	});
});
const one = (sku: string, quantity = 1) => [{ sku, quantity }];
const code = (promise: Promise<unknown>) =>
	promise.then(
		() => "done",
		(err: { type: string }) => err.type
	);

describe("placing", () => {
	it("holds the stock, at the prices of now, until it expires", async () => {
		const [buyer, { sku, stock }] = [identity("buyer"), await product(5, { price: 1250 })];
		const order = await place(buyer, one(sku, 2));
		expect(order).toMatchObject({
			status: "reserved",
			total: 2500,
			version: 2,
			items: [{ sku, unitPrice: 1250, quantity: 2, lineTotal: 2500 }],
			parcels: [{ status: "unfulfilled", lines: [{ sku, quantity: 2 }] }]
		});
		expect(await stock()).toMatchObject({ available: 3, held: 2 });
		await until(stock, ({ available }) => available === 5);
		expect(
			await until(
				() => get(buyer, order.id),
				({ version }) => version === 4
			)
		).toMatchObject({
			status: "expired"
		});
		expect(await code(pay(buyer, order.id))).toBe("INVALID_STATE");
	});

	it("answers a repeat of the key with the very same bytes, and refuses another request by it", async () => {
		const [buyer, { sku, stock }, key] = [identity("buyer"), await product(5), newId()];
		const first = await place(buyer, one(sku), key);
		await pay(buyer, first.id);
		const { replayed, ...again } = await place(buyer, one(sku), key);
		expect(replayed).toBe(true);
		expect(JSON.stringify(again)).toBe(JSON.stringify(first));
		expect(await code(place(buyer, one(sku, 2), key))).toBe("IDEMPOTENCY_KEY_REUSED");
		expect(await stock()).toMatchObject({ available: 4, sold: 1 });
	});

	it("makes one order of fifty requests with one key", async () => {
		const [buyer, { sku, stock }, key] = [identity("buyer"), await product(50), newId()];
		const answers = await Promise.all(
			Array.from({ length: 50 }, () => code(place(buyer, one(sku), key)))
		);
		expect(answers).toContain("done");
		expect(answers.filter(answer => !/^(done|IDEMPOTENCY_IN_PROGRESS)$/.test(answer))).toEqual([]);
		expect(await stock()).toMatchObject({ available: 49, held: 1 });
	});

	it("sells the last unit to one of a hundred, and keeps saying so to the others", async () => {
		const { sku, stock } = await product(1);
		const buyers = Array.from({ length: 100 }, () => ({ buyer: identity("buyer"), key: newId() }));
		const ask = () =>
			Promise.all(buyers.map(({ buyer, key }) => code(place(buyer, one(sku), key))));
		const first = await ask();
		expect(first.filter(answer => answer === "done")).toHaveLength(1);
		expect(first.filter(answer => answer === "OUT_OF_STOCK")).toHaveLength(99);
		expect(await ask()).toEqual(first);
		expect(await stock()).toMatchObject({ available: 0, held: 1 });
	});

	it("holds nothing when one of several lines is short, and names it", async () => {
		const buyer = identity("buyer");
		const [plenty, none] = [await product(5), await product(0)];
		await expect(place(buyer, [...one(plenty.sku), ...one(none.sku)])).rejects.toMatchObject({
			type: "OUT_OF_STOCK",
			data: { errors: [{ path: none.sku }] }
		});
		expect(await plenty.stock()).toMatchObject({ available: 5, held: 0 });
	});

	it("adds up lines of one SKU, and refuses unknown ones and other totals", async () => {
		const [buyer, { sku, stock }] = [identity("buyer"), await product(5)];
		const { items } = await place(buyer, [...one(sku, 2), ...one(sku)]);
		expect(items).toMatchObject([{ sku, quantity: 3 }]);
		await expect(place(buyer, one("sku-unheard-of"))).rejects.toMatchObject({
			type: "VALIDATION_FAILED",
			data: { errors: [{ path: "items.0.sku" }] }
		});
		const asked = { idempotencyKey: newId(), items: one(sku), shippingAddress: items[0] };
		expect(await code(broker.call("order.place", asked as never, as(buyer)))).toBe(
			"VALIDATION_FAILED"
		);
		expect(await stock()).toMatchObject({ available: 2 });
	});

	it("lets nobody hoard: the twenty-first unpaid order is refused, also at once", async () => {
		const [buyer, { sku, stock }] = [identity("buyer"), await product(100)];
		const answers = await Promise.all(
			Array.from({ length: 30 }, () => code(place(buyer, one(sku))))
		);
		expect(answers.filter(answer => answer === "done")).toHaveLength(20);
		expect(answers.filter(answer => answer === "TOO_MANY_OPEN_ORDERS")).toHaveLength(10);
		expect(await stock()).toMatchObject({ held: 20 });
	});
});

describe("paying", () => {
	it("captures once, however often it is asked", async () => {
		const [buyer, { sku, stock }] = [identity("buyer"), await product(5)];
		const { id, total } = await place(buyer, one(sku, 2));
		const paid = await Promise.all(Array.from({ length: 10 }, () => pay(buyer, id)));
		expect(new Set(paid.map(({ status }) => status))).toEqual(new Set(["paid"]));
		const ledger = await broker.call("payment.ledger", { orderIds: [id] });
		expect(ledger).toEqual([{ orderId: id, captured: total, refunded: 0, captures: 1 }]);
		expect(await stock()).toMatchObject({ available: 3, held: 0, sold: 2 });
	});

	it("keeps the hold of a declined payment, for another try", async () => {
		const [buyer, { sku, stock }] = [identity("buyer"), await product(5)];
		const { id } = await place(buyer, one(sku));
		expect(await code(pay(buyer, id, "tok_declined"))).toBe("PAYMENT_DECLINED");
		expect(await get(buyer, id)).toMatchObject({ status: "reserved" });
		expect(await stock()).toMatchObject({ held: 1 });
		expect(await pay(buyer, id)).toMatchObject({ status: "paid" });
	});

	it.each([
		["the answer is lost", "tok_timeout"],
		["the provider is slow", "tok_slow"]
	])("comes to one capture when %s", async (_why, token) => {
		const [buyer, { sku, stock }] = [identity("buyer"), await product(5)];
		const { id, total } = await place(buyer, one(sku));
		expect(await pay(buyer, id, token)).toMatchObject({ status: "paying" });
		// longer than the reservation lives: an undecided payment keeps its stock
		await until(
			() => get(buyer, id),
			({ status }) => status === "paid"
		);
		const [ledger] = await broker.call("payment.ledger", { orderIds: [id] });
		expect(ledger).toMatchObject({ captured: total, captures: 1 });
		expect(await until(stock, ({ sold }) => sold === 1)).toMatchObject({ held: 0 });
	});

	it("waits for a challenge, and takes its answer from the buyer only", async () => {
		const [buyer, { sku }] = [identity("buyer"), await product(5)];
		const { id } = await place(buyer, one(sku));
		const { payment } = await pay(buyer, id, "tok_challenge");
		expect(payment).toMatchObject({ status: "challenge" });
		const confirm = (who: typeof buyer, approve = true) =>
			broker.call("payment.confirm", { id: payment!.id, approve }, as(who));
		expect(await code(confirm(identity("buyer")))).toBe("NOT_FOUND");
		expect(await confirm(buyer)).toMatchObject({ id, status: "paid" });
		expect(await confirm(buyer)).toMatchObject({ status: "paid" });

		const second = await place(buyer, one(sku));
		const again = await pay(buyer, second.id, "tok_challenge");
		const refusal = { id: again.payment!.id, approve: false };
		expect(await code(broker.call("payment.confirm", refusal, as(buyer)))).toBe("PAYMENT_DECLINED");
		expect(await get(buyer, second.id)).toMatchObject({ status: "reserved" });
	});

	it("gives an unanswered challenge up when the hold runs out", async () => {
		const [buyer, { sku, stock }] = [identity("buyer"), await product(5)];
		const { id } = await place(buyer, one(sku));
		await pay(buyer, id, "tok_challenge");
		await until(
			() => get(buyer, id),
			({ status }) => status === "expired"
		);
		await until(stock, ({ available }) => available === 5);
	});
});

describe("cancelling", () => {
	it("gives the stock back, or the money and the stock", async () => {
		const [buyer, { sku, stock }] = [identity("buyer"), await product(5)];
		const { id } = await place(buyer, one(sku));
		expect(await cancel(buyer, id)).toMatchObject({ status: "cancelled" });
		expect(await cancel(buyer, id)).toMatchObject({ status: "cancelled" });
		expect(await stock()).toMatchObject({ available: 5, held: 0 });

		const { id: paid, total } = await place(buyer, one(sku, 2));
		await pay(buyer, paid);
		expect(await cancel(buyer, paid)).toMatchObject({
			status: "refunded",
			parcels: [{ status: "cancelled" }]
		});
		const [ledger] = await broker.call("payment.ledger", { orderIds: [paid] });
		expect(ledger).toMatchObject({ captured: total, refunded: total });
		expect(await stock()).toMatchObject({ available: 5, sold: 2 });
	});

	it("decides between pay, cancel and the end of the hold once", async () => {
		const { sku, stock } = await product(40);
		const buyers = Array.from({ length: 40 }, () => identity("buyer"));
		const orders = await Promise.all(buyers.map(buyer => place(buyer, one(sku))));
		await Promise.all(
			orders.flatMap(({ id }, i) => [code(pay(buyers[i]!, id)), code(cancel(buyers[i]!, id))])
		);
		const statuses = await Promise.all(orders.map(({ id }, i) => get(buyers[i]!, id)));
		const kept = statuses.filter(({ status }) => status === "paid").length;
		expect(statuses.every(({ status }) => /paid|cancelled|refunded/.test(status))).toBe(true);
		expect(await stock()).toMatchObject({ available: 40 - kept, held: 0 });
	});
});

describe("a seller", () => {
	it("sees and ships the own part only", async () => {
		const buyer = identity("buyer");
		const [mine, other] = [await product(5), await product(5, { price: 700 })];
		const { id } = await place(buyer, [...one(mine.sku, 2), ...one(other.sku)]);
		const incoming = () => broker.call("order.incoming", {}, as(mine.seller));
		expect((await incoming()).items).toEqual([]);
		await pay(buyer, id);
		const [order] = (await incoming()).items;
		expect(order).toMatchObject({ id, total: 2000, items: [{ sku: mine.sku }] });
		expect(JSON.stringify(order)).not.toContain(other.seller.id);

		const ship = (seller: typeof buyer, more = {}) =>
			broker.call("order.ship", { id, carrier: "DHL", tracking: "T1", ...more }, as(seller));
		expect(await code(ship(identity("seller")))).toBe("NOT_FOUND");
		const part = await ship(mine.seller, { lines: one(mine.sku) });
		expect(part.parcels).toMatchObject([
			{ status: "shipped", tracking: "T1", lines: [{ quantity: 1 }] },
			{ status: "unfulfilled", lines: [{ quantity: 1 }] }
		]);
		expect(await code(cancel(buyer, id))).toBe("INVALID_STATE");
		await ship(mine.seller);
		expect(await code(ship(mine.seller))).toBe("INVALID_STATE");
		await broker.call("order.deliver", { id }, as(mine.seller));
		const whole = await get(buyer, id);
		expect(whole.parcels.map(({ status }) => status)).toEqual([
			"delivered",
			"unfulfilled",
			"delivered"
		]);
		expect(whole.timeline.map(({ type }) => type)).toEqual([
			"placed",
			"reserved",
			"paying",
			"paid",
			"shipped",
			"shipped",
			"delivered"
		]);
	});
});

it("tells every step once it is saved, numbered without a gap", async () => {
	const [buyer, { sku, product: bought }] = [identity("buyer"), await product(5)];
	const { id } = await place(buyer, one(sku));
	await pay(buyer, id);
	const told = () => heard.filter(event => event.id === id);
	await until(told, events => events.length === 2);
	expect(told().map(({ seq, type, status }) => [seq, type, status])).toEqual([
		[1, "reserved", "reserved"],
		[2, "paid", "paid"]
	]);
	const productId = bought.id;
	expect(await broker.call("order.bought", { userId: buyer.id, productId })).toBe(true);
	expect(await broker.call("order.party", { id, userId: buyer.id })).toBe("buyer");
	expect(await broker.call("order.party", { id, userId: bought.seller.id })).toBe("seller");
});

it("shows a buyer the own orders, newest first, and nobody else's", async () => {
	const [buyer, { sku }] = [identity("buyer"), await product(5)];
	const [first, second] = [await place(buyer, one(sku)), await place(buyer, one(sku))];
	const list = await broker.call("order.list", { pageSize: 1 }, as(buyer));
	expect(list).toMatchObject({ total: 2, items: [{ id: second.id }] });
	expect(await code(get(identity("buyer"), first.id))).toBe("NOT_FOUND");
	await pay(buyer, first.id);
	const paid = await broker.call("order.list", { status: "paid" }, as(buyer));
	expect(paid.items.map(({ id }) => id)).toEqual([first.id]);
});

it("has kept every invariant through all this", async () => {
	const verdict = await until(verify, ({ ok }) => ok).catch(verify);
	expect(verdict).toMatchObject({ ok: true, findings: [] });
	expect(verdict.checked.orders).toBeGreaterThan(100);
});
