import { CheckedClient } from "../helpers/client-checked";
import { ID } from "../helpers/client-conventions";
import { OpenApi, type Operation } from "../helpers/client-openapi";
import type { Product } from "../helpers/client";
import { target, type Target } from "../helpers/target";

let shop: Target;
let api: OpenApi;
let guest: CheckedClient;
let buyer: CheckedClient;
let seller: CheckedClient;
let product: Product;

beforeAll(async () => {
	shop = await target();
	api = await OpenApi.of(shop.baseUrl);
	guest = new CheckedClient(shop.baseUrl);
	buyer = await new CheckedClient(shop.baseUrl).signUp();
	seller = await new CheckedClient(shop.baseUrl).signUp("seller");
	product = await seller.product(3);
});
afterAll(() => shop?.discard());

const KEY = { "Idempotency-Key": "some-key" };
/** An address of an operation, with something in each of its places that fits. */
const pathOf = (route: string) =>
	route
		.split(" ")[1]!
		.replace("{sku}", product.variants[0]!.sku)
		.replace(/\{\w+\}/g, product.id);
const routeOf = (route: string) => `${route.split(" ")[0]} /api${pathOf(route)}`;
const takes = ({ requestBody }: Operation, type: string) =>
	requestBody?.content?.[type] !== undefined;
const refusedKeys = async (route: string, asked: object) => {
	const { status, body } = await seller.ask(route, asked);
	return [status, body.code, (body.errors ?? []).map(({ path }: { path: string }) => path)];
};

describe("a key that the contract doesn't name", () => {
	it("is refused in the query of every call", async () => {
		for (const [route, operation] of api.operations) {
			if (takes(operation, "multipart/form-data")) continue;
			expect([
				route,
				...(await refusedKeys(`${routeOf(route)}?isAdmin=true`, { headers: KEY }))
			]).toEqual([route, 422, "VALIDATION_FAILED", ["isAdmin"]]);
		}
	});

	it("is refused in the body of every call that takes one", async () => {
		for (const [route, operation] of api.operations) {
			if (route.startsWith("GET ") || takes(operation, "multipart/form-data")) continue;
			const asked = { body: { isAdmin: true }, headers: KEY };
			expect([route, ...(await refusedKeys(routeOf(route), asked))]).toEqual([
				route,
				422,
				"VALIDATION_FAILED",
				["isAdmin"]
			]);
		}
	});

	it.each([
		[
			"POST /api/orders",
			{ items: [{ sku: "some-sku", quantity: 1, price: 1 }], shippingAddress: {} },
			"items.0.price"
		],
		[
			"POST /api/orders",
			{ items: [{ sku: "some-sku", quantity: 1 }], shippingAddress: { geo: { lat: 1 } } },
			"shippingAddress.geo"
		],
		[
			"POST /api/catalog/products",
			{ title: "A", category: "a", variants: [{ price: 1, stock: 1, held: 0 }] },
			"variants.0.held"
		],
		["POST /api/auth/addresses", { name: "A", id: "someid001" }, "id"]
	])("is refused at any depth: %s", async (route, body, path) => {
		const [status, code, paths] = await refusedKeys(route, { body, headers: KEY });
		expect([status, code]).toEqual([422, "VALIDATION_FAILED"]);
		expect(paths).toContain(path);
	});

	it("is refused where a key has its right place elsewhere", async () => {
		const { sku } = product.variants[0]!;
		const body = { sku, quantity: 1 };
		expect(await guest.outcome(`PUT /api/cart/items/${sku}`, { body })).toBe(
			"422 VALIDATION_FAILED"
		);
		expect(await guest.outcome(`GET /api/catalog/products?q=a&q=b`)).toBe("422 VALIDATION_FAILED");
		expect(await guest.outcome(`GET /api/catalog/products?maxPrice[$gt]=0`)).toBe(
			"422 VALIDATION_FAILED"
		);
	});

	it("is refused even where JSON would hide it", async () => {
		for (const body of [
			'{"email":"a@b.example","email":"c@d.example","password":"12345678"}',
			'{"email":"a@b.example","password":"12345678","__proto__":{"role":"admin"}}'
		])
			expect(await guest.outcome("POST /api/auth/login", { body })).toBe("422 VALIDATION_FAILED");
	});
});

describe("what can't be read or is too much", () => {
	const login = (body: string | Buffer, headers = {}) =>
		guest.outcome("POST /api/auth/login", { body, headers });

	it.each([["{"], ["nothing"], ['{"email":'], [Buffer.from([0x22, 0xff, 0x22])]])(
		"is 400 when it doesn't parse",
		async body => expect(await login(body)).toBe("400 BAD_REQUEST")
	);
	it.each(["[]", "1", "null", '"text"'])("is 422 when it isn't an object: %s", async body =>
		expect(await login(body)).toBe("422 VALIDATION_FAILED")
	);
	it("is 400 when the address doesn't decode", async () =>
		expect(await guest.outcome("GET /api/catalog/products?q=%E0%A4")).toBe("400 BAD_REQUEST"));
	it("is 413 past the size of a request", async () =>
		expect(await login(`{"email":"${"a".repeat(70_000)}"}`)).toBe("413 PAYLOAD_TOO_LARGE"));
	it.each(["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"])(
		"is 415 as %s",
		async type =>
			expect(await login("{}", { "Content-Type": type })).toBe("415 UNSUPPORTED_MEDIA_TYPE")
	);
	it("is 422 where a string is longer than it may be", async () => {
		const body = { email: "a@b.example", password: "a".repeat(300) };
		const { status, body: problem } = await guest.ask("POST /api/auth/login", { body });
		expect([status, problem.errors[0].path]).toEqual([422, "password"]);
	});
});

describe("ids and SKUs", () => {
	it.each(["A2345678", "short", "a".repeat(41), "has.a.dot1", "has%20space", "%24where12"])(
		"are refused when they don't look like any: %s",
		async id => {
			expect(await buyer.outcome(`GET /api/orders/${id}`)).toBe("422 VALIDATION_FAILED");
			expect(await guest.outcome(`GET /api/catalog/products/${id}/reviews`)).toBe(
				"422 VALIDATION_FAILED"
			);
		}
	);
	it.each(["UPPER", "a", "a".repeat(41), "has.dot", "-first", "$gt"])(
		"are refused when they don't look like any: %s",
		async sku => {
			const body = { quantity: 1 };
			expect(await guest.outcome(`PUT /api/cart/items/${encodeURI(sku)}`, { body })).toBe(
				"422 VALIDATION_FAILED"
			);
			expect(await guest.outcome(`GET /api/catalog/stock?skus=${encodeURI(sku)}`)).toBe(
				"422 VALIDATION_FAILED"
			);
		}
	);
	it("are 404 when nobody has them", async () => {
		expect(await buyer.outcome("GET /api/orders/nobody000000")).toBe("404 NOT_FOUND");
		expect(await guest.outcome("GET /api/catalog/products/nobody000000")).toBe("404 NOT_FOUND");
	});
	it("match what is promised", () => expect(product.id).toMatch(ID));
});

const LISTS = [
	"/api/catalog/products",
	"/api/catalog/products/:id/reviews",
	"/api/orders",
	"/api/seller/orders",
	"/api/seller/products",
	"/api/seller/stock/:sku/movements",
	"/api/seller/alerts",
	"/api/auth/addresses",
	"/api/notifications"
];

describe.each(LISTS)("the list %s", path => {
	const list = (query = "") => {
		const at = path.replace(":id", product.id).replace(":sku", product.variants[0]!.sku);
		return seller.ask(`GET ${at}${query}`);
	};

	it("is items, page, pageSize and total, 24 a page at first", async () => {
		const { status, body } = await list();
		expect([status, body.page, body.pageSize]).toEqual([200, 1, 24]);
		expect([Array.isArray(body.items), Number.isInteger(body.total)]).toEqual([true, true]);
		expect(body.items.length).toBe(Math.min(24, body.total));
	});
	it("says the page that was asked for, also past its end", async () => {
		const { body } = await list("?page=9999&pageSize=100");
		expect(body).toMatchObject({ items: [], page: 9999, pageSize: 100 });
		expect(body.total).toBe((await list()).body.total);
	});
	it.each(["pageSize=101", "pageSize=0", "page=0", "page=-1", "page=1.5", "page=1e3", "page=x"])(
		"refuses %s",
		async query => {
			const { status, body } = await list(`?${query}`);
			expect([status, body.errors[0].path]).toEqual([422, query.split("=")[0]]);
		}
	);
	it("refuses a page size of a billion", async () =>
		expect((await list("?pageSize=1000000000")).status).toBe(422));
});

describe("the headers of an answer", () => {
	it("confirm a state by its ETag, with 304 and nothing else", async () => {
		for (const route of [
			"GET /api/catalog/products",
			`GET /api/catalog/products/${product.id}`,
			"GET /api/catalog/categories",
			`GET /api/catalog/stock?skus=${product.variants[0]!.sku}`,
			"GET /api/auth/me",
			"GET /api/orders",
			"GET /api/cart",
			"GET /api/openapi.json"
		]) {
			const { headers } = await seller.ask(route);
			const again = await seller.ask(route, {
				headers: { "If-None-Match": headers.etag as string }
			});
			expect([route, again.status, again.text]).toEqual([route, 304, ""]);
			expect(again.headers.etag).toBe(headers.etag);
			const weak = { "If-None-Match": `"other", W/${headers.etag as string}` };
			expect((await seller.ask(route, { headers: weak })).status).toBe(304);
			const other = { "If-None-Match": '"other"' };
			expect((await seller.ask(route, { headers: other })).status).toBe(200);
		}
	});

	it("keep an ETag as long as nothing changes, and change it when something does", async () => {
		const route = `GET /api/catalog/products/${product.id}`;
		const [first, second] = [await guest.ask(route), await guest.ask(route)];
		expect(second.headers.etag).toBe(first.headers.etag);
		const { version } = await seller.must<Product>(`PATCH /api/catalog/products/${product.id}`, {
			body: { version: product.version, title: "A thing by another name" }
		});
		const third = await guest.ask(route);
		expect(third.body).toMatchObject({ version, title: "A thing by another name" });
		expect(third.headers.etag).not.toBe(first.headers.etag);
	});

	it("let a CDN keep what is public, and nobody what is somebody's", async () => {
		for (const path of ["products", `products/${product.id}`, "categories"])
			expect((await guest.ask(`GET /api/catalog/${path}`)).headers["cache-control"]).toMatch(
				/public.*s-maxage=\d+/
			);
		for (const path of ["auth/me", "orders", "cart", "notifications", "seller/products"])
			expect((await seller.ask(`GET /api/${path}`)).headers["cache-control"]).toMatch(/no-store/);
	});

	it("take a decent X-Request-Id over, and make one in place of others", async () => {
		const idOf = async (given?: string) =>
			(
				await guest.ask("GET /api/cart", {
					headers: given === undefined ? {} : { "X-Request-Id": given }
				})
			).headers["x-request-id"];
		expect(await idOf("0af7651916cd43dd8448eb211c80319c")).toBe("0af7651916cd43dd8448eb211c80319c");
		for (const odd of ["short", "has spaces in it", "a".repeat(200), "<script>alert(1)</script>"])
			expect(await idOf(odd)).not.toBe(odd);
		expect(await idOf()).not.toBe(await idOf());
	});

	it("are a HEAD's as well", async () => {
		const route = `/api/catalog/products/${product.id}`;
		const [get, head] = [await guest.ask(`GET ${route}`), await guest.ask(`HEAD ${route}`)];
		expect([head.status, head.text]).toEqual([200, ""]);
		expect(head.headers.etag).toBe(get.headers.etag);
		expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
	});
});

describe("who asks", () => {
	const signedIn = (): [string, Operation][] =>
		api.operations.filter(([, { security }]) => security.length > 0);

	it("is asked wherever somebody must be signed in, before anything else", async () => {
		expect(signedIn().length).toBeGreaterThan(30);
		for (const [route] of signedIn()) {
			expect([route, await guest.outcome(routeOf(route))]).toEqual([route, "401 UNAUTHORIZED"]);
			const token = "not.a.token";
			expect([route, await guest.outcome(routeOf(route), { token })]).toEqual([
				route,
				"401 UNAUTHORIZED"
			]);
		}
	});

	it("is 403 with the wrong role, on every call of a seller's", async () => {
		const sellers = api.operations.filter(
			([route]) =>
				/ \/seller\//.test(route) || /^(POST|PATCH|DELETE) \/catalog\/(?!.*review)/.test(route)
		);
		expect(sellers.length).toBeGreaterThan(14);
		for (const [route] of sellers)
			expect([route, await buyer.outcome(routeOf(route))]).toEqual([route, "403 FORBIDDEN"]);
	});

	it("is 403 from the page of a site that isn't listed", async () => {
		const headers = { Origin: "https://evil.example" };
		const login = { body: { email: "a@b.example", password: "12345678" }, headers };
		expect(await guest.outcome("POST /api/auth/login", login)).toBe("403 ORIGIN_NOT_ALLOWED");
		const read = await guest.ask("GET /api/catalog/categories", { headers });
		expect(read.headers["access-control-allow-origin"]).toBeUndefined();
	});

	it.each(["/api/", "/api/nothing", "/api/order/place", "/api/inventory/adjust"])(
		"finds nothing at %s",
		async path => expect(await seller.outcome(`GET ${path}`)).toBe("404 NOT_FOUND")
	);
});
