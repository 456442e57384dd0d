import type { Messages } from "../../services/shared/messages";
import { idOf } from "../../services/id";
import { times, type Product } from "../helpers/client";
import { CheckedClient } from "../helpers/client-checked";
import { until } from "../helpers/shop";
import { Listener } from "../helpers/sockets";
import { target, type Target } from "../helpers/target";

const BULK = "POST /api/seller/products/bulk";
/** Milliseconds that a bulk may take on a busy machine. */
const PATIENCE = 60_000;

let shop: Target;
let seller: CheckedClient;
let rival: CheckedClient;
let products: Product[];
beforeAll(async () => {
	shop = await target();
	const client = () => new CheckedClient(shop.baseUrl);
	[seller, rival] = await Promise.all([client().signUp("seller"), client().signUp("seller")]);
	products = await times(3, () => seller.product(10));
});
afterAll(() => shop?.discard());

const ended = async (id: string, by = seller) => {
	const { body } = await until(
		() => by.ask(`GET /api/seller/products/bulk/${id}`),
		({ body }) => body.status !== "running",
		PATIENCE
	);
	return body;
};

it("takes ten thousand ids in one go, says of each that isn't there, and is undone", async () => {
	const others = Array.from({ length: 9997 }, (_, i) => idOf("p", "nobody's", i));
	const ids = [...others, ...products.map(({ id }) => id)];
	const asked = { ids, change: { price: { set: 1500 } }, operationId: "ten-thousand", wait: 0 };
	const { status, body } = await seller.ask(BULK, { body: asked });
	expect([status, body.status, body.matched]).toEqual([202, "running", 10_000]);
	const done = await ended(body.bulkId);
	expect(done).toMatchObject({ done: 10_000, changed: 3, failed: 9997, undoId: body.bulkId });
	expect(done.errors).toEqual(others.map(id => ({ id, code: "NOT_FOUND" })));
	const again = await seller.ask(BULK, { body: asked });
	expect([again.status, again.body.bulkId, again.body.changed]).toEqual([200, body.bulkId, 3]);

	const path = `POST /api/seller/products/bulk/${body.bulkId}/undo`;
	expect((await rival.ask(path, { body: {} })).status).toBe(404);
	const undo = (await seller.ask(path, { body: { wait: 0 } })).body;
	expect(await ended(undo.bulkId)).toMatchObject({ changed: 3, errors: [], undoes: body.bulkId });
	const { items, total } = (await seller.ask("GET /api/seller/products/bulk?pageSize=1")).body;
	expect([items[0].id, total]).toEqual([undo.bulkId, 2]);
}, 180_000);

it("tells its seller's sockets of progress, and whoever looks at a product of its change", async () => {
	const listener = await Listener.connect(shop.relayUrl, seller.token);
	const stranger = await Listener.connect(shop.relayUrl, rival.token);
	await stranger.subscribe(`product:${products[0]!.id}`);
	const { body } = await seller.ask(BULK, {
		body: { filter: {}, change: { category: "sale" }, wait: 0 }
	});
	const last = await listener.next(
		"bulk.progressed",
		({ bulkId, status }) => bulkId === body.bulkId && status === "done",
		PATIENCE
	);
	expect(last).toMatchObject({ matched: 3, done: 3, changed: 3, errors: 0 });
	const change = (heard: Messages["product.updated"]) => heard.id === products[0]!.id;
	await Promise.all([listener, stranger].map(ear => ear.next("product.updated", change, PATIENCE)));
	expect(stranger.all("bulk.progressed")).toEqual([]);
	listener.close();
	stranger.close();
}, 180_000);

it("is for sellers, and refuses what is no change in the contract's words", async () => {
	const body = { ids: [products[0]!.id], change: { price: { set: 1 } } };
	const buyer = await new CheckedClient(shop.baseUrl).signUp();
	expect((await buyer.ask(BULK, { body })).status).toBe(403);
	expect((await new CheckedClient(shop.baseUrl).ask(BULK, { body })).status).toBe(401);
	for (const wrong of [
		{ change: body.change },
		{ ...body, filter: {} },
		{ ...body, ids: [] },
		{ ...body, change: {} },
		{ ...body, change: { price: { set: 1, percent: 1 } } },
		{ ...body, filter: { sort: "title" }, ids: undefined },
		{ ...body, change: { title: "All the same" } }
	]) {
		const refused = await seller.ask(BULK, { body: wrong });
		expect([wrong, refused.status]).toEqual([wrong, 422]);
	}
	const large = { ...body, ids: Array.from({ length: 30_000 }, (_, i) => idOf("p", i)) };
	expect((await seller.ask(BULK, { body: large })).status).toBe(413);
});
