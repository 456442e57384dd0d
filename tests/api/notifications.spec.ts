import { CheckedClient } from "../helpers/client-checked";
import { until } from "../helpers/shop";
import { target, type Target } from "../helpers/target";

interface Note {
	id: string;
	kind: string;
	read: boolean;
	at: string;
}
let shop: Target;
let buyer: CheckedClient;
let seller: CheckedClient;
let sku: string;
beforeAll(async () => void (shop = await target()));
beforeEach(async () => {
	const client = () => new CheckedClient(shop.baseUrl);
	[buyer, seller] = await Promise.all([client().signUp(), client().signUp("seller")]);
	sku = (await seller.product(50)).variants[0]!.sku;
});
afterAll(() => shop?.discard());

const list = async (by: CheckedClient, query = "") =>
	(await by.ask(`GET /api/notifications${query}`)).body as {
		items: Note[];
		total: number;
		unread: number;
	};
const kinds = async (by: CheckedClient, query = "") =>
	(await list(by, query)).items.map(({ kind }) => kind);
async function buy() {
	const { body } = await buyer.place([{ sku, quantity: 1 }]);
	await buyer.pay(body.id);
	return body.id;
}
const read = (by: CheckedClient, body: object = {}) =>
	by.outcome("POST /api/notifications/read", { body });

it("tell buyer and seller what became of an order, newest first", async () => {
	const id = await buy();
	await until(
		() => kinds(buyer),
		found => found.includes("order.paid")
	);
	await until(
		() => kinds(seller),
		found => found.includes("sale")
	);
	for (const step of ["ship", "deliver"])
		await until(
			() => seller.outcome(`POST /api/seller/orders/${id}/${step}`, { body: {} }),
			outcome => outcome === "200"
		);
	await until(
		() => kinds(buyer),
		({ length }) => length === 3
	);
	expect(await kinds(buyer)).toEqual(["order.delivered", "order.shipped", "order.paid"]);
	const { items } = await list(buyer);
	for (const note of items)
		expect(note).toMatchObject({
			title: expect.stringMatching(/./),
			body: expect.any(String),
			read: false
		});
	expect(items.map(({ at }) => at)).toEqual(
		items
			.map(({ at }) => at)
			.sort()
			.reverse()
	);
});

it("tell a seller once that stock is low", async () => {
	const body = { delta: -46, reason: "lost" };
	await seller.must(`POST /api/seller/stock/${sku}/adjust`, { body });
	await until(
		() => kinds(seller),
		found => found.includes("stock.low")
	);
	await seller.must(`POST /api/seller/stock/${sku}/adjust`, { body: { ...body, delta: -1 } });
	expect((await kinds(seller)).filter(kind => kind === "stock.low")).toHaveLength(1);
});

it("are unread until they are read, one by one or all", async () => {
	for (let n = 0; n < 3; n++) await buy();
	await until(
		() => list(buyer),
		({ total }) => total === 3
	);
	const { items } = await list(buyer, "?unread=true");
	expect(items).toHaveLength(3);
	expect(await read(buyer, { ids: [items[1]!.id] })).toBe("204");
	const unread = async (query = "?unread=true") => (await list(buyer, query)).items;
	expect((await unread()).map(({ id }) => id)).toEqual([items[0]!.id, items[2]!.id]);
	expect((await unread("?unread=false")).map(({ id }) => id)).toEqual([items[1]!.id]);
	expect((await list(buyer)).total).toBe(3);
	expect(await read(buyer)).toBe("204");
	expect(await unread()).toEqual([]);
	expect((await list(buyer)).items.map(note => note.read)).toEqual([true, true, true]);
	expect(await read(buyer)).toBe("204");
});

it("may be asked for unread without a value", async () => {
	await buy();
	await until(
		() => list(buyer),
		({ total }) => total === 1
	);
	expect((await list(buyer, "?unread")).items).toHaveLength(1);
	expect(await read(buyer)).toBe("204");
	expect((await list(buyer, "?unread")).items).toEqual([]);
});

it("are nobody else's to see or to read", async () => {
	await buy();
	await until(
		() => list(buyer),
		({ total }) => total === 1
	);
	const { items } = await list(buyer);
	expect((await list(seller)).items).not.toContainEqual(items[0]);
	expect(await read(seller, { ids: [items[0]!.id] })).toBe("204");
	expect((await list(buyer)).items[0]!.read).toBe(false);
	for (const ids of [["odd"], "all", [7], Array(101).fill(items[0]!.id)])
		expect(await read(buyer, { ids })).toBe("422 VALIDATION_FAILED");
	expect(await new CheckedClient(shop.baseUrl).outcome("GET /api/notifications")).toBe(
		"401 UNAUTHORIZED"
	);
});
