import { unique, type Product } from "../helpers/client";
import { CheckedClient } from "../helpers/client-checked";
import { until } from "../helpers/shop";
import { target, type Target } from "../helpers/target";

let shop: Target;
let seller: CheckedClient;
let rival: CheckedClient;
let buyer: CheckedClient;
const client = () => new CheckedClient(shop.baseUrl);
const skuOf = (product: Product) => product.variants[0]!.sku;

beforeAll(async () => {
	shop = await target();
	[rival, buyer] = await Promise.all([client().signUp("seller"), client().signUp()]);
});
beforeEach(async () => void (seller = await client().signUp("seller")));
afterAll(() => shop?.discard());

const adjust = (sku: string, body: object, by = seller) =>
	by.ask(`POST /api/seller/stock/${sku}/adjust`, { body });
const movements = async (sku: string) =>
	(await seller.ask(`GET /api/seller/stock/${sku}/movements`)).body;
const sell = async (product: Product, quantity: number, by = buyer) => {
	const { body } = await by.place([{ sku: skuOf(product), quantity }]);
	expect((await by.pay(body.id)).status).toBe(200);
	return body.id;
};

describe("a seller's products", () => {
	const names = async (query = ""): Promise<string[]> =>
		(await seller.ask(`GET /api/seller/products${query}`)).body.items.map(
			({ title }: Product) => title
		);

	it("are the own ones, drafts too, with stock", async () => {
		const product = await seller.product(3);
		await rival.product(3);
		const draft = await seller.must<Product>("POST /api/catalog/products", {
			body: {
				title: unique("Draft"),
				category: "things",
				status: "draft",
				variants: [{ price: 1, stock: 50 }]
			}
		});
		const { items, total } = await until(
			async () => (await seller.ask("GET /api/seller/products")).body,
			list => list.total === 2
		);
		expect(total).toBe(2);
		expect(items).toEqual(expect.arrayContaining([product, draft]));
		expect(await names("?status=draft")).toEqual([draft.title]);
		expect(await names("?status=published")).toEqual([product.title]);
		expect(await names("?status=archived")).toEqual([]);
		expect(await names(`?q=${draft.title}`)).toEqual([draft.title]);
		expect(await names("?lowStock=true")).toEqual([product.title]);
		expect(await names("?lowStock=false")).toEqual([draft.title]);
	});

	it("are sorted as asked for", async () => {
		for (const [title, stock] of [
			["Bee", 1],
			["Cat", 3],
			["Ant", 2]
		] as const)
			await seller.must("POST /api/catalog/products", {
				body: { title, category: "pets", variants: [{ price: 1, stock }] }
			});
		await until(names, found => found.length === 3);
		expect(await names("?sort=newest")).toEqual(["Ant", "Cat", "Bee"]);
		expect(await names("?sort=title")).toEqual(["Ant", "Bee", "Cat"]);
		expect(await names("?sort=stock")).toEqual(["Bee", "Ant", "Cat"]);
		expect(await names("?sort=-stock")).toEqual(["Cat", "Ant", "Bee"]);
		expect(await seller.outcome("GET /api/seller/products?sort=password")).toBe(
			"422 VALIDATION_FAILED"
		);
	});
});

describe("adjusting stock", () => {
	it("adds and takes away, answers with the stock, and never goes below zero", async () => {
		const sku = skuOf(await seller.product(5));
		const more = await adjust(sku, { delta: 7, reason: "received" });
		expect([more.status, more.body]).toEqual([
			200,
			expect.objectContaining({ sku, available: 12, held: 0 })
		]);
		const less = await adjust(sku, { delta: -12, reason: "damaged" });
		expect(less.body).toMatchObject({ available: 0 });
		expect(less.body.version).toBeGreaterThan(more.body.version);
		const below = await adjust(sku, { delta: -1, reason: "correction" });
		expect([below.status, below.body.code]).toEqual([409, "OUT_OF_STOCK"]);
		expect(await seller.stock(sku)).toMatchObject({ available: 0 });
	});

	it("leaves alone what is held", async () => {
		const product = await seller.product(5);
		const sku = skuOf(product);
		await buyer.place([{ sku, quantity: 3 }]);
		expect((await adjust(sku, { delta: -3, reason: "lost" })).status).toBe(409);
		expect((await adjust(sku, { delta: -2, reason: "lost" })).body).toMatchObject({
			available: 0,
			held: 3
		});
	});

	it("with an operationId is done once, however often and at once it is sent", async () => {
		const sku = skuOf(await seller.product(0));
		const body = { delta: 5, reason: "received", operationId: unique("delivery") };
		const all = await Promise.all([1, 2, 3, 4, 5].map(() => adjust(sku, body)));
		expect(all.map(({ status }) => status)).toEqual(Array(5).fill(200));
		expect(await seller.stock(sku)).toMatchObject({ available: 5 });
		expect((await adjust(sku, { ...body, operationId: unique("other") })).body.available).toBe(10);
	});

	it("of many at once loses none", async () => {
		const sku = skuOf(await seller.product(10));
		const body = { delta: -1, reason: "damaged" };
		const all = await Promise.all(Array.from({ length: 15 }, () => adjust(sku, body)));
		expect(all.filter(({ status }) => status === 200)).toHaveLength(10);
		expect(all.filter(({ status }) => status === 409)).toHaveLength(5);
		expect(await seller.stock(sku)).toMatchObject({ available: 0 });
	});

	it.each([
		["delta", { delta: 0 }],
		["delta", { delta: 1.5 }],
		["delta", { delta: "5" }],
		["delta", { delta: 2 ** 53 }],
		["delta", { delta: undefined }],
		["reason", { reason: "because" }],
		["reason", { reason: undefined }],
		["operationId", { operationId: "a.b" }],
		["available", { available: 9 }]
	])("is refused for its %s: %j", async (path, changes) => {
		const sku = skuOf(await seller.product(1));
		const { status, body } = await adjust(sku, { delta: 1, reason: "received", ...changes });
		expect([status, body.errors[0].path]).toEqual([422, path]);
	});

	it.each(["received", "damaged", "correction"])("knows the reason %s", async reason => {
		const sku = skuOf(await seller.product(1));
		expect((await adjust(sku, { delta: 1, reason })).status).toBe(200);
	});

	it("is its seller's", async () => {
		const sku = skuOf(await seller.product(1));
		const body = { delta: 1, reason: "received" };
		expect((await adjust(sku, body, rival)).body.code).toBe("NOT_FOUND");
		expect((await adjust(sku, body, buyer)).body.code).toBe("FORBIDDEN");
		expect((await adjust("no-such-sku", body)).body.code).toBe("NOT_FOUND");
		expect(await rival.outcome(`GET /api/seller/stock/${sku}/movements`)).toBe("404 NOT_FOUND");
		const threshold = { body: { threshold: 1 } };
		expect(await rival.outcome(`PUT /api/seller/stock/${sku}/threshold`, threshold)).toBe(
			"404 NOT_FOUND"
		);
	});
});

describe("the ledger of a SKU", () => {
	it("tells every change, newest first, and adds up", async () => {
		const product = await seller.product(5);
		const sku = skuOf(product);
		await adjust(sku, { delta: 3, reason: "received" });
		await adjust(sku, { delta: -1, reason: "damaged" });
		await sell(product, 2);
		const { items, total } = await until(
			() => movements(sku),
			list => list.items[0]?.kind === "commit"
		);
		const kinds = items.map(({ kind }: { kind: string }) => kind);
		expect(kinds).toEqual(["commit", "reserve", "remove", "restock", "initial"]);
		expect(total).toBe(5);
		const versions = items.map(({ version }: { version: number }) => version);
		expect(versions).toEqual([...versions].sort((a: number, b: number) => b - a));
		expect(items[0]).toMatchObject({ sku, quantity: 2, available: 5, held: 0, sold: 2 });
		expect(items[2]).toMatchObject({ quantity: 1, reason: "damaged", available: 7 });
		const { available, held, version } = await seller.stock(sku);
		expect([available, held, version]).toEqual([5, 0, versions[0]]);
	});
});

describe("alerts", () => {
	const alerts = async (by = seller) => (await by.ask("GET /api/seller/alerts")).body.items;
	const setThreshold = (sku: string, threshold: unknown) =>
		seller.ask(`PUT /api/seller/stock/${sku}/threshold`, { body: { threshold } });

	it("open when stock gets low or out, and go when it has come back", async () => {
		const product = await seller.product(10);
		const sku = skuOf(product);
		expect(await alerts()).toEqual([]);
		const set = await setThreshold(sku, 4);
		expect([set.status, set.body.threshold]).toEqual([200, 4]);
		await adjust(sku, { delta: -6, reason: "lost" });
		const [low] = await until(alerts, ({ length }) => length === 1);
		expect(low).toEqual({
			id: expect.any(String),
			kind: "low",
			sku,
			productId: product.id,
			title: product.title,
			available: 4,
			threshold: 4,
			since: expect.any(String)
		});
		await adjust(sku, { delta: -4, reason: "lost" });
		await until(alerts, ([alert]) => alert?.kind === "out" && alert.available === 0);
		expect(await alerts()).toHaveLength(1);
		expect(await alerts(rival)).not.toContainEqual(expect.objectContaining({ sku }));
		await adjust(sku, { delta: 5, reason: "found" });
		await until(alerts, ({ length }) => length === 0);
	});

	it("are of what is for sale: not of drafts, the archived, nor variants that are gone", async () => {
		const variants = ["S", "M"].map(Size => ({ options: { Size }, price: 900, stock: 0 }));
		const draft = await seller.must<Product>("POST /api/catalog/products", {
			body: {
				title: unique("Draft"),
				description: "Soon",
				category: "things",
				status: "draft",
				options: [{ name: "Size", values: ["S", "M"] }],
				variants
			}
		});
		const both = draft.variants.map(({ sku }) => sku).sort();
		const small = draft.variants[0]!;
		const change = async (body: object) => {
			const { version } = await seller.must<Product>(`GET /api/seller/products/${draft.id}`);
			await seller.must(`PATCH /api/catalog/products/${draft.id}`, { body: { version, ...body } });
		};
		const skus = async () => (await alerts()).map(({ sku }: { sku: string }) => sku).sort();
		expect(await skus()).toEqual([]);
		await adjust(small.sku, { delta: 1, reason: "received" });
		await adjust(small.sku, { delta: -1, reason: "correction" });
		expect(await skus()).toEqual([]);
		const { items } = (await seller.ask("GET /api/notifications")).body;
		expect(items).toEqual([]);

		await change({ status: "published" });
		await until(skus, ({ length }) => length === 2);
		expect(await skus()).toEqual(both);
		await change({ variants: [{ sku: small.sku }] });
		await until(skus, ({ length }) => length === 1);
		expect(await skus()).toEqual([small.sku]);
		await seller.must(`DELETE /api/catalog/products/${draft.id}`);
		await until(skus, ({ length }) => length === 0);
		const { stockOuts } = (await seller.ask("GET /api/seller/insights")).body;
		expect(stockOuts.items).toEqual([]);
	});

	it("follow the threshold", async () => {
		const sku = skuOf(await seller.product(10));
		await setThreshold(sku, 10);
		await until(alerts, ([alert]) => alert?.kind === "low");
		await setThreshold(sku, 9);
		await until(alerts, ({ length }) => length === 0);
		for (const odd of [-1, 1.5, "3", null, 2 ** 31])
			expect((await setThreshold(sku, odd)).status).toBe(422);
	});
});

describe("the dashboard", () => {
	const dashboard = async (query = "") =>
		(await seller.ask(`GET /api/seller/dashboard${query}`)).body;
	const NONE = { revenue: 0, refunds: 0, orders: 0, units: 0 };

	it("adds up: what was paid, before refunds, and what was refunded", async () => {
		const [cheap, dear] = [await seller.product(5, 100), await seller.product(5, 1000)];
		await sell(cheap, 3);
		await sell(dear, 2);
		const given = await sell(cheap, 1);
		await until(
			() => buyer.outcome(`POST /api/orders/${given}/cancel`, { body: {} }),
			outcome => outcome === "200"
		);
		for (const interval of ["hour", "day", "week", "month"]) {
			const told = await until(
				() => dashboard(`?interval=${interval}`),
				({ totals }) => totals.orders === 3 && totals.refunds === 100
			);
			expect(Object.keys(told).sort()).toEqual([
				"currency",
				"from",
				"interval",
				"previous",
				"runOut",
				"series",
				"timeZone",
				"to",
				"topProducts",
				"totals"
			]);
			expect(told.interval).toBe(interval);
			expect(told.totals).toEqual({
				revenue: 2400,
				refunds: 100,
				orders: 3,
				units: 6,
				averageOrderValue: 800
			});
			expect(told.previous).toEqual({ ...NONE, averageOrderValue: 0 });
			const sum = (key: keyof typeof NONE) =>
				told.series.reduce((all: number, step: typeof NONE) => all + step[key], 0);
			for (const key of Object.keys(NONE) as (keyof typeof NONE)[])
				expect([interval, key, sum(key)]).toEqual([interval, key, told.totals[key]]);
			expect(Object.keys(told.series[0]).sort()).toEqual([
				"at",
				"orders",
				"refunds",
				"revenue",
				"units"
			]);
			expect(told.topProducts).toEqual([
				{ productId: dear.id, title: dear.title, units: 2, revenue: 2000 },
				{ productId: cheap.id, title: cheap.title, units: 4, revenue: 400 }
			]);
			expect(Date.parse(told.from)).toBeLessThan(Date.parse(told.to));
		}
		const { runOut } = await dashboard();
		for (const { sku, available, perDay, runsOutAt } of runOut) {
			expect([skuOf(cheap), skuOf(dear)]).toContain(sku);
			expect(available).toBeGreaterThan(0);
			expect(perDay).toBeGreaterThan(0);
			expect(Date.parse(runsOutAt)).toBeGreaterThan(Date.now());
		}
		expect(runOut.length).toBeGreaterThan(0);
	});

	it("counts only the own part of an order, of any span", async () => {
		const [own, others] = [await seller.product(9, 500), await rival.product(9, 9999)];
		const { body } = await buyer.place([
			{ sku: skuOf(own), quantity: 2 },
			{ sku: skuOf(others), quantity: 1 }
		]);
		await buyer.pay(body.id);
		const hour = 3_600_000;
		const span = (from: number, to: number) =>
			`?from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}&interval=day`;
		const now = Date.now();
		const told = await until(
			() => dashboard(span(now - 24 * hour, now + hour)),
			({ totals }) => totals.orders === 1
		);
		expect(told.totals).toMatchObject({ revenue: 1000, units: 2 });
		const before = await dashboard(span(now - 96 * hour, now - 48 * hour));
		expect(before.totals).toEqual({ ...NONE, averageOrderValue: 0 });
		expect(before.series.length).toBeGreaterThanOrEqual(2);
	});

	it("tells what is behind the takings, and how fast things sell, to their seller alone", async () => {
		const product = await seller.product(2, 700);
		await sell(product, 2);
		const insights = async (by: CheckedClient) => (await by.ask("GET /api/seller/insights")).body;
		const told = await until(
			() => insights(seller),
			({ conversion, stockOuts }) => conversion.converted === 1 && stockOuts.items.length === 1
		);
		expect(Object.keys(told).sort()).toEqual([
			"categories",
			"conversion",
			"currency",
			"from",
			"previous",
			"slowMovers",
			"stockOuts",
			"timeZone",
			"to"
		]);
		expect(told.conversion).toEqual({ holds: 1, converted: 1 });
		expect(told.previous).toEqual({ holds: 0, converted: 0 });
		const [top] = product.category.split("/");
		expect(told.categories).toEqual([{ category: top, units: 2, revenue: 1400 }]);
		expect(told.slowMovers.items).toEqual([]);
		expect(told.stockOuts.items[0]).toMatchObject({ sku: skuOf(product), productId: product.id });

		const others = await insights(rival);
		expect(others.conversion.converted).not.toBeNaN();
		expect(JSON.stringify(others)).not.toContain(product.id);
		const rates = `GET /api/seller/sales-rates?skus=${skuOf(product)}`;
		expect((await seller.ask(rates)).body.items).toMatchObject([{ units: 2 }]);
		expect((await rival.ask(rates)).body.items).toMatchObject([{ units: 0 }]);
		for (const path of ["dashboard", "insights", `sales-rates?skus=${skuOf(product)}`]) {
			expect(await buyer.outcome(`GET /api/seller/${path}`)).toBe("403 FORBIDDEN");
			expect(await client().outcome(`GET /api/seller/${path}`)).toBe("401 UNAUTHORIZED");
		}
		expect(await seller.outcome("GET /api/seller/sales-rates?skus=NO")).toBe(
			"422 VALIDATION_FAILED"
		);
	});

	it.each(["interval=year", "from=yesterday", "from=2026-01-01", "to=1e99", "seller=somebody01"])(
		"refuses %s",
		async query =>
			expect(await seller.outcome(`GET /api/seller/dashboard?${query}`)).toBe(
				"422 VALIDATION_FAILED"
			)
	);

	it("refuses a span that ends before it begins or would never end", async () => {
		const span = (from: string, to: string) =>
			seller.outcome(
				`GET /api/seller/dashboard?from=${from}T00:00:00Z&to=${to}T00:00:00Z&interval=hour`
			);
		expect(await span("2026-02-01", "2026-01-01")).toBe("422 VALIDATION_FAILED");
		expect(await span("1970-01-01", "2026-01-01")).toBe("422 VALIDATION_FAILED");
	});
});
