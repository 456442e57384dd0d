import type { Order, Product } from "../helpers/client";
import { CheckedClient } from "../helpers/client-checked";
import { ADDRESS, until } from "../helpers/shop";
import { target, type Target } from "../helpers/target";

let shop: Target;
let buyer: CheckedClient;
let seller: CheckedClient;
let rival: CheckedClient;
let mine: Product;
let theirs: Product;
let order: Order;
const client = () => new CheckedClient(shop.baseUrl);
const skuOf = (product: Product) => product.variants[0]!.sku;

beforeAll(async () => void (shop = await target()));
/** Three of mine and two of another seller's, paid. */
beforeEach(async () => {
	[buyer, seller, rival] = await Promise.all([
		client().signUp(),
		client().signUp("seller"),
		client().signUp("seller")
	]);
	[mine, theirs] = await Promise.all([seller.product(9, 1000), rival.product(9, 70)]);
	order = (
		await buyer.place([
			{ sku: skuOf(mine), quantity: 3 },
			{ sku: skuOf(theirs), quantity: 2 }
		])
	).body;
	expect((await buyer.pay(order.id)).status).toBe(200);
});
afterAll(() => shop?.discard());

const list = async (by = seller, query = "") =>
	(await by.ask(`GET /api/seller/orders${query}`)).body.items as Order[];
const one = async (by = seller) => (await by.ask(`GET /api/seller/orders/${order.id}`)).body;
/** Once the sale is entered: a moment after it was paid. */
const act = (what: "ship" | "deliver", body: object = {}, by = seller) =>
	until(
		() => by.ask(`POST /api/seller/orders/${order.id}/${what}`, { body }),
		({ status }) => status !== 503
	);
const parcelsOf = async (by = buyer) =>
	(await by.must<Order>(`GET /api/orders/${order.id}`)).parcels.filter(
		({ sellerId }) => sellerId === seller.user!.id
	);

describe("a seller's orders", () => {
	it("hold the own lines, parcels and takings, and nothing of another seller's", async () => {
		const [listed] = await list();
		const single = await one();
		for (const seen of [listed!, single]) {
			expect(seen.id).toBe(order.id);
			expect(seen.items.map(({ sku }: { sku: string }) => sku)).toEqual([skuOf(mine)]);
			expect([seen.subtotal, seen.total]).toEqual([3000, 3000]);
			expect(seen.parcels.map(({ sellerId }: { sellerId: string }) => sellerId)).toEqual([
				seller.user!.id
			]);
			const text = JSON.stringify(seen);
			for (const secret of [
				skuOf(theirs),
				rival.user!.id,
				rival.user!.shopName!,
				buyer.user!.email,
				"3140",
				"payment"
			])
				expect(text).not.toContain(secret);
			expect(seen.shippingAddress).toEqual(ADDRESS);
		}
	});

	it("are shown by status, paid ones without", async () => {
		const unpaid = (await buyer.place([{ sku: skuOf(mine), quantity: 1 }])).body;
		expect((await list()).map(({ id }) => id)).toEqual([order.id]);
		expect((await list(seller, "?status=paid")).map(({ id }) => id)).toEqual([order.id]);
		expect((await list(seller, "?status=reserved")).map(({ id }) => id)).toEqual([unpaid.id]);
		expect(await list(seller, "?status=refunded")).toEqual([]);
		const [reserved] = await list(seller, "?status=reserved");
		expect(JSON.stringify(reserved)).not.toContain(ADDRESS.line1);
		expect(await seller.outcome("GET /api/seller/orders?status=shipped")).toBe(
			"422 VALIDATION_FAILED"
		);
	});

	it("are nobody else's", async () => {
		const other = await client().signUp("seller");
		const route = `/api/seller/orders/${order.id}`;
		expect(await other.outcome(`GET ${route}`)).toBe("404 NOT_FOUND");
		expect(await other.outcome(`POST ${route}/ship`, { body: {} })).toBe("404 NOT_FOUND");
		expect(await other.outcome(`POST ${route}/deliver`)).toBe("404 NOT_FOUND");
		expect(await buyer.outcome(`GET ${route}`)).toBe("403 FORBIDDEN");
		expect(await list(other)).toEqual([]);
	});
});

describe("shipping", () => {
	it("sends the whole parcel, with carrier and tracking, and the buyer sees it", async () => {
		const { status, body } = await act("ship", { carrier: "DHL", tracking: "123 456" });
		expect(status).toBe(200);
		const shipped = { status: "shipped", carrier: "DHL", tracking: "123 456" };
		expect(body.parcels).toMatchObject([shipped]);
		expect(body.version).toBeGreaterThan(order.version);
		const seen = await buyer.must<Order>(`GET /api/orders/${order.id}`);
		expect(seen.status).toBe("paid");
		expect(seen.parcels).toHaveLength(2);
		expect(await parcelsOf()).toMatchObject([{ ...shipped, lines: body.parcels[0].lines }]);
		expect(seen.timeline.at(-1)).toMatchObject({ type: "shipped", sellerId: seller.user!.id });
		expect((await one(rival)).timeline).not.toContainEqual(
			expect.objectContaining({ type: "shipped" })
		);
		expect((await one(rival)).parcels).toMatchObject([{ status: "unfulfilled" }]);
	});

	it("sends some lines, and then the rest", async () => {
		const lines = (quantity: number) => [{ sku: skuOf(mine), quantity }];
		const { body } = await act("ship", { lines: lines(1) });
		expect(
			body.parcels.map((parcel: { status: string; lines: unknown }) => [
				parcel.status,
				parcel.lines
			])
		).toEqual([
			["shipped", lines(1)],
			["unfulfilled", lines(2)]
		]);
		expect((await act("ship", { lines: lines(3) })).status).toBe(422);
		expect((await act("ship")).status).toBe(200);
		expect((await parcelsOf()).map(({ status }) => status)).toEqual(["shipped", "shipped"]);
		const again = await act("ship");
		expect([again.status, again.body.code]).toEqual([409, "INVALID_STATE"]);
	});

	it("can't send what isn't in the own parcel", async () => {
		for (const line of [
			{ sku: skuOf(mine), quantity: 4 },
			{ sku: skuOf(theirs), quantity: 1 },
			{ sku: "no-such-sku", quantity: 1 },
			{ sku: skuOf(mine), quantity: 0 }
		])
			expect((await act("ship", { lines: [line] })).status).toBe(422);
		expect((await act("ship", { lines: [] })).status).toBe(422);
		expect((await act("ship", { carrier: "a".repeat(61) })).status).toBe(422);
		expect(await parcelsOf()).toMatchObject([{ status: "unfulfilled" }]);
	});

	it("waits until the order is paid", async () => {
		const { body } = await buyer.place([{ sku: skuOf(mine), quantity: 1 }]);
		const route = `POST /api/seller/orders/${body.id}/ship`;
		expect(await seller.outcome(route, { body: {} })).toBe("409 INVALID_STATE");
	});
});

describe("delivering", () => {
	it("comes after shipping", async () => {
		const early = await act("deliver");
		expect([early.status, early.body.code]).toEqual([409, "INVALID_STATE"]);
		await act("ship");
		const { status, body } = await act("deliver");
		expect([status, body.parcels[0].status]).toEqual([200, "delivered"]);
		expect(await parcelsOf()).toMatchObject([{ status: "delivered" }]);
		expect((await act("deliver")).body.code).toBe("INVALID_STATE");
	});
});

describe("giving back", () => {
	const refund = (body: object, by = seller) =>
		until(
			() => by.ask(`POST /api/seller/orders/${order.id}/refund`, { body }),
			({ status }) => status !== 503
		);
	const wish = (quantity: number, more = {}) => ({
		lines: [{ sku: skuOf(mine), quantity }],
		reason: "Broken",
		restock: true,
		...more
	});

	it("gives lines back in part: the buyer sees it, the shelf has them, the rest goes out", async () => {
		const { status, body } = await refund(wish(2));
		expect(status).toBe(200);
		expect(body.refunds).toMatchObject([{ amount: 2000, reason: "Broken", restock: true }]);
		const seen = await until(
			() => buyer.must<Order>(`GET /api/orders/${order.id}`),
			({ refunds }) => refunds[0]?.status === "done"
		);
		expect(seen.refunds).toMatchObject([{ amount: 2000, sellerId: seller.user!.id }]);
		expect(seen.status).toBe("paid");
		expect((await one(rival)).refunds).toEqual([]);
		await until(
			() => seller.stock(skuOf(mine)),
			({ available }) => available === 8
		);
		expect((await act("ship")).body.parcels).toMatchObject([
			{ status: "shipped", lines: [{ quantity: 1 }] },
			{ status: "cancelled", lines: [{ quantity: 2 }] }
		]);
	});

	it("refuses what can't be given back", async () => {
		for (const body of [
			wish(4),
			wish(0),
			wish(1, { restock: "yes" }),
			wish(1, { amount: 1 }),
			wish(1, { reason: "" }),
			{ ...wish(1), lines: [] },
			{ ...wish(1), lines: [{ sku: skuOf(theirs), quantity: 1 }] }
		])
			expect((await refund(body)).status).toBe(422);
	});

	it("takes a return from the wish to the money", async () => {
		await act("ship");
		const asked = await buyer.ask(`POST /api/orders/${order.id}/returns`, {
			body: { lines: [{ sku: skuOf(mine), quantity: 1 }], reason: "Too small" }
		});
		expect(asked.status).toBe(201);
		const [{ id }] = asked.body.returns as [{ id: string }];
		const route = `/api/seller/orders/${order.id}/returns/${id}`;
		const approved = await seller.must<Order>(`POST ${route}/approve`, { body: {} });
		expect(approved.returns).toMatchObject([{ status: "approved" }]);
		const counts = await seller.must("GET /api/seller/orders/counts");
		expect(counts).toMatchObject({ returning: 1, shipped: 1, unfulfilled: 0 });
		const got = await seller.must<Order>(`POST ${route}/receive`, { body: { restock: true } });
		expect(got.returns).toMatchObject([{ status: "received" }]);
		expect(got.refunds).toMatchObject([{ amount: 1000, returnId: id }]);
	});

	it("is for the seller of the goods, and for their buyer, alone", async () => {
		const other = await client().signUp("seller");
		const [stranger, nobody] = [await client().signUp(), client()];
		const route = `/api/seller/orders/${order.id}`;
		const lines = [{ sku: skuOf(mine), quantity: 1 }];
		const asked: [string, object][] = [
			[`POST ${route}/refund`, wish(1)],
			[`POST ${route}/returns/b0000000/approve`, {}],
			[`POST ${route}/returns/b0000000/decline`, { note: "No" }],
			[`POST ${route}/returns/b0000000/receive`, { restock: true }]
		];
		for (const [what, body] of asked) {
			expect([what, await other.outcome(what, { body })]).toEqual([what, "404 NOT_FOUND"]);
			expect([what, await buyer.outcome(what, { body })]).toEqual([what, "403 FORBIDDEN"]);
			expect([what, await nobody.outcome(what, { body })]).toEqual([what, "401 UNAUTHORIZED"]);
		}
		const back = `POST /api/orders/${order.id}/returns`;
		const body = { lines, reason: "No" };
		expect(await stranger.outcome(back, { body })).toBe("404 NOT_FOUND");
		expect(await nobody.outcome(back, { body })).toBe("401 UNAUTHORIZED");
		expect(await buyer.outcome("GET /api/seller/orders/counts")).toBe("403 FORBIDDEN");
		expect(await nobody.outcome("GET /api/seller/orders/counts")).toBe("401 UNAUTHORIZED");
	});
});
