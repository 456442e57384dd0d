import sharp from "sharp";
import { ACTIONS } from "../../services/shared/contract";
import type { Action } from "../../services/shared/define";
import type { MessageName } from "../../services/shared/messages";
import { Client, unique, type Order, type Product } from "../helpers/client";
import { CheckedClient } from "../helpers/client-checked";
import { formOf, imported, startImport } from "../helpers/csv";
import type { Asked } from "../helpers/http";
import { until } from "../helpers/shop";
import { Listener } from "../helpers/sockets";
import { target, type Target } from "../helpers/target";

let shop: Target;
/** Whose everything is, who else sells, and who bought it. */
let seller: CheckedClient;
let rival: CheckedClient;
let buyer: CheckedClient;
let nobody: CheckedClient;
const client = () => new CheckedClient(shop.baseUrl);
const skuOf = (product: Product) => product.variants[0]!.sku;

/** In every text that is the seller's own. */
const secret = unique("secret");
let shown: Product;
let draft: Product;
let imageId: string;
let order: Order;
let returnId: string;
let viewId: string;
let bulkId: string;
let importId: string;

const picture = async () => {
	const color = { create: { width: 8, height: 8, channels: 3 as const, background: "#2a6" } };
	const { body, headers } = formOf(await sharp(color).png().toBuffer());
	return {
		body: Buffer.from(body.toString("latin1").replace("text/csv", "image/png"), "latin1"),
		headers
	};
};
const csvFor = (sku: string) => `sku,title,price,stock\n${sku},Stolen,0.01,1\n`;

beforeAll(async () => {
	shop = await target();
	[seller, rival] = await Promise.all([client().signUp("seller"), client().signUp("seller")]);
	buyer = await client().signUp();
	nobody = client();
	shown = await seller.product(20, 1000);
	draft = await seller.must<Product>("POST /api/catalog/products", {
		body: {
			title: secret,
			category: "things",
			status: "draft",
			variants: [{ sku: `${secret}-a`, price: 700, stock: 2 }]
		}
	});
	const image = await seller.must<{ id: string }>(
		`POST /api/catalog/products/${draft.id}/images`,
		await picture()
	);
	imageId = image.id;
	order = (await buyer.place([{ sku: skuOf(shown), quantity: 4 }])).body;
	expect((await buyer.pay(order.id)).status).toBe(200);
	await until(
		() =>
			seller.ask(`POST /api/seller/orders/${order.id}/ship`, {
				body: { lines: [{ sku: skuOf(shown), quantity: 2 }], tracking: secret }
			}),
		({ status }) => status === 200
	);
	const asked = await buyer.must<Order>(`POST /api/orders/${order.id}/returns`, {
		body: { lines: [{ sku: skuOf(shown), quantity: 1 }], reason: secret }
	});
	returnId = asked.returns[0]!.id;
	// one that is held, and not paid
	await buyer.place([{ sku: skuOf(shown), quantity: 1 }]);
	const view = { list: "products", name: secret, query: `q=${secret}` };
	viewId = (await seller.must<{ id: string }>("POST /api/seller/views", { body: view })).id;
	const change = { tags: { add: [secret] } };
	const bulk = { ids: [draft.id], change };
	const answer = await seller.must<{ bulkId: string }>("POST /api/seller/products/bulk", {
		body: bulk
	});
	({ bulkId } = answer);
	importId = await startImport(seller, `sku,title,price,stock\n${skuOf(draft)},${secret},7,2\n`);
	await imported(seller, importId);
	draft = await seller.must<Product>(`GET /api/seller/products/${draft.id}`);
}, 120_000);
afterAll(() => shop?.discard());

type Try = [what: string, asked?: Asked];
const body = (sent: object): Asked => ({ body: sent });
/** Every address that is for sellers, with somebody else's things; `own` ones answer with what is the asker's. */
const others = (): Record<string, Try> => {
	const orders = `/api/seller/orders/${order.id}`;
	const back = `${orders}/returns/${returnId}`;
	const stock = `/api/seller/stock/${skuOf(draft)}`;
	const product = `/api/catalog/products/${draft.id}`;
	const lines = [{ sku: skuOf(shown), quantity: 1 }];
	return {
		"bulk.undo": [`POST /api/seller/products/bulk/${bulkId}/undo`, body({})],
		"bulk.get": [`GET /api/seller/products/bulk/${bulkId}`],
		"catalog.update": [`PATCH ${product}`, body({ version: draft.version, title: "Stolen" })],
		"catalog.duplicate": [`POST ${product}/duplicate`, body({})],
		"catalog.archive": [`DELETE ${product}`],
		"catalog.removeImage": [`DELETE ${product}/images/${imageId}`],
		"catalog.removeView": [`DELETE /api/seller/views/${viewId}`],
		"catalog.mineOne": [`GET /api/seller/products/${draft.id}`],
		"import.get": [`GET /api/seller/imports/${importId}`],
		"inventory.adjust": [`POST ${stock}/adjust`, body({ delta: -1, reason: "lost" })],
		"inventory.setThreshold": [`PUT ${stock}/threshold`, body({ threshold: 9 })],
		"inventory.sellerHolds": [`GET /api/seller/stock/${skuOf(shown)}/holds`],
		"inventory.movements": [`GET ${stock}/movements`],
		"order.incomingOne": [`GET ${orders}`],
		"order.ship": [`POST ${orders}/ship`, body({})],
		"order.deliver": [`POST ${orders}/deliver`, body({})],
		"order.refund": [`POST ${orders}/refund`, body({ lines, reason: "No", restock: true })],
		"order.approveReturn": [`POST ${back}/approve`, body({})],
		"order.declineReturn": [`POST ${back}/decline`, body({ note: "No" })],
		"order.receiveReturn": [`POST ${back}/receive`, body({ restock: true })]
	};
};
const own = (): Record<string, Try> => ({
	"bulk.change": [
		"POST /api/seller/products/bulk",
		body({ ids: [draft.id, shown.id], change: { status: "archived" } })
	],
	"bulk.list": ["GET /api/seller/products/bulk"],
	"catalog.mine": [`GET /api/seller/products?q=${secret}&pageSize=100`],
	"catalog.counts": ["GET /api/seller/product-counts"],
	"catalog.shelf": ["GET /api/seller/stock/board?pageSize=100"],
	"catalog.views": ["GET /api/seller/views"],
	"catalog.saveView": [
		"POST /api/seller/views",
		body({ list: "products", name: "Mine", query: "q=x" })
	],
	"catalog.create": [
		"POST /api/catalog/products",
		body({ title: "Mine", category: "things", variants: [{ price: 1, stock: 1 }] })
	],
	"import.list": ["GET /api/seller/imports"],
	"import.export": ["GET /api/seller/products/export"],
	"inventory.mine": [`GET /api/seller/stock?skus=${skuOf(draft)},${skuOf(shown)}`],
	"inventory.threshold": ["GET /api/seller/threshold"],
	"inventory.setDefaultThreshold": ["PUT /api/seller/threshold", body({ threshold: 1 })],
	"inventory.alerts": ["GET /api/seller/alerts?pageSize=100"],
	"order.incoming": ["GET /api/seller/orders?pageSize=100"],
	"order.queue": ["GET /api/seller/orders/counts"],
	"sales.dashboard": ["GET /api/seller/dashboard"],
	"sales.insights": ["GET /api/seller/insights"],
	"sales.rates": [`GET /api/seller/sales-rates?skus=${skuOf(draft)},${skuOf(shown)}`]
});
/** These take a file: what a rival's does is asked further down. */
const withFile = async (): Promise<Record<string, Try>> => ({
	"catalog.addImage": [`POST /api/catalog/products/${draft.id}/images`, await picture()],
	"import.start": ["POST /api/seller/products/import", formOf(csvFor(skuOf(draft)))]
});

/** All that the seller has, as the seller sees it. */
const belongings = async () => {
	const routes = [
		...[shown, draft].map(({ id }) => `GET /api/seller/products/${id}`),
		...[shown, draft].map(made => `GET /api/seller/stock/${skuOf(made)}/movements`),
		`GET /api/seller/orders/${order.id}`,
		`GET /api/seller/products/bulk/${bulkId}`,
		`GET /api/seller/imports/${importId}`,
		"GET /api/seller/views",
		own()["inventory.mine"]![0]
	];
	return Promise.all(routes.map(route => seller.must<object>(route)));
};

describe("what is a seller's", () => {
	it("is tried at every address there is", async () => {
		const routed = Object.entries<Action>(ACTIONS).filter(
			([, { route, access }]) => route && access === "seller"
		);
		const tried = { ...others(), ...own(), ...(await withFile()) };
		expect(Object.keys(tried).toSorted()).toEqual(routed.map(([name]) => name).toSorted());
	});

	it("isn't there for another seller, and stays as it is", async () => {
		const before = await belongings();
		for (const [name, [what, asked]] of Object.entries(others()))
			expect([name, await rival.outcome(what, asked)]).toEqual([name, "404 NOT_FOUND"]);
		const [upload, form] = (await withFile())["catalog.addImage"]!;
		expect(await rival.outcome(upload, form)).toBe("404 NOT_FOUND");
		expect(await belongings()).toEqual(before);
	});

	it("is in no list of another seller's", async () => {
		const before = await belongings();
		// a file of theirs is no JSON, which a checked client would expect
		const plain = Object.assign(new Client(shop.baseUrl), { token: rival.token });
		for (const [name, [what, asked]] of Object.entries(own())) {
			const { status, text } = await plain.ask(what, asked);
			expect([name, status]).toEqual([
				name,
				name === "catalog.create" || name === "catalog.saveView" ? 201 : 200
			]);
			// who asks for an SKU by its name has the name back, and that none was sold
			const known = name === "sales.rates" ? [] : [secret, skuOf(shown)];
			const ids = name === "bulk.change" ? [] : [draft.id, shown.id];
			for (const mine of [...known, ...ids, order.id, returnId, viewId, bulkId, importId])
				expect([name, mine, text.includes(mine)]).toEqual([name, mine, false]);
		}
		const rates = await rival.must<{ items: { units: number }[] }>(own()["sales.rates"]![0]);
		expect(rates.items.every(({ units }) => units === 0)).toBe(true);
		expect(await belongings()).toEqual(before);
	});

	it("isn't changed by another seller's bulk or file", async () => {
		const before = await belongings();
		const [what, asked] = own()["bulk.change"]!;
		const { errors } = await rival.must<{ errors: { id: string; code: string }[] }>(what, asked);
		expect(errors.map(({ id, code }) => [id, code]).toSorted()).toEqual(
			[draft.id, shown.id].toSorted().map(id => [id, "NOT_FOUND"])
		);
		const id = await startImport(rival, csvFor(skuOf(draft)));
		const done = await imported(rival, id);
		expect(done).toMatchObject({ status: "done", errors: [{ line: 2, code: "SKU_TAKEN" }] });
		expect(await belongings()).toEqual(before);
	});

	it("is nothing to a buyer, also not to its own, or to nobody", async () => {
		const before = await belongings();
		const all = { ...others(), ...own(), ...(await withFile()) };
		for (const [name, [what, asked]] of Object.entries(all)) {
			expect([name, await buyer.outcome(what, asked)]).toEqual([name, "403 FORBIDDEN"]);
			expect([name, await nobody.outcome(what, asked)]).toEqual([name, "401 UNAUTHORIZED"]);
		}
		expect(await belongings()).toEqual(before);
	});
});

describe("what a seller's sockets hear", () => {
	/** Of the shop's public side. */
	const PUBLIC: readonly string[] = [
		"stock.changed",
		"product.created",
		"product.updated",
		"product.archived",
		"products.changed"
	] satisfies MessageName[];

	it("nobody else's do, whatever they ask for", async () => {
		const owner = await Listener.connect(shop.relayUrl, seller.token);
		const ears = await Promise.all(
			[rival.token, (await client().signUp()).token, undefined].map(token =>
				Listener.connect(shop.relayUrl, token)
			)
		);
		const { id } = seller.user!;
		const closed = [
			`order:${order.id}`,
			`order:${order.id}:${id}`,
			`order:${order.id}:buyer`,
			`seller:${id}`,
			`user:${id}`,
			"ops"
		];
		for (const ear of ears) {
			const { denied } = await ear.subscribe("catalog", `product:${shown.id}`, ...closed);
			expect(denied.toSorted()).toEqual(closed.toSorted());
		}
		await owner.subscribe("catalog", `order:${order.id}`);

		await seller.must(`POST /api/seller/orders/${order.id}/returns/${returnId}/approve`, {
			body: {}
		});
		await seller.must(`POST /api/seller/orders/${order.id}/refund`, {
			body: {
				lines: [{ sku: skuOf(shown), quantity: 1 }],
				reason: secret,
				restock: false,
				of: "unshipped"
			}
		});
		const { available } = (
			await seller.must<{ items: { available: number }[] }>(
				`GET /api/seller/stock?skus=${skuOf(shown)}`
			)
		).items[0]!;
		await seller.must(`POST /api/seller/stock/${skuOf(shown)}/adjust`, {
			body: { delta: -available, reason: "lost", note: secret }
		});
		await seller.must("POST /api/seller/products/bulk", {
			body: { ids: [draft.id], change: { category: "things/secret" } }
		});
		await imported(seller, await startImport(seller, csvFor(`${secret}-b`)));
		for (const event of [
			"order.updated",
			"notification.created",
			"stock.out",
			"sales.changed",
			"bulk.progressed",
			"import.progressed"
		] as const)
			await owner.next(event, undefined, 20_000);

		// by then whatever was on its way has come
		const { version } = await seller.must<Product>(`GET /api/seller/products/${shown.id}`);
		const title = unique("Renamed");
		await seller.must(`PATCH /api/catalog/products/${shown.id}`, { body: { version, title } });
		for (const ear of ears) {
			await ear.next("product.updated", change => change.id === shown.id);
			const heard = ear.heard.filter(({ event }) => event !== "auth.expired");
			expect(heard.map(({ event }) => event).filter(event => !PUBLIC.includes(event))).toEqual([]);
			expect(JSON.stringify(heard)).not.toContain(secret);
			expect(JSON.stringify(heard)).not.toContain(draft.id);
			ear.close();
		}
		owner.close();
	}, 60_000);
});
