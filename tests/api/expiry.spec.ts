import type { Order } from "../helpers/client";
import { CheckedClient } from "../helpers/client-checked";
import { ShopProcess } from "../helpers/process";
import { until } from "../helpers/shop";
import { Listener } from "../helpers/sockets";

/** Holds last as long as the shop's environment says: a short time only in one of ours. */
let shop: ShopProcess;
beforeAll(async () => void (shop = await ShopProcess.start({ env: { RESERVATION_TTL: "1" } })));
afterAll(() => shop?.discard());

it("gives the stock of an unpaid order back, live, and says so", async () => {
	const client = () => new CheckedClient(shop.baseUrl);
	const [buyer, seller] = [await client().signUp(), await client().signUp("seller")];
	const sku = (await seller.product(3)).variants[0]!.sku;
	const listener = await Listener.connect(shop.relayUrl, buyer.token);
	await listener.subscribe(`stock:${sku}`);

	const { body: order } = await buyer.place([{ sku, quantity: 3 }]);
	expect(order.status).toBe("reserved");
	const lasts = Date.parse(order.expiresAt!) - Date.parse(order.createdAt);
	expect(lasts).toBeGreaterThan(900);
	expect(lasts).toBeLessThan(5000);
	expect((await buyer.place([{ sku, quantity: 1 }])).status).toBe(409);

	await listener.next("order.updated", ({ id, status }) => id === order.id && status === "expired");
	await listener.next("stock.changed", ({ available, version }) => available === 3 && version > 1);
	expect(await buyer.stock(sku)).toMatchObject({ available: 3, held: 0 });
	const expired = await buyer.must<Order>(`GET /api/orders/${order.id}`);
	expect(expired.status).toBe("expired");
	expect(expired).not.toHaveProperty("expiresAt");
	expect(expired.timeline.map(({ type }) => type)).toEqual(["placed", "reserved", "expired"]);
	const listed = (await buyer.ask("GET /api/orders?status=expired")).body.items as Order[];
	expect(listed.map(({ id }) => id)).toEqual([order.id]);

	for (const step of ["pay", "cancel"]) {
		const body = step === "pay" ? { paymentToken: "tok_ok" } : {};
		expect(await buyer.outcome(`POST /api/orders/${order.id}/${step}`, { body })).toBe(
			"409 INVALID_STATE"
		);
	}
	const notes = await until(
		async () => (await buyer.ask("GET /api/notifications")).body.items as { kind: string }[],
		({ length }) => length > 0
	);
	expect(notes.map(({ kind }) => kind)).toEqual(["order.expired"]);
	listener.close();
});

it("declines a challenge that nobody answers in time", async () => {
	const client = () => new CheckedClient(shop.baseUrl);
	const [buyer, seller] = [await client().signUp(), await client().signUp("seller")];
	const sku = (await seller.product(3)).variants[0]!.sku;
	const { body: order } = await buyer.place([{ sku, quantity: 1 }]);
	const { status, body } = await buyer.pay(order.id, "tok_challenge");
	expect([status, body.status]).toEqual([202, "paying"]);
	await until(
		() => buyer.stock(sku),
		({ available, held }) => available === 3 && held === 0,
		20_000
	);
	expect((await buyer.must<Order>(`GET /api/orders/${order.id}`)).status).toBe("expired");
	const late = await buyer.ask(`POST /api/payments/${body.payment!.id}/confirm`);
	expect([late.status, late.body.code]).toEqual([402, "PAYMENT_DECLINED"]);
});
