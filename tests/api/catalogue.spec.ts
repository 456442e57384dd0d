import { unique, type Product } from "../helpers/client";
import { CheckedClient } from "../helpers/client-checked";
import { until } from "../helpers/shop";
import { Listener } from "../helpers/sockets";
import { target, type Target } from "../helpers/target";

/** A word of ours alone, so that a shop with other goods answers the same. */
const WORD = unique("zylo").replaceAll("-", "");
const CATEGORY = unique("attic");

let shop: Target;
let guest: CheckedClient;
let seller: CheckedClient;
let rival: CheckedClient;
let goods: Product[];

const add = (by: CheckedClient, title: string, price: number, stock: number, more: object = {}) =>
	by.must<Product>("POST /api/catalog/products", {
		body: {
			title: `${title} ${WORD}`,
			description: `About ${title}`,
			category: `${CATEGORY}/lamps`,
			variants: [{ price, stock }],
			...more
		}
	});
const search = async (query = "") =>
	(await guest.ask(`GET /api/catalog/products?q=${WORD}${query}`)).body;
const titles = async (query = ""): Promise<string[]> =>
	(await search(query)).items.map(({ title }: Product) => title.split(" ")[0]);

beforeAll(async () => {
	shop = await target();
	guest = new CheckedClient(shop.baseUrl);
	seller = await new CheckedClient(shop.baseUrl).signUp("seller");
	rival = await new CheckedClient(shop.baseUrl).signUp("seller");
	const sizes = [1, 2].map(n => ({ price: 4000 * n, stock: n, options: { Size: `No ${n}` } }));
	goods = [];
	for (const [by, title, price, stock, more] of [
		[seller, "Anchor", 3000, 5, {}],
		[seller, "Beacon", 1000, 0, {}],
		[rival, "Candle", 2000, 2, { category: `${CATEGORY}/candles`, tags: ["wax", "light"] }],
		[seller, "Hidden", 1500, 9, { status: "draft" }],
		[rival, "Lantern", 4000, 7, { variants: sizes }]
	] as const)
		goods.push(await add(by, title, price, stock, more));
	await until(search, ({ total }) => total === 4);
});
afterAll(() => shop?.discard());

const CARD = [
	"available",
	"category",
	"createdAt",
	"currency",
	"id",
	"images",
	"options",
	"priceFrom",
	"rating",
	"seller",
	"slug",
	"status",
	"tags",
	"title",
	"updatedAt",
	"version"
];
const DETAIL = [
	...CARD.filter(key => key !== "available" && key !== "priceFrom"),
	"description",
	"variants"
];

describe("the list of products", () => {
	it("shows cards: the product with its lowest price and its sum of stock", async () => {
		const { items } = await search("&sort=-price");
		const card = items[0];
		for (const key of CARD) expect(card).toHaveProperty(key);
		expect(card).not.toHaveProperty("description");
		expect(card).not.toHaveProperty("variants");
		expect(card).toMatchObject({ priceFrom: 4000, available: 3, status: "published" });
		expect(card.seller).toEqual({ id: rival.user!.id, shopName: rival.user!.shopName });
		expect(card.rating).toEqual({ average: 0, count: 0 });
	});

	it("finds words by their beginnings and in spite of a slip, drafts never", async () => {
		expect((await titles()).sort()).toEqual(["Anchor", "Beacon", "Candle", "Lantern"]);
		expect(await titles("%20lant")).toEqual(["Lantern"]);
		expect(await titles("%20lantrn")).toEqual(["Lantern"]);
		expect(await titles("%20hidden")).toEqual([]);
		expect((await guest.ask(`GET /api/catalog/products?q=${"x".repeat(100)}`)).body.total).toBe(0);
		expect(await guest.outcome(`GET /api/catalog/products?q=${"x".repeat(101)}`)).toBe(
			"422 VALIDATION_FAILED"
		);
	});

	it("filters by category, also one above, seller, price and stock", async () => {
		expect(await titles(`&category=${CATEGORY}/candles`)).toEqual(["Candle"]);
		expect(await titles(`&category=${CATEGORY}`)).toHaveLength(4);
		expect((await titles(`&seller=${seller.user!.id}`)).sort()).toEqual(["Anchor", "Beacon"]);
		expect((await titles("&minPrice=2000&maxPrice=3000")).sort()).toEqual(["Anchor", "Candle"]);
		expect((await titles("&inStock=true")).sort()).toEqual(["Anchor", "Candle", "Lantern"]);
		expect(await titles(`&inStock=true&seller=${seller.user!.id}&maxPrice=5000`)).toEqual([
			"Anchor"
		]);
		expect(await titles("&category=nowhere")).toEqual([]);
	});

	it.each([
		["price", ["Beacon", "Candle", "Anchor", "Lantern"]],
		["-price", ["Lantern", "Anchor", "Candle", "Beacon"]],
		["newest", ["Lantern", "Candle", "Beacon", "Anchor"]]
	])("sorts by %s", async (sort, sorted) => expect(await titles(`&sort=${sort}`)).toEqual(sorted));

	it.each(["relevance", "rating", "popular"])("knows the sort %s", async sort =>
		expect((await titles(`&sort=${sort}`)).sort()).toHaveLength(4)
	);

	it.each([
		"sort=cheapest",
		"sort=-newest",
		"sort=_id",
		"inStock=maybe",
		"minPrice=-1",
		"minPrice=9.99",
		"maxPrice=1e3",
		"seller=nobody",
		"fields=passwordHash"
	])("refuses %s", async query =>
		expect(await guest.outcome(`GET /api/catalog/products?${query}`)).toBe("422 VALIDATION_FAILED")
	);

	it("counts in facets what each other choice would find", async () => {
		const { facets } = await search();
		expect(facets.price).toEqual({ min: 1000, max: 4000 });
		expect(facets.categories).toEqual(
			expect.arrayContaining([
				{ value: CATEGORY, count: 4 },
				{ value: `${CATEGORY}/lamps`, count: 3 },
				{ value: `${CATEGORY}/candles`, count: 1 }
			])
		);
		const label = (by: CheckedClient) => ({ value: by.user!.id, label: by.user!.shopName });
		expect(facets.sellers).toHaveLength(2);
		expect(facets.sellers).toEqual(
			expect.arrayContaining([
				{ ...label(seller), count: 2 },
				{ ...label(rival), count: 2 }
			])
		);
		const narrowed = (await search("&inStock=true&maxPrice=3000")).facets;
		expect(narrowed.sellers).toEqual(
			expect.arrayContaining([
				{ ...label(seller), count: 1 },
				{ ...label(rival), count: 1 }
			])
		);
		expect((await search("&category=nowhere")).items).toEqual([]);
	});

	it("pages without repeating or leaving out, in every sort", async () => {
		for (const sort of ["relevance", "newest", "price", "-price", "rating", "popular"]) {
			const pages = await Promise.all(
				[1, 2, 3, 4].map(page => search(`&sort=${sort}&pageSize=1&page=${page}`))
			);
			expect(pages.map(({ total, pageSize }) => [total, pageSize])).toEqual(Array(4).fill([4, 1]));
			const ids = pages.flatMap(({ items }) => items.map(({ id }: Product) => id));
			expect([sort, new Set(ids).size]).toEqual([sort, 4]);
			const whole = (await search(`&sort=${sort}`)).items.map(({ id }: Product) => id);
			expect([sort, ids]).toEqual([sort, whole]);
		}
	});

	it("shows an adjusted stock at once, and a new price", async () => {
		const [, beacon] = goods as [Product, Product];
		const { sku } = beacon.variants[0]!;
		const body = { delta: 4, reason: "received" };
		await seller.must(`POST /api/seller/stock/${sku}/adjust`, { body });
		await until(
			() => search("&inStock=true&sort=price"),
			({ items }) => items[0].id === beacon.id && items[0].available === 4,
			3000
		);
	});
});

describe("a product", () => {
	it("is found by its id and by its slug, alike", async () => {
		const { id, slug } = goods[2]!;
		const byId = await guest.ask(`GET /api/catalog/products/${id}`);
		const bySlug = await guest.ask(`GET /api/catalog/products/${slug}`);
		expect([byId.status, bySlug.body]).toEqual([200, byId.body]);
		for (const key of DETAIL) expect(byId.body).toHaveProperty(key);
		expect(byId.body).toMatchObject({
			title: `Candle ${WORD}`,
			description: "About Candle",
			tags: ["wax", "light"],
			currency: expect.stringMatching(/^[A-Z]{3}$/),
			options: [],
			images: []
		});
		expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
		for (const { stock, price } of byId.body.variants) {
			expect(Object.keys(stock).sort()).toEqual(["available", "held", "low", "version"]);
			expect(price).toBe(2000);
		}
		expect(byId.body.variants[0].stock).toMatchObject({ available: 2, held: 0, low: true });
	});

	it("that is a draft or archived is nobody's business", async () => {
		const draft = goods[3]!;
		for (const client of [guest, rival, seller])
			expect(await client.outcome(`GET /api/catalog/products/${draft.id}`)).toBe("404 NOT_FOUND");
		expect(await guest.outcome(`GET /api/catalog/products/${draft.slug}`)).toBe("404 NOT_FOUND");
	});
});

describe("the categories", () => {
	it("are a tree with counts", async () => {
		interface Node {
			value: string;
			count: number;
			children: Node[];
		}
		const tree = await until(
			async () => (await guest.ask("GET /api/catalog/categories")).body.items as Node[],
			items => items.some(({ value, count }) => value === CATEGORY && count === 4)
		);
		const top = tree.find(({ value }) => value === CATEGORY)!;
		expect(top.children.map(({ value, count }) => [value, count]).sort()).toEqual([
			[`${CATEGORY}/candles`, 1],
			[`${CATEGORY}/lamps`, 3]
		]);
	});
});

describe("the stock", () => {
	const stock = (skus: string) => guest.ask(`GET /api/catalog/stock?skus=${skus}`);

	it("is told of several SKUs, those that nobody has left out", async () => {
		const skus = goods.flatMap(({ variants }) => variants.map(({ sku }) => sku));
		const { status, body } = await stock([...skus, "no-such-sku"].join());
		expect([status, Object.keys(body)]).toEqual([200, ["items"]]);
		const items = body.items as { sku: string }[];
		const hidden = goods.filter(({ status }) => status === "draft");
		const drafts = hidden.flatMap(({ variants }) => variants.map(({ sku }) => sku));
		expect(drafts).toHaveLength(1);
		expect(items.map(({ sku }) => sku).sort()).toEqual(
			skus.filter(sku => !drafts.includes(sku)).sort()
		);
		for (const item of items)
			expect(Object.keys(item).sort()).toEqual([
				"at",
				"available",
				"held",
				"productId",
				"sku",
				"version"
			]);
		expect(items.find(({ sku }) => sku === skus[0])).toMatchObject({
			productId: goods[0]!.id,
			available: 5,
			held: 0
		});
	});

	it("of what isn't for sale is told to its seller only", async () => {
		const owner = await new CheckedClient(shop.baseUrl).signUp("seller");
		const product = await owner.product(7);
		const { sku } = product.variants[0]!;
		const told = async (by: CheckedClient) =>
			(await by.ask(`GET /api/catalog/stock?skus=${sku}`)).body.items.length;
		const become = async (status: string) => {
			const { version } = await owner.must<Product>(`GET /api/seller/products/${product.id}`);
			await owner.must(`PATCH /api/catalog/products/${product.id}`, { body: { version, status } });
		};
		expect([await told(guest), await told(owner)]).toEqual([1, 1]);
		for (const status of ["draft", "archived"]) {
			await become(status);
			expect([await told(guest), await told(owner)]).toEqual([0, 1]);
			const ear = await Listener.connect(shop.relayUrl);
			const topics = [`stock:${sku}`, `product:${product.id}`];
			expect((await ear.subscribe(...topics)).denied).toEqual(topics);
			ear.socket.close();
			await become("published");
			expect(await told(guest)).toBe(1);
		}
	});

	it("is told of 100 SKUs at most, and of one at least", async () => {
		const many = (count: number) => Array.from({ length: count }, (_, n) => `sku-${n}`).join();
		expect((await stock(many(100))).status).toBe(200);
		for (const skus of [many(101), "", "a,,b", ",", "aa,BB"])
			expect([skus, (await stock(skus)).status]).toEqual([skus, 422]);
		expect(await guest.outcome("GET /api/catalog/stock")).toBe("422 VALIDATION_FAILED");
	});
});
