import { Validator } from "@seriousme/openapi-schema-validator";
import { OpenApi } from "../helpers/client-openapi";
import { CODES } from "../helpers/client-conventions";
import { ask } from "../helpers/http";
import { target, type Target } from "../helpers/target";

/** Every call of API.md below /api but those of coupons, returns, bulk edit and CSV. */
const CALLS = `
POST /auth/register
POST /auth/login
POST /auth/refresh
POST /auth/logout
POST /auth/logout-all
GET /auth/me
PATCH /auth/me
POST /auth/password
POST /auth/password/forgot
POST /auth/password/reset
POST /auth/verify
GET /auth/addresses
POST /auth/addresses
PATCH /auth/addresses/{id}
DELETE /auth/addresses/{id}
GET /catalog/products ?q&category&seller&minPrice&maxPrice&inStock&sort&page&pageSize
GET /catalog/products/{idOrSlug}
GET /catalog/categories
GET /catalog/stock ?skus
GET /catalog/products/{id}/reviews
POST /catalog/products/{id}/reviews
POST /catalog/products
PATCH /catalog/products/{id}
DELETE /catalog/products/{id}
POST /catalog/products/{id}/images
DELETE /catalog/products/{id}/images/{imageId}
GET /cart
PUT /cart/items/{sku}
DELETE /cart
POST /orders
POST /orders/{id}/pay
POST /orders/{id}/cancel
GET /orders ?status&page&pageSize
GET /orders/{id}
GET /seller/orders ?status&page&pageSize
GET /seller/orders/{id}
POST /seller/orders/{id}/ship
POST /seller/orders/{id}/deliver
POST /payments/{id}/confirm
GET /seller/products ?q&status&lowStock&sort
POST /seller/stock/{sku}/adjust
PUT /seller/stock/{sku}/threshold
GET /seller/stock/{sku}/movements
GET /seller/alerts
GET /seller/dashboard ?from&to&interval
GET /notifications ?unread
POST /notifications/read`
	.trim()
	.split("\n")
	.map(line => line.split(" ") as [string, string, string?]);

let shop: Target;
let api: OpenApi;
beforeAll(async () => {
	shop = await target();
	api = await OpenApi.of(shop.baseUrl);
});
afterAll(() => shop?.discard());

it("is valid OpenAPI 3.1", async () => {
	const { headers, body } = await ask(shop.baseUrl, "GET /api/openapi.json");
	expect(headers["content-type"]).toMatch(/^application\/json/);
	expect(body.openapi).toMatch(/^3\.1\./);
	const { valid, errors } = await new Validator().validate(body);
	expect([valid, errors]).toEqual([true, undefined]);
});

it.each(CALLS)("describes %s %s", (method, path, query = "") => {
	const operation = api.document.paths[path]?.[method.toLowerCase()];
	const named = operation?.parameters.filter(({ in: place }) => place === "query") ?? [];
	expect(operation?.operationId).toMatch(/^\w+\.\w+$/);
	expect(named.map(({ name }) => name)).toEqual(
		expect.arrayContaining(query.slice(1).split("&").filter(Boolean))
	);
});

it("asks for an Idempotency-Key where an order is placed", () => {
	expect(api.operationAt("POST /api/orders")!.parameters).toContainEqual(
		expect.objectContaining({ name: "Idempotency-Key", in: "header", required: true })
	);
});

it("names every operation once, and refuses with the contract's codes only", () => {
	const names = api.operations.map(([, { operationId }]) => operationId);
	expect(new Set(names).size).toBe(names.length);
	for (const [route, { responses }] of api.operations)
		for (const [status, { description }] of Object.entries(responses))
			if (Number(status) >= 400)
				for (const code of description.split(", "))
					expect([route, status, CODES[Number(status)] ?? []]).toEqual([
						route,
						status,
						expect.arrayContaining([code])
					]);
});

it("has a page for people", async () => {
	const { status, headers, text } = await ask(shop.baseUrl, "GET /api/docs");
	expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
	for (const [, path] of CALLS) expect(text).toContain(`/api${path}`);
});
