import { randomUUID } from "node:crypto";
import { times, type Order, type Product } from "../helpers/client";
import { CheckedClient } from "../helpers/client-checked";
import { ID } from "../helpers/client-conventions";
import { ADDRESS, until } from "../helpers/shop";
import { target, type Target } from "../helpers/target";

let shop: Target;
let buyer: CheckedClient;
let stranger: CheckedClient;
let seller: CheckedClient;
const client = () => new CheckedClient(shop.baseUrl);
beforeAll(async () => {
	shop = await target();
	[stranger, seller] = await Promise.all([client().signUp(), client().signUp("seller")]);
});
beforeEach(async () => void (buyer = await client().signUp()));
afterAll(() => shop?.discard());

const skuOf = (product: Product) => product.variants[0]!.sku;
const one = (product: Product, quantity = 1) => [{ sku: skuOf(product), quantity }];
const stockOf = async (product: Product) => {
	const { available, held } = await buyer.stock(skuOf(product));
	return { available, held };
};
const body = (product: Product, changes: object = {}) => ({
	items: one(product),
	shippingAddress: ADDRESS,
	...changes
});
const post = (content: object | string, key: string | null = randomUUID(), by = buyer) =>
	by.ask("POST /api/orders", {
		body: content,
		headers: key === null ? {} : { "Idempotency-Key": key }
	});
const placed = async (product: Product, quantity = 1) => {
	const { status, body: order } = await buyer.place(one(product, quantity));
	expect(status).toBe(201);
	return order;
};
const get = async (id: string, by = buyer) => (await by.ask(`GET /api/orders/${id}`)).body as Order;
const cancel = (id: string, by = buyer) => by.ask(`POST /api/orders/${id}/cancel`, { body: {} });
const typesOf = ({ timeline }: Order) => timeline.map(({ type }) => type);

describe("placing an order", () => {
	it("holds the stock until it runs out, at the prices of now", async () => {
		const product = await seller.product(5, 1999);
		const since = Date.now();
		const { status, body: order, headers } = await post(body(product, { items: one(product, 2) }));
		expect(status).toBe(201);
		expect(headers["idempotency-replayed"]).toBeUndefined();
		expect(order).toEqual({
			id: expect.stringMatching(ID),
			number: expect.stringMatching(/./),
			status: "reserved",
			currency: "EUR",
			items: [
				{
					sku: skuOf(product),
					productId: product.id,
					title: product.title,
					options: {},
					image: null,
					sellerId: seller.user!.id,
					unitPrice: 1999,
					quantity: 2,
					lineTotal: 3998
				}
			],
			subtotal: 3998,
			discount: 0,
			shipping: expect.any(Number),
			tax: expect.any(Number),
			total: order.subtotal - order.discount + order.shipping + order.tax,
			shippingAddress: ADDRESS,
			shippingMethod: "standard",
			expiresAt: expect.any(String),
			parcels: [
				{
					id: expect.stringMatching(ID),
					sellerId: seller.user!.id,
					shopName: seller.user!.shopName,
					lines: one(product, 2),
					status: "unfulfilled"
				}
			],
			timeline: [
				{ at: expect.any(String), type: "placed" },
				{ at: expect.any(String), type: "reserved" }
			],
			refunds: [],
			returns: [],
			version: expect.any(Number),
			createdAt: expect.any(String)
		});
		expect(Date.parse(order.expiresAt)).toBeGreaterThan(since);
		expect(await stockOf(product)).toEqual({ available: 3, held: 2 });
		expect(await get(order.id)).toEqual(order);
	});

	it("makes a parcel for each seller", async () => {
		const rival = await client().signUp("seller");
		const [mine, theirs] = [await seller.product(5, 100), await rival.product(5, 50)];
		const items = [...one(mine), ...one(theirs, 2)];
		const { body: order } = await post(body(mine, { items }));
		expect([order.subtotal, order.parcels.length]).toEqual([200, 2]);
		expect(order.parcels).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ sellerId: seller.user!.id, lines: one(mine) }),
				expect.objectContaining({ sellerId: rival.user!.id, lines: one(theirs, 2) })
			])
		);
	});

	it("is for somebody signed in", async () => {
		const product = await seller.product(1);
		expect((await post(body(product), randomUUID(), client())).status).toBe(401);
	});

	it("with too little in stock is refused by SKU, and nothing is held", async () => {
		const [plenty, scarce, none] = [
			await seller.product(9),
			await seller.product(1),
			await seller.product(0)
		];
		const items = [...one(plenty), ...one(scarce, 2), ...one(none)];
		const { status, body: problem } = await post(body(plenty, { items }));
		expect([status, problem.code]).toEqual([409, "OUT_OF_STOCK"]);
		expect(problem.errors.map(({ path }: { path: string }) => path).sort()).toEqual(
			[skuOf(scarce), skuOf(none)].sort()
		);
		expect(await stockOf(plenty)).toEqual({ available: 9, held: 0 });
		expect(await stockOf(scarce)).toEqual({ available: 1, held: 0 });
	});

	it("of what isn't sold any more is refused", async () => {
		const product = await seller.product(5);
		expect(await seller.outcome(`DELETE /api/catalog/products/${product.id}`)).toBe("204");
		expect((await post(body(product))).body.code).toBe("OUT_OF_STOCK");
		const unknown = await post({
			items: [{ sku: "no-such-sku", quantity: 1 }],
			shippingAddress: ADDRESS
		});
		expect([unknown.status, unknown.body.errors[0].path]).toEqual([422, "items.0.sku"]);
	});

	it("at another total than expected is refused", async () => {
		const product = await seller.product(5, 1999);
		const wrong = await post(body(product, { expectedTotal: 1998 }));
		expect([wrong.status, wrong.body.code]).toEqual([409, "PRICE_CHANGED"]);
		expect(await stockOf(product)).toEqual({ available: 5, held: 0 });
		expect((await post(body(product, { expectedTotal: 1999 }))).status).toBe(201);
	});

	it.each([
		["items", { items: [] }],
		["items.0.quantity", { items: [{ sku: "some-sku", quantity: 0 }] }],
		["items.0.quantity", { items: [{ sku: "some-sku", quantity: 1.5 }] }],
		["items.0.quantity", { items: [{ sku: "some-sku", quantity: -1 }] }],
		["items.0.quantity", { items: [{ sku: "some-sku", quantity: "1" }] }],
		["items.0.price", { items: [{ sku: "some-sku", quantity: 1, price: 1 }] }],
		["shippingAddress", { shippingAddress: undefined }],
		["shippingAddress.country", { shippingAddress: { ...ADDRESS, country: "Germany" } }],
		["shippingMethod", { shippingMethod: "teleport" }],
		["expectedTotal", { expectedTotal: 19.99 }],
		["total", { total: 1 }],
		["status", { status: "paid" }]
	])("is refused for its %s: %j", async (path, changes) => {
		const product = { variants: [{ sku: "some-sku" }] } as Product;
		const { status, body: problem } = await post(body(product, changes));
		expect([status, problem.code]).toEqual([422, "VALIDATION_FAILED"]);
		expect(problem.errors.map((error: { path: string }) => error.path)).toContain(path);
	});

	it("sums the lines of one SKU, whatever their number", async () => {
		const product = await seller.product(5);
		const items = Array.from({ length: 6 }, () => one(product)[0]!);
		expect((await post(body(product, { items }))).body.code).toBe("OUT_OF_STOCK");
		const fits = await post(body(product, { items: items.slice(1) }));
		expect([fits.status, await stockOf(product)]).toEqual([201, { available: 0, held: 5 }]);
	});

	it("is done so many times without paying, and no more", async () => {
		const product = await seller.product(30);
		const hoarder = await client().signUp();
		const outcomes = await times(21, () => post(body(product), randomUUID(), hoarder), 3);
		const refused = outcomes.filter(({ status }) => status === 429);
		expect(refused.map(({ body: { code } }) => code)).toEqual(["TOO_MANY_OPEN_ORDERS"]);
	});
});

describe("an Idempotency-Key", () => {
	it("is asked for", async () => {
		const product = await seller.product(1);
		const { status, body: problem } = await post(body(product), null);
		expect([status, problem.code]).toEqual([400, "IDEMPOTENCY_KEY_REQUIRED"]);
		expect((await post(body(product), "a".repeat(201))).status).toBe(422);
	});

	it("brings the same answer again, byte by byte, whatever has become of the order", async () => {
		const product = await seller.product(5);
		const key = randomUUID();
		const first = await post(body(product), key);
		const again = await post(body(product), key);
		expect([again.status, again.text]).toEqual([201, first.text]);
		expect(again.headers["idempotency-replayed"]).toBe("true");
		expect((await buyer.pay(first.body.id)).body.status).toBe("paid");
		await seller.must(`PATCH /api/catalog/products/${product.id}`, {
			body: { version: product.version, variants: [{ sku: skuOf(product), price: 1 }] }
		});
		expect((await post(body(product), key)).text).toBe(first.text);
		expect(await stockOf(product)).toEqual({ available: 4, held: 0 });
		expect((await buyer.orders()).total).toBe(1);
	});

	it("is the same request in another order of its keys or other white space", async () => {
		const product = await seller.product(5);
		const key = randomUUID();
		const first = await post(body(product), key);
		const { items, shippingAddress } = body(product);
		const turned = Object.fromEntries(Object.entries(shippingAddress).reverse());
		const text = JSON.stringify({ shippingAddress: turned, items }, null, 4);
		const again = await post(text, key);
		expect([again.status, again.text]).toEqual([201, first.text]);
	});

	it("belongs to one request", async () => {
		const product = await seller.product(5);
		const key = randomUUID();
		await post(body(product), key);
		for (const changes of [
			{ items: one(product, 2) },
			{ shippingAddress: { ...ADDRESS, city: "Kiel" } },
			{ expectedTotal: 1000 },
			{ shippingMethod: "express" }
		]) {
			const { status, body: problem } = await post(body(product, changes), key);
			expect([status, problem.code]).toEqual([422, "IDEMPOTENCY_KEY_REUSED"]);
		}
		expect(await stockOf(product)).toEqual({ available: 4, held: 1 });
	});

	it("belongs to one buyer", async () => {
		const product = await seller.product(5);
		const key = randomUUID();
		const [mine, theirs] = [
			await post(body(product), key),
			await post(body(product), key, stranger)
		];
		expect([mine.status, theirs.status]).toEqual([201, 201]);
		expect(theirs.body.id).not.toBe(mine.body.id);
	});

	it("isn't used up by a request that was no order", async () => {
		const product = await seller.product(5);
		const key = randomUUID();
		expect((await post(body(product, { items: [] }), key)).status).toBe(422);
		expect((await post(body(product, { expectedTotal: 1 }), key)).status).toBe(409);
		expect((await post(body(product), key)).status).toBe(201);
	});

	it("brings a refusal again, too", async () => {
		const product = await seller.product(0);
		const key = randomUUID();
		const first = await post(body(product), key);
		await seller.must(`POST /api/seller/stock/${skuOf(product)}/adjust`, {
			body: { delta: 5, reason: "received" }
		});
		const again = await post(body(product), key);
		const { requestId: _one, ...told } = first.body;
		const { requestId: _two, ...same } = again.body;
		expect([again.status, same]).toEqual([409, told]);
		expect(first.headers["idempotency-replayed"]).toBeUndefined();
		expect(again.headers["idempotency-replayed"]).toBe("true");
	});

	it("sent 50 times at once makes one order", async () => {
		const product = await seller.product(60);
		const key = randomUUID();
		const all = await Promise.all(Array.from({ length: 50 }, () => post(body(product), key)));
		const done = all.filter(({ status }) => status === 201);
		const waiting = all.filter(({ status }) => status !== 201);
		expect(done.length).toBeGreaterThan(0);
		expect(new Set(done.map(({ text }) => text)).size).toBe(1);
		for (const { status, body: problem, headers } of waiting) {
			expect([status, problem.code]).toEqual([409, "IDEMPOTENCY_IN_PROGRESS"]);
			expect(Number(headers["retry-after"])).toBeGreaterThan(0);
		}
		expect(await stockOf(product)).toEqual({ available: 59, held: 1 });
		expect((await buyer.orders()).total).toBe(1);
	});
});

describe("paying", () => {
	let product: Product;
	let order: Order;
	beforeEach(async () => {
		product = await seller.product(5);
		order = await placed(product);
	});
	const isPaid = async ({ id } = order, of = product) => {
		const paid = await until(
			() => get(id),
			({ status }) => status === "paid",
			15_000
		);
		expect(typesOf(paid)).toEqual(expect.arrayContaining(["placed", "reserved", "paid"]));
		expect(paid).not.toHaveProperty("expiresAt");
		await until(
			() => stockOf(of),
			({ available, held }) => available === 4 && held === 0
		);
	};

	it("with tok_ok sells, once however often it is asked", async () => {
		const { status, body: paid } = await buyer.pay(order.id);
		expect([status, paid.status, paid.id]).toEqual([200, "paid", order.id]);
		expect(paid.version).toBeGreaterThan(order.version);
		await isPaid();
		for (const token of ["tok_ok", "tok_declined"]) {
			const again = await buyer.pay(order.id, token);
			expect([again.status, again.body.status]).toEqual([200, "paid"]);
		}
		const both = await Promise.all([1, 2, 3].map(() => buyer.pay(order.id)));
		expect(both.map(reply => reply.status)).toEqual([200, 200, 200]);
		expect(await stockOf(product)).toEqual({ available: 4, held: 0 });
	});

	it("with tok_declined is 402, and may be tried again", async () => {
		const { status, text } = await buyer.pay(order.id, "tok_declined");
		expect([status, JSON.parse(text).code]).toEqual([402, "PAYMENT_DECLINED"]);
		const waiting = await get(order.id);
		expect([waiting.status, waiting.expiresAt]).toEqual(["reserved", order.expiresAt]);
		expect(typesOf(waiting)).toContain("declined");
		expect(await stockOf(product)).toEqual({ available: 4, held: 1 });
		expect((await buyer.pay(order.id)).body.status).toBe("paid");
		await isPaid();
	});

	it("with tok_slow is 202 while the provider is undecided; with tok_timeout an answer is lost; both are paid once", async () => {
		const other = await seller.product(5);
		const lost = await placed(other);
		const slow = await buyer.pay(order.id, "tok_slow");
		expect([slow.status, slow.body.status]).toEqual([202, "paying"]);
		expect((await cancel(order.id)).status).not.toBe(200);
		const { status, body: told } = await buyer.pay(lost.id, "tok_timeout");
		expect([200, 202]).toContain(status);
		expect(["paying", "paid"]).toContain(told.status);
		await Promise.all([isPaid(), isPaid(lost, other)]);
	});

	it("with tok_challenge waits until it is confirmed", async () => {
		const { status, body: told } = await buyer.pay(order.id, "tok_challenge");
		expect([status, told.status, told.payment?.status]).toEqual([202, "paying", "challenge"]);
		const confirm = `POST /api/payments/${told.payment!.id}/confirm`;
		expect(await client().outcome(confirm)).toBe("401 UNAUTHORIZED");
		expect(await stranger.outcome(confirm)).toBe("404 NOT_FOUND");
		const confirmed = await buyer.ask(confirm, { body: {} });
		expect([confirmed.status, confirmed.body.status]).toEqual([200, "paid"]);
		expect((await buyer.ask(confirm)).status).toBe(200);
		await isPaid();
	});

	it("with an unknown token is declined or refused", async () => {
		expect([402, 422]).toContain((await buyer.pay(order.id, "tok_unheard_of")).status);
		for (const bad of ["", { $gt: "" }, null, "a b"]) {
			const asked = { body: { paymentToken: bad } };
			expect(await buyer.outcome(`POST /api/orders/${order.id}/pay`, asked)).toBe(
				"422 VALIDATION_FAILED"
			);
		}
	});

	it("is its buyer's", async () => {
		expect((await stranger.pay(order.id)).status).toBe(404);
		expect((await seller.pay(order.id)).status).toBe(404);
	});

	it("an order that is over is 409", async () => {
		await cancel(order.id);
		const { status, text } = await buyer.pay(order.id);
		expect([status, JSON.parse(text).code]).toEqual([409, "INVALID_STATE"]);
	});
});

describe("cancelling", () => {
	let product: Product;
	let order: Order;
	beforeEach(async () => {
		product = await seller.product(5);
		order = await placed(product, 2);
	});

	it("gives the stock back, and may be repeated", async () => {
		const asked = { body: { reason: "Changed my mind" } };
		const { status, body: told } = await buyer.ask(`POST /api/orders/${order.id}/cancel`, asked);
		expect([status, told.status]).toEqual([200, "cancelled"]);
		expect(typesOf(told)).toContain("cancelled");
		await until(
			() => stockOf(product),
			({ available, held }) => available === 5 && held === 0
		);
		const again = await cancel(order.id);
		expect([again.status, again.body.status]).toEqual([200, "cancelled"]);
		expect(await stockOf(product)).toEqual({ available: 5, held: 0 });
	});

	it("refunds what was paid and isn't shipped", async () => {
		expect((await buyer.pay(order.id)).status).toBe(200);
		const told = await until(
			() => cancel(order.id),
			({ status }) => status === 200
		);
		expect(told.body.status).toBe("refunded");
		expect(told.body.parcels.map(({ status }: { status: string }) => status)).toEqual([
			"cancelled"
		]);
		await until(
			() => stockOf(product),
			({ available, held }) => available === 5 && held === 0
		);
	});

	it("isn't possible once something was shipped", async () => {
		await buyer.pay(order.id);
		await until(
			() => seller.outcome(`POST /api/seller/orders/${order.id}/ship`, { body: {} }),
			outcome => outcome === "200"
		);
		const told = await cancel(order.id);
		expect([told.status, told.body.code]).toEqual([409, "INVALID_STATE"]);
	});

	it("is its buyer's, with a reason of bounded length", async () => {
		expect((await cancel(order.id, stranger)).body.code).toBe("NOT_FOUND");
		expect((await cancel(order.id, seller)).body.code).toBe("NOT_FOUND");
		const asked = { body: { reason: "a".repeat(301) } };
		expect(await buyer.outcome(`POST /api/orders/${order.id}/cancel`, asked)).toBe(
			"422 VALIDATION_FAILED"
		);
	});

	it("and paying at once end in one of both", async () => {
		const [paid, ended] = await Promise.all([buyer.pay(order.id), cancel(order.id)]);
		const { status } = await until(
			() => get(order.id),
			now => !["reserved", "paying"].includes(now.status)
		);
		if (status === "cancelled") expect(paid.status).toBe(409);
		else expect([status, paid.status]).toEqual([expect.stringMatching(/^(paid|refunded)$/), 200]);
		expect([200, 409, 503]).toContain(ended.status);
	});
});

describe("a buyer's orders", () => {
	it("are listed newest first, by status, and are nobody else's", async () => {
		const product = await seller.product(9);
		const orders = [];
		for (let n = 0; n < 3; n++) orders.push(await placed(product));
		const [first, second, third] = orders as [Order, Order, Order];
		await cancel(first.id);
		await buyer.pay(second.id);
		const ids = async (query = "", by = buyer) =>
			(await by.ask(`GET /api/orders${query}`)).body.items.map(({ id }: Order) => id);
		expect(await ids()).toEqual([third.id, second.id, first.id]);
		expect(await ids("?status=cancelled")).toEqual([first.id]);
		expect(await ids("?status=paid")).toEqual([second.id]);
		expect(await ids("?status=reserved")).toEqual([third.id]);
		expect(await ids("?status=refunded")).toEqual([]);
		expect(await ids("?pageSize=2&page=2")).toEqual([first.id]);
		expect(await ids("", stranger)).not.toContain(first.id);
		for (const status of ["sold", "", "NEW", "paid,reserved"])
			expect(await buyer.outcome(`GET /api/orders?status=${status}`)).toBe("422 VALIDATION_FAILED");
		const [listed] = (await buyer.ask("GET /api/orders?status=paid")).body.items;
		expect(await get(second.id)).toEqual(listed);
		expect(await stranger.outcome(`GET /api/orders/${second.id}`)).toBe("404 NOT_FOUND");
		expect(await seller.outcome(`GET /api/orders/${second.id}`)).toBe("404 NOT_FOUND");
	});
});
