import GatewayService from "../../services/gateway/gateway.service";
import { fail } from "../../services/errors";
import { accessToken } from "../../services/session";
import type { Broker } from "../../services/typed";
import { cluster } from "../helpers/cluster";
import { ask, type Asked } from "../helpers/http";
import { standIn } from "../helpers/stand-ins";

const at = "2026-01-01T00:00:00.000Z";
const user = {
	id: "buyer00000001",
	email: "a@example.com",
	name: "A",
	role: "buyer",
	emailVerified: true,
	createdAt: at
};
const session = { user, accessToken: "x", expiresIn: 900, refreshToken: "refresh-1" };
const address = { name: "A", line1: "B", city: "C", postalCode: "D", country: "DE" };
const order = {
	id: "order00000001",
	number: "1",
	status: "reserved",
	currency: "EUR",
	items: [],
	subtotal: 0,
	discount: 0,
	shipping: 0,
	tax: 0,
	total: 0,
	shippingAddress: address,
	shippingMethod: "standard",
	parcels: [],
	timeline: [],
	refunds: [],
	returns: [],
	version: 2,
	createdAt: at
};
const cart = { items: [], discounts: [], subtotal: 0, total: 0, currency: "EUR", version: 0 };

let seen: { params: unknown; meta: unknown; requestID: unknown } | null = null;
let calls = 0;
const see = (ctx: { params: unknown; meta: unknown; requestID: unknown }) => {
	seen = { params: ctx.params, meta: { ...(ctx.meta as object) }, requestID: ctx.requestID };
};
const broken = () => {
	throw new Error("password of the database is 1234 at /srv/secret.ts");
};
const Auth = standIn("auth", {
	login: ctx => (see(ctx), { ...session, guestToken: null }),
	refresh: ctx => (see(ctx), session),
	me: ctx => (see(ctx), user),
	logout: () => null,
	forgotPassword: () => ({}),
	revocations: () => ({ now: Date.now(), sids: [] })
});
const Cart = standIn("cart", {
	get: ctx => (see(ctx), cart),
	put: ctx => (see(ctx), { ...cart, guestToken: "guest-1" })
});
const Order = standIn("order", {
	place: ctx => {
		see(ctx);
		return calls++ === 0 ? order : { ...order, replayed: true };
	},
	pay: ctx => {
		ctx.meta.$status = 202;
		return order;
	},
	get: () => order,
	list: broken,
	cancel: () => fail("IDEMPOTENCY_IN_PROGRESS"),
	incoming: () => ({ secret: true })
});
const Catalog = standIn("catalog", {
	update: () =>
		fail("VERSION_CONFLICT", { current: 7, nodeID: "node-1", action: "catalog.update" }),
	archive: ctx => (see(ctx), null),
	addImage: ctx => {
		see(ctx);
		return { id: "image0000001", url: "/media/a.webp", alt: "", width: 1, height: 1 };
	},
	stock: ctx => (see(ctx), { items: [] }),
	review: () => fail("TOO_MANY_REQUESTS", { retryAfter: 17 })
});

const { broker, urlOf } = cluster([GatewayService], [Auth, Cart, Order, Catalog]);
const buyer = accessToken({ id: user.id, role: "buyer", sid: "sid-buyer" });
const seller = accessToken({ id: "seller0000001", role: "seller", sid: "sid-seller" });
const http = (route: string, asked?: Asked) => ask(urlOf("gateway"), route, asked);
const placed = { items: [{ sku: "mug-one", quantity: 1 }], shippingAddress: address };

beforeEach(() => {
	seen = null;
});

describe("sessions", () => {
	it("tells the service who asks and from where, and nothing else", async () => {
		const { status, body } = await http("GET /api/auth/me", {
			token: buyer,
			headers: { "X-Request-Id": "my-request-1", "X-Forwarded-For": "6.6.6.6" }
		});
		expect([status, body]).toEqual([200, user]);
		expect(seen).toEqual({
			params: {},
			meta: { user: { id: user.id, role: "buyer", sid: "sid-buyer" }, ip: "127.0.0.1" },
			requestID: "my-request-1"
		});
	});

	it.each([
		["a forged token", "Bearer forged.token.x"],
		["another scheme", "Basic YTpi"],
		["no token", "Bearer"],
		["two tokens", "Bearer a b"]
	])("refuses %s, on public routes too", async (_what, Authorization) => {
		for (const route of ["GET /api/auth/me", "GET /api/cart", "GET /api/catalog/stock?skus=aa"]) {
			const reply = await http(route, { headers: { Authorization } });
			expect(reply).toMatchObject({ status: 401, body: { code: "UNAUTHORIZED" } });
			expect(reply.headers["www-authenticate"]).toBe("Bearer");
		}
	});

	it("ignores a bad token where one signs in or renews it", async () => {
		const headers = { Authorization: "Bearer forged" };
		expect(
			await http("POST /api/auth/login", { headers, body: { email: "a", password: "b" } })
		).toMatchObject({ status: 200 });
		expect(await http("POST /api/auth/refresh", { headers })).toMatchObject({ status: 200 });
	});

	it("refuses a session that has ended, at once", async () => {
		const token = accessToken({ id: user.id, role: "buyer", sid: "sid-gone" });
		expect(await http("GET /api/auth/me", { token })).toMatchObject({ status: 200 });
		await broker.emit("session.revoked", { sids: ["sid-gone"] });
		await new Promise(resolve => setTimeout(resolve, 50));
		expect(await http("GET /api/auth/me", { token })).toMatchObject({ status: 401 });
		expect(await http("GET /api/auth/me", { token: buyer })).toMatchObject({ status: 200 });
	});
});

describe("cookies", () => {
	it("carries tokens in and out, never in a body", async () => {
		const login = await http("POST /api/auth/login", {
			body: { email: "a", password: "b" },
			headers: { Cookie: "x=1; guest_cart=guest-0; refresh_token=old" }
		});
		expect(login.headers["set-cookie"]).toEqual([
			"refresh_token=refresh-1; Path=/api/auth; Max-Age=2592000; HttpOnly; SameSite=Strict",
			"guest_cart=; Path=/api; Max-Age=0; HttpOnly; SameSite=Lax"
		]);
		expect(login.body).toEqual({ user, accessToken: "x", expiresIn: 900 });
		expect(seen).toMatchObject({ params: { guestToken: "guest-0" } });

		await http("POST /api/auth/refresh", { headers: { Cookie: "refresh_token=refresh-1" } });
		expect(seen).toMatchObject({ params: { refreshToken: "refresh-1" } });
		const put = await http("PUT /api/cart/items/mug-one", { body: { quantity: 2 } });
		expect(put.headers["set-cookie"]).toHaveLength(1);
		expect(put.body).toEqual(cart);
	});

	it("takes the refresh token away at logout", async () => {
		const { status, headers, text } = await http("POST /api/auth/logout", { token: buyer });
		expect([status, text]).toEqual([204, ""]);
		expect(headers["set-cookie"]![0]).toMatch(/^refresh_token=; .*Max-Age=0/);
	});

	it("takes no cookie's value from anywhere else, and forgets what can't be ours", async () => {
		expect(
			await http("POST /api/auth/refresh", { body: { refreshToken: "refresh-1" } })
		).toMatchObject({ status: 422, body: { errors: [{ path: "refreshToken" }] } });
		await http("GET /api/cart", { headers: { Cookie: `guest_cart=${"x".repeat(500)}` } });
		expect(seen).toMatchObject({ params: {} });
	});
});

describe("answers", () => {
	it("answers 201 with a Location, and a replay with the same bytes", async () => {
		const asked = { token: buyer, body: placed, headers: { "Idempotency-Key": "key-1" } };
		const first = await http("POST /api/orders", asked);
		expect(first).toMatchObject({
			status: 201,
			headers: { location: "/api/orders/order00000001" }
		});
		expect(first.headers["idempotency-replayed"]).toBeUndefined();
		const again = await http("POST /api/orders", asked);
		expect(again).toMatchObject({ status: 201, headers: { "idempotency-replayed": "true" } });
		expect(again.text).toBe(first.text);
		expect(seen).toMatchObject({ params: { idempotencyKey: "key-1" } });
	});

	it("answers with the status that the service says", async () => {
		expect(
			await http("POST /api/orders/order00000001/pay", {
				token: buyer,
				body: { paymentToken: "tok_slow" }
			})
		).toMatchObject({ status: 202, body: { id: order.id } });
		expect(
			await http("POST /api/auth/password/forgot", { body: { email: "a@example.com" } })
		).toMatchObject({ status: 202 });
	});

	it("keeps private answers out of every cache, with an ETag to ask by", async () => {
		const first = await http("GET /api/orders/order00000001", { token: buyer });
		expect(first.headers["cache-control"]).toBe("private, no-store");
		const etag = first.headers.etag as string;
		for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, "*"])
			expect(
				await http("GET /api/orders/order00000001", {
					token: buyer,
					headers: { "If-None-Match": tag }
				})
			).toMatchObject({ status: 304, text: "" });
		expect((await http("GET /api/cart")).headers["cache-control"]).toBe("private, no-store");
		expect((await http("GET /api/catalog/stock?skus=aa")).headers["cache-control"]).toMatch(
			/^public/
		);
	});

	it("answers HEAD like GET, without a body", async () => {
		const get = await http("GET /api/orders/order00000001", { token: buyer });
		const head = await http("HEAD /api/orders/order00000001", { token: buyer });
		expect(head).toMatchObject({ status: 200, text: "" });
		expect(head.headers.etag).toBe(get.headers.etag);
		expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
	});

	it("has a request id on everything, its own if the sender's is odd", async () => {
		for (const [route, status] of [
			["GET /api/auth/me", 401],
			["GET /api/nothing", 404],
			["GET /health/live", 200],
			["GET /assets/none.js", 404],
			["POST /", 405]
		] as const) {
			const given = await http(route, { headers: { "X-Request-Id": "abc.DEF_123-x" } });
			expect([route, given.status, given.headers["x-request-id"]]).toEqual([
				route,
				status,
				"abc.DEF_123-x"
			]);
			for (const odd of ["short", "x".repeat(65), "spaces are odd", "<script>alert(1)</script>"])
				expect(
					(await http(route, { headers: { "X-Request-Id": odd } })).headers["x-request-id"]
				).toMatch(/^[A-Za-z0-9._-]{8,64}$/);
		}
	});
});

describe("problems", () => {
	it("hides what broke", async () => {
		const { status, headers, body } = await http("GET /api/orders", { token: buyer });
		expect(status).toBe(500);
		expect(headers["content-type"]).toBe("application/problem+json");
		expect(headers["cache-control"]).toBe("no-store");
		expect(body).toEqual({
			type: "/problems/INTERNAL_ERROR",
			title: "Something went wrong on our side",
			status: 500,
			code: "INTERNAL_ERROR",
			detail: "Something went wrong on our side.",
			requestId: headers["x-request-id"]
		});
	});

	it("notices an answer that breaks the contract", async () => {
		expect(await http("GET /api/seller/orders", { token: seller })).toMatchObject({ status: 500 });
	});

	it("asks to come back when a service is away", async () => {
		const { status, headers, body } = await http("GET /api/notifications", { token: buyer });
		expect([status, body.code, headers["retry-after"]]).toEqual([503, "SERVICE_UNAVAILABLE", "2"]);
	});

	it("says when to come back, and what it is now", async () => {
		const conflict = await http("PATCH /api/catalog/products/product0001", {
			token: seller,
			body: { version: 1 }
		});
		expect(conflict).toMatchObject({ status: 409, body: { code: "VERSION_CONFLICT", current: 7 } });
		expect(conflict.text).not.toMatch(/node-1|catalog\.update/);
		const body = { rating: 5, title: "A", body: "" };
		expect(
			await http("POST /api/catalog/products/product0001/reviews", { token: buyer, body })
		).toMatchObject({ status: 429, headers: { "retry-after": "17" } });
		expect(
			await http("POST /api/orders/order00000001/cancel", { token: buyer, body: {} })
		).toMatchObject({
			status: 409,
			headers: { "retry-after": "2" },
			body: { code: "IDEMPOTENCY_IN_PROGRESS" }
		});
	});

	it("says which methods an address takes", async () => {
		const reply = await http("POST /api/cart", { body: {} });
		expect(reply).toMatchObject({ status: 405, body: { code: "METHOD_NOT_ALLOWED" } });
		expect(reply.headers.allow).toBe("GET, DELETE, HEAD");
		expect(await http("PATCH /somewhere")).toMatchObject({ status: 405 });
	});

	it("wants the key of an order before anything but the account", async () => {
		expect(await http("POST /api/orders", { body: "{" })).toMatchObject({ status: 401 });
		for (const headers of [undefined, { "Idempotency-Key": "" }])
			expect(
				await http("POST /api/orders", { token: buyer, body: "{", ...(headers && { headers }) })
			).toMatchObject({
				status: 400,
				body: { code: "IDEMPOTENCY_KEY_REQUIRED" }
			});
	});
});

describe("uploads", () => {
	const png = Buffer.from("89504e470d0a1a0a", "hex");
	function form(parts: [name: string, value: string | Buffer, filename?: string][]) {
		const boundary = "----b0undary";
		const body = Buffer.concat([
			...parts.flatMap(([name, value, filename]) => [
				Buffer.from(
					`--${boundary}\r\nContent-Disposition: form-data; name="${name}"` +
						(filename ? `; filename="${filename}"\r\nContent-Type: image/png` : "") +
						"\r\n\r\n"
				),
				Buffer.from(value),
				Buffer.from("\r\n")
			]),
			Buffer.from(`--${boundary}--\r\n`)
		]);
		const headers = { "Content-Type": `multipart/form-data; boundary=${boundary}` };
		return http("POST /api/catalog/products/product0001/images", { token: seller, body, headers });
	}

	it("takes one file and the fields beside it", async () => {
		const reply = await form([
			["alt", "A mug"],
			["file", png, "../../etc/passwd"]
		]);
		expect(reply.status).toBe(201);
		expect(seen).toMatchObject({
			params: { id: "product0001", file: png.toString("base64"), alt: "A mug" }
		});
		expect(Object.keys((seen as unknown as { params: object }).params).sort()).toEqual([
			"alt",
			"file",
			"id"
		]);
	});

	it.each<[string, [string, string | Buffer, string?][], number]>([
		["no file", [["alt", "x"]], 422],
		["a field in its place", [["file", "x"]], 422],
		[
			"two files",
			[
				["file", png, "a.png"],
				["file", png, "b.png"]
			],
			422
		],
		["a file elsewhere", [["picture", png, "a.png"]], 422],
		[
			"an unknown field",
			[
				["file", png, "a.png"],
				["admin", "1"]
			],
			422
		],
		[
			"__proto__",
			[
				["file", png, "a.png"],
				["__proto__", "1"]
			],
			422
		],
		["a file too large", [["file", Buffer.alloc(5_000_001), "a.png"]], 413],
		["a form much too large", [["file", Buffer.alloc(6_000_000), "a.png"]], 413]
	])("refuses %s", async (_what, parts, status) => {
		expect((await form(parts)).status).toBe(status);
		expect(seen).toBeNull();
	});

	it("refuses what is no form, and a broken one", async () => {
		const route = "POST /api/catalog/products/product0001/images";
		expect(await http(route, { token: seller, body: {} })).toMatchObject({ status: 415 });
		for (const type of ["multipart/form-data", "multipart/form-data; boundary=x"])
			expect([400, 415]).toContain(
				(await http(route, { token: seller, body: "x", headers: { "Content-Type": type } })).status
			);
		expect(await http(route, { body: "x" })).toMatchObject({ status: 401 });
	});
});

describe("inside", () => {
	it("lets our own services in, yet never without the user that the table asks for", async () => {
		const own = broker as Broker;
		await expect(own.call("auth.revocations", { since: 0 })).resolves.toMatchObject({ sids: [] });
		await expect(own.call("order.get", { id: order.id })).rejects.toMatchObject({
			type: "UNAUTHORIZED"
		});
		await expect(own.call("order.get", { id: order.id, x: 1 } as never)).rejects.toBeDefined();
	});

	it("notices an event that breaks the contract", async () => {
		await expect(
			(async () => broker.emit("stock.changed", { sku: "MUG" } as never))()
		).rejects.toThrow("stock.changed breaks the contract");
	});
});

it("takes a DELETE's own field in its query or its body", async () => {
	for (const [query, body] of [
		["?version=3", undefined],
		["", { version: 3 }]
	] as const) {
		expect(
			await http(`DELETE /api/catalog/products/product0001${query}`, { token: seller, body })
		).toMatchObject({ status: 204 });
		expect(seen).toMatchObject({ params: { id: "product0001", version: 3 } });
	}
	expect(
		await http("DELETE /api/catalog/products/product0001", { token: seller, body: { x: 1 } })
	).toMatchObject({ status: 422 });
});
