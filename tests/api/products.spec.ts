import sharp from "sharp";
import { unique, type Product } from "../helpers/client";
import { CheckedClient } from "../helpers/client-checked";
import { SKU } from "../helpers/client-conventions";
import { until } from "../helpers/shop";
import { target, type Target } from "../helpers/target";

let shop: Target;
let guest: CheckedClient;
let buyer: CheckedClient;
let seller: CheckedClient;
let rival: CheckedClient;
beforeAll(async () => {
	shop = await target();
	const client = () => new CheckedClient(shop.baseUrl);
	guest = client();
	[buyer, seller, rival] = await Promise.all([
		client().signUp(),
		client().signUp("seller"),
		client().signUp("seller")
	]);
});
afterAll(() => shop?.discard());

const wanted = (changes: object = {}) => ({
	title: unique("Teapot"),
	description: "Holds tea",
	category: "kitchen/tea",
	variants: [{ price: 1999, stock: 3 }],
	...changes
});
const create = (changes: object = {}, by = seller) =>
	by.ask("POST /api/catalog/products", { body: wanted(changes) });
const created = async (changes: object = {}) => (await create(changes)).body as Product;
const patch = ({ id, version }: Product, changes: object, by = seller) =>
	by.ask(`PATCH /api/catalog/products/${id}`, { body: { version, ...changes } });
const seen = (id: string) => guest.ask(`GET /api/catalog/products/${id}`);
const isCurrent = async (product: Product) =>
	expect(
		(
			await until(
				() => seen(product.id),
				({ status }) => status === 200
			)
		).body
	).toEqual(product);

describe("a new product", () => {
	it("needs no SKU and no options, and is there for everybody at once", async () => {
		const { status, body } = await create();
		expect(status).toBe(201);
		expect(body).toMatchObject({
			description: "Holds tea",
			category: "kitchen/tea",
			tags: [],
			images: [],
			options: [],
			status: "published",
			seller: { id: seller.user!.id, shopName: seller.user!.shopName },
			rating: { average: 0, count: 0 }
		});
		expect(body.variants).toEqual([
			{
				sku: expect.stringMatching(SKU),
				options: {},
				price: 1999,
				stock: { available: 3, held: 0, version: expect.any(Number), low: true }
			}
		]);
		await isCurrent(body);
	});

	it("has the SKUs, options and pictures that were asked for", async () => {
		const [small, large] = [unique("tea-s"), unique("tea-l")];
		const { status, body } = await create({
			tags: ["tea", "pot"],
			images: [{ url: "https://pictures.example/pot.png", alt: "A pot", width: 800, height: 600 }],
			options: [{ name: "Size", values: ["S", "L"] }],
			variants: [
				{ sku: small, options: { Size: "S" }, price: 1000, compareAtPrice: 1200, stock: 0 },
				{ sku: large, options: { Size: "L" }, price: 2000, stock: 30, lowStockThreshold: 30 }
			]
		});
		expect([status, body.tags]).toEqual([201, ["tea", "pot"]]);
		expect(body.images[0]).toMatchObject({
			url: "https://pictures.example/pot.png",
			alt: "A pot",
			width: 800,
			height: 600
		});
		expect(body.options).toEqual([{ name: "Size", values: ["S", "L"] }]);
		expect(body.variants).toMatchObject([
			{ sku: small, options: { Size: "S" }, compareAtPrice: 1200, stock: { available: 0 } },
			{ sku: large, options: { Size: "L" }, stock: { available: 30, low: true } }
		]);
		expect(body.variants[1]).not.toHaveProperty("compareAtPrice");
		await isCurrent(body);
	});

	it("takes its options from its variants when it doesn't name them", async () => {
		const body = await created({
			variants: ["Moss", "Clay"].map(colour => ({
				options: { Colour: colour },
				price: 100,
				stock: 1
			}))
		});
		expect(body.options).toEqual([{ name: "Colour", values: ["Moss", "Clay"] }]);
		expect(new Set(body.variants.map(({ sku }) => sku)).size).toBe(2);
	});

	it("may begin as a draft that only its seller sees", async () => {
		const { id } = await created({ status: "draft" });
		expect(await guest.outcome(`GET /api/catalog/products/${id}`)).toBe("404 NOT_FOUND");
		expect((await seller.ask("GET /api/seller/products?status=draft")).body.items).toContainEqual(
			expect.objectContaining({ id, status: "draft" })
		);
	});

	it("can't take a SKU that is in use, nor one twice", async () => {
		const sku = unique("tea");
		const variant = { sku, price: 1, stock: 1 };
		expect((await create({ variants: [variant] })).status).toBe(201);
		for (const by of [seller, rival]) {
			const { status, body } = await create({ variants: [variant] }, by);
			expect([status, body.code]).toEqual([409, "SKU_TAKEN"]);
		}
		const { status } = await create({
			options: [{ name: "Size", values: ["S", "L"] }],
			variants: ["S", "L"].map(Size => ({ ...variant, sku: `${sku}x`, options: { Size } }))
		});
		expect(status).toBe(422);
	});

	const one = (changes: object) => ({ variants: [{ price: 1, stock: 1, ...changes }] });
	it.each([
		["title", { title: "" }],
		["title", { title: "a".repeat(161) }],
		["category", { category: undefined }],
		["variants", { variants: [] }],
		["variants", { variants: undefined }],
		["variants.0.sku", one({ sku: "Upper" })],
		["variants.0.sku", one({ sku: "with.dot" })],
		["variants.0.price", one({ price: 19.99 })],
		["variants.0.price", one({ price: -1 })],
		["variants.0.price", one({ price: "1999" })],
		["variants.0.price", one({ price: 2 ** 53 })],
		["variants.0.stock", one({ stock: -1 })],
		["variants.0.stock", one({ stock: 1.5 })],
		["variants.0.available", one({ available: 9 })],
		["variants.0.stock.available", one({ stock: { available: 1 } })],
		["status", { status: "archived" }],
		["status", { status: "sold" }],
		["sellerId", { sellerId: "somebody0001" }],
		["rating", { rating: { average: 5, count: 1 } }],
		["images.0.url", { images: [{ url: "javascript:alert(1)" }] }]
	])("is refused for its %s: %j", async (path, changes) => {
		const { status, body } = await create(changes);
		expect([status, body.code]).toEqual([422, "VALIDATION_FAILED"]);
		const paths = body.errors.map((error: { path: string }) => error.path);
		expect(paths.some((found: string) => path.startsWith(found))).toBe(true);
	});

	it("is a seller's to add", async () => {
		expect((await create({}, guest)).status).toBe(401);
		expect((await create({}, buyer)).body.code).toBe("FORBIDDEN");
	});
});

describe("a change of a product", () => {
	it("says on which version it stands, and makes the next", async () => {
		const product = await created();
		const title = unique("Kettle");
		const { status, body } = await patch(product, { title, tags: ["new"] });
		expect(status).toBe(200);
		expect(body).toMatchObject({ id: product.id, title, tags: ["new"], description: "Holds tea" });
		expect(body.version).toBeGreaterThan(product.version);
		expect(body.updatedAt >= product.updatedAt).toBe(true);
		await isCurrent(body);
	});

	it("on another version is refused with the current product", async () => {
		const product = await created();
		const now = (await patch(product, { title: "First" })).body;
		const { status, body } = await patch(product, { title: "Second" });
		expect([status, body.code, body.current]).toEqual([409, "VERSION_CONFLICT", now]);
		expect((await patch(now, { title: "Third" })).status).toBe(200);
	});

	it("is one of two at the same moment", async () => {
		const product = await created();
		const both = await Promise.all([
			patch(product, { title: "A" }),
			patch(product, { title: "B" })
		]);
		expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
	});

	it("needs the version", async () => {
		const { id } = await created();
		const body = { title: "Without" };
		const answer = await seller.ask(`PATCH /api/catalog/products/${id}`, { body });
		expect([answer.status, answer.body.errors[0].path]).toEqual([422, "version"]);
	});

	it("publishes, withdraws and prices", async () => {
		const product = await created({ status: "draft" });
		const { sku } = product.variants[0]!;
		const published = (await patch(product, { status: "published" })).body;
		expect((await seen(product.id)).status).toBe(200);
		const dearer = (await patch(published, { variants: [{ sku, price: 2999 }] })).body;
		expect((await seen(product.id)).body.variants[0]).toMatchObject({ sku, price: 2999 });
		await patch(dearer, { status: "draft" });
		expect((await seen(product.id)).status).toBe(404);
	});

	it("adds and takes off variants", async () => {
		const sku = unique("mug");
		const product = await created({
			options: [{ name: "Size", values: ["S", "L"] }],
			variants: [{ sku, options: { Size: "S" }, price: 1, stock: 1 }]
		});
		const more = await patch(product, {
			variants: [{ sku }, { sku: `${sku}-l`, options: { Size: "L" }, price: 5, stock: 4 }]
		});
		expect(more.body.variants).toMatchObject([
			{ sku, price: 1, stock: { available: 1 } },
			{ sku: `${sku}-l`, price: 5, stock: { available: 4 } }
		]);
		const less = await patch(more.body, { variants: [{ sku: `${sku}-l` }] });
		expect(less.body.variants).toHaveLength(1);
	});

	it("is its seller's", async () => {
		const product = await created();
		expect((await patch(product, { title: "X" }, rival)).body.code).toBe("NOT_FOUND");
		expect((await patch(product, { title: "X" }, buyer)).body.code).toBe("FORBIDDEN");
		for (const changes of [{ sellerId: rival.user!.id }, { slug: "x" }, { rating: {} }])
			expect((await patch(product, changes)).status).toBe(422);
	});
});

describe("archiving a product", () => {
	it("takes it off the shop, for its seller only, and may be repeated", async () => {
		const { id, version } = await created();
		const route = `DELETE /api/catalog/products/${id}`;
		expect(await rival.outcome(route)).toBe("404 NOT_FOUND");
		expect(await seller.outcome(`${route}?version=${version + 7}`)).toBe("409 VERSION_CONFLICT");
		expect((await seen(id)).status).toBe(200);
		expect(await seller.outcome(route)).toBe("204");
		expect((await seen(id)).status).toBe(404);
		expect(await seller.outcome(route)).toBe("204");
		expect(
			(await seller.ask("GET /api/seller/products?status=archived")).body.items
		).toContainEqual(expect.objectContaining({ id, status: "archived" }));
	});

	it("may say on which version, also in a body", async () => {
		const { id, version } = await created();
		const route = `DELETE /api/catalog/products/${id}`;
		expect(await seller.outcome(route, { body: { version } })).toBe("204");
	});
});

describe("pictures", () => {
	const drawing = () =>
		sharp({ create: { width: 40, height: 30, channels: 3, background: "#2a6" } });
	const form = (file: Buffer, name = "file", type = "image/png") => {
		const boundary = "----a-boundary";
		const head =
			`--${boundary}\r\nContent-Disposition: form-data; name="${name}"; ` +
			`filename="../../x.png"\r\nContent-Type: ${type}\r\n\r\n`;
		return {
			body: Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]),
			headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` }
		};
	};
	let product: Product;
	beforeAll(async () => void (product = await created()));
	const upload = (asked: { body: Buffer; headers: Record<string, string> }, by = seller) =>
		by.ask(`POST /api/catalog/products/${product.id}/images`, asked);

	it.each(["png", "jpeg", "webp", "avif"] as const)("are taken as %s, and served", async format => {
		const { status, body } = await upload(form(await drawing().toFormat(format).toBuffer()));
		expect(status).toBe(201);
		expect(body).toMatchObject({ url: expect.any(String), alt: "", width: 40, height: 30 });
		const { body: current } = await until(
			() => seen(product.id),
			answer => answer.body.images.some((image: { id: string }) => image.id === body.id)
		);
		expect(current.images).toContainEqual(body);
		const picture = await fetch(new URL(body.url, shop.baseUrl));
		expect([picture.status, picture.headers.get("content-type")]).toEqual([
			200,
			expect.stringMatching(/^image\//)
		]);
	});

	it("are known by their content, not by what they are called", async () => {
		const gif = Buffer.from("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", "base64");
		const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
		for (const file of [
			gif,
			svg,
			Buffer.from("text"),
			Buffer.from("\x89PNG\r\n\x1a\nnonsense", "latin1")
		]) {
			const { status, body } = await upload(form(file));
			expect([status, body.code]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
		}
		const jpeg = await drawing().jpeg().toBuffer();
		expect((await upload(form(jpeg, "file", "text/html"))).status).toBe(201);
	});

	it("are 5 MB at most", async () => {
		const png = await drawing().png().toBuffer();
		const large = Buffer.concat([png, Buffer.alloc(5_000_001 - png.length)]);
		const { status, body } = await upload(form(large));
		expect([status, body.code]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
		const just = Buffer.concat([png, Buffer.alloc(5_000_000 - png.length)]);
		expect((await upload(form(just))).status).toBe(201);
	});

	it("come in the field file of a form", async () => {
		const png = await drawing().png().toBuffer();
		expect((await upload(form(png, "picture"))).status).toBe(422);
		const bare = { body: png, headers: { "Content-Type": "image/png" } };
		expect((await upload(bare)).body.code).toBe("UNSUPPORTED_MEDIA_TYPE");
		const empty = { body: Buffer.from("------a-boundary--\r\n"), headers: form(png).headers };
		expect([400, 422]).toContain((await upload(empty)).status);
	});

	it("are added and removed by the product's seller", async () => {
		const png = form(await drawing().png().toBuffer());
		expect((await upload(png, rival)).body.code).toBe("NOT_FOUND");
		expect((await upload(png, buyer)).body.code).toBe("FORBIDDEN");
		const { body } = await upload(png);
		const at = `/api/catalog/products/${product.id}/images/${body.id}`;
		expect(await rival.outcome(`DELETE ${at}`)).toBe("404 NOT_FOUND");
		expect(await seller.outcome(`DELETE ${at}`)).toBe("204");
		expect(await seller.outcome(`DELETE ${at}`)).toBe("404 NOT_FOUND");
		expect((await seen(product.id)).body.images).not.toContainEqual(body);
	});
});

describe("reviews", () => {
	const REVIEW = { rating: 4, title: "Good", body: "It pours." };
	let product: Product;
	let fan: CheckedClient;
	const review = (by: CheckedClient, changes: object = {}) =>
		by.ask(`POST /api/catalog/products/${product.id}/reviews`, { body: { ...REVIEW, ...changes } });
	beforeAll(async () => {
		product = await created();
		fan = await new CheckedClient(shop.baseUrl).signUp();
		const order = await fan.place([{ sku: product.variants[0]!.sku, quantity: 1 }]);
		expect((await review(fan)).body.code).toBe("FORBIDDEN");
		expect((await fan.pay(order.body.id)).status).toBe(200);
	});

	it("are written by those who bought it", async () => {
		expect((await review(guest)).status).toBe(401);
		expect((await review(buyer)).body.code).toBe("FORBIDDEN");
		const { status, body } = await review(fan);
		expect([status, body]).toEqual([201, expect.objectContaining(REVIEW)]);
		const list = await until(
			() => guest.ask(`GET /api/catalog/products/${product.id}/reviews`),
			({ body: { total } }) => total === 1
		);
		expect(list.body.items).toEqual([body]);
		await until(
			() => seen(product.id),
			({ body: { rating } }) => rating.count === 1 && rating.average === 4
		);
	});

	it("are one a buyer: another takes its place", async () => {
		expect((await review(fan, { rating: 1 })).status).toBe(201);
		const { body } = await until(
			() => seen(product.id),
			answer => answer.body.rating.average === 1
		);
		expect(body.rating).toEqual({ average: 1, count: 1 });
	});

	it.each([
		["rating", { rating: 0 }],
		["rating", { rating: 6 }],
		["rating", { rating: 4.5 }],
		["rating", { rating: "5" }],
		["title", { title: "" }],
		["body", { body: "a".repeat(4001) }],
		["author", { author: "Somebody Else" }]
	])("are refused for their %s: %j", async (path, changes) => {
		const { status, body } = await review(fan, changes);
		expect([status, body.errors[0].path]).toEqual([422, path]);
	});

	it("are of a product that there is", async () => {
		expect(await guest.outcome("GET /api/catalog/products/nobody000000/reviews")).toBe(
			"404 NOT_FOUND"
		);
		const body = REVIEW;
		const route = "POST /api/catalog/products/nobody000000/reviews";
		expect(await fan.outcome(route, { body })).toBe("404 NOT_FOUND");
	});
});
