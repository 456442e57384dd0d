import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import GatewayService from "../../services/gateway/gateway.service";
import { accessToken } from "../../services/session";
import type { Schema } from "../../services/typed";
import { cluster } from "../helpers/cluster";
import { ask, type Asked, type Reply } from "../helpers/http";
import { SERVICE_NAMES, standIn } from "../helpers/stand-ins";

const { urlOf } = cluster(
	[GatewayService],
	SERVICE_NAMES.map(name =>
		standIn(name, name === "catalog" ? { version: () => ({ version: "1" }) } : {})
	)
);
const http = (route: string, asked?: Asked) => ask(urlOf("gateway"), route, asked);
const buyer = accessToken({ id: "buyer00000001", role: "buyer", sid: "s1" });
const seller = accessToken({ id: "seller0000001", role: "seller", sid: "s2" });

/** What every refusal of an attack has in common. */
function expectProblem(reply: Reply, statuses: number[], path?: string) {
	expect(statuses).toContain(reply.status);
	expect(reply.headers["content-type"]).toBe("application/problem+json");
	expect(reply.body).toMatchObject({
		type: `/problems/${reply.body.code}`,
		status: reply.status,
		code: expect.stringMatching(/^[A-Z_]+$/),
		title: expect.any(String),
		detail: expect.any(String),
		requestId: reply.headers["x-request-id"]
	});
	if (path !== undefined)
		expect(reply.body.errors.map((error: { path: string }) => error.path)).toContain(path);
	expect(reply.text).not.toMatch(/\bat \w+ \(|node_modules|node-\d|zod|moleculer|\.ts\b/i);
}

const address = { name: "A", line1: "B", city: "C", postalCode: "D", country: "DE" };
const line = { sku: "mug-one", quantity: 1 };
const place = (body: unknown) =>
	http("POST /api/orders", { token: buyer, body, headers: { "Idempotency-Key": "k" } });
const order = (change: object) => ({ items: [line], shippingAddress: address, ...change });
const product = (change: object) => ({
	title: "A",
	description: "",
	category: "kitchen",
	variants: [{ price: 100, stock: 1 }],
	...change
});

describe("injection", () => {
	it.each<[string, unknown, string]>([
		["an operator", { email: { $ne: null }, password: "x" }, "email"],
		["an operator beside", { email: "a", password: "x", $where: "1" }, "$where"],
		["a dotted key", { email: "a", password: "x", "user.role": "admin" }, "user.role"],
		["__proto__", '{"email":"a","password":"x","__proto__":{"admin":true}}', "__proto__"],
		["__proto__ in disguise", '{"email":"a","password":"x","__pro\\u0074o__":1}', "__proto__"],
		["constructor", '{"email":"a","password":"x","constructor":{}}', "constructor"],
		["a key twice", '{"email":"a","email":"b","password":"x"}', "email"],
		["a key twice in disguise", '{"email":"a","e\\u006dail":"b","password":"x"}', "email"],
		["an array", "[]", ""],
		["a string", '"x"', ""],
		["a number", "1", ""],
		["null", "null", ""]
	])("refuses %s in a body", async (_what, body, path) => {
		expectProblem(await http("POST /api/auth/login", { body }), [422], path);
	});

	it("refuses __proto__ and doubles at any depth", async () => {
		const json = JSON.stringify(order({}));
		expectProblem(
			await place(json.replace('"name"', '"__proto__":{},"name"')),
			[422],
			"shippingAddress.__proto__"
		);
		expectProblem(
			await place(json.replace('"sku"', '"quantity":9,"sku"')),
			[422],
			"items.0.quantity"
		);
		const options = '{"options":{"__proto__":"x"},"price":1,"stock":1}';
		expectProblem(
			await http("POST /api/catalog/products", {
				token: seller,
				body: JSON.stringify(product({ variants: [0] })).replace("[0]", `[${options}]`)
			}),
			[422],
			"variants.0.options.__proto__"
		);
	});

	it.each([
		"?price[$gt]=0",
		"?q[$ne]=1",
		"?q[]=1",
		"?query={}",
		"?fields=password",
		"?sort=-password",
		"?sort[]=price",
		"?__proto__=1",
		"?__proto__[admin]=1",
		"?constructor=1",
		"?page=1&page=2",
		"?page=one",
		"?page=1e3",
		"?page=1.5",
		"?page=-1",
		"?page=0",
		"?page=0x10",
		"?page=%201",
		"?page=",
		"?pageSize=1000000000",
		"?pageSize=101",
		"?minPrice=9007199254740993",
		"?minPrice=1e308",
		"?inStock=1",
		"?inStock=yes",
		"?seller=../x",
		`?q=${"x".repeat(101)}`,
		"?=1"
	])("refuses the query %s", async query => {
		expectProblem(await http(`GET /api/catalog/products${query}`), [422]);
	});

	it.each([
		["GET /api/orders/%E0%A4%A", 400],
		["GET /api/catalog/products?q=%E0%A4%A", 400],
		["GET /api/catalog/products?q=%zz", 400],
		[`GET /api/orders/${"x".repeat(10_000)}`, 422],
		["GET /api/orders/..%2f..%2fetc", 422],
		["GET /api/orders/a%00b", 422],
		["GET /api/orders/[object Object]".replace(" O", "%20O"), 422],
		["GET /api/orders/order.00000001", 422],
		["GET /api/orders/ORDER00000001", 422],
		["PUT /api/cart/items/$ne", 422]
	])("refuses %s", async (route, status) => {
		const body = route.startsWith("PUT") ? { quantity: 1 } : undefined;
		expectProblem(await http(route, { token: buyer, body }), [status]);
	});

	it("takes each param from its own place only", async () => {
		expectProblem(
			await http("GET /api/orders/order00000001?id=order00000002", { token: buyer }),
			[422],
			"id"
		);
		expectProblem(await place({ ...order({}), idempotencyKey: "x" }), [422], "idempotencyKey");
		expectProblem(
			await http("POST /api/auth/login?email=a", { body: { email: "a", password: "b" } }),
			[422],
			"email"
		);
	});

	it("writes nothing of a header into its own", async () => {
		const reply = await http("GET /api/orders", {
			headers: { "X-Request-Id": "abc\tSet-Cookie: x=1" }
		});
		expect(reply.headers["set-cookie"]).toBeUndefined();
		expect(reply.headers["x-request-id"]).not.toMatch(/Set-Cookie/);
		expectProblem(
			await http("POST /api/orders", {
				token: buyer,
				body: order({}),
				headers: { "Idempotency-Key": "a b\tc" }
			}),
			[422],
			"idempotencyKey"
		);
	});
});

describe("mass assignment and numbers", () => {
	it.each(["role", "price", "total", "status", "sellerId", "available", "version", "id", "userId"])(
		"refuses %s where it isn't offered",
		async key => {
			expectProblem(await place(order({ [key]: 1 })), [422], key);
			expectProblem(
				await place(order({ items: [{ ...line, [key]: 1 }] })),
				[422],
				`items.0.${key}`
			);
			expectProblem(
				await http("PATCH /api/auth/me", { token: buyer, body: { name: "A", [key]: "admin" } }),
				[422],
				key
			);
			if (key !== "status")
				expectProblem(
					await http("POST /api/catalog/products", { token: seller, body: product({ [key]: 1 }) }),
					[422],
					key
				);
		}
	);

	it("registers no admins", async () => {
		const body = { email: "a@example.com", password: "12345678", name: "A", role: "admin" };
		expectProblem(await http("POST /api/auth/register", { body }), [422], "role");
	});

	it.each([
		"-1",
		"0",
		"1.5",
		'"1"',
		'"1e3"',
		"[1]",
		"true",
		"null",
		"1e308",
		"9007199254740992",
		"{}"
	])("refuses %s as a quantity", async quantity => {
		const body = JSON.stringify(order({})).replace('"quantity":1', `"quantity":${quantity}`);
		expectProblem(await place(body), [422], "items.0.quantity");
	});

	it("refuses 101 lines, and takes a number of its kind", async () => {
		expectProblem(await place(order({ items: Array(101).fill(line) })), [422], "items");
		expectProblem(await place(order({})), [404]);
	});
});

describe("bodies", () => {
	const login = "POST /api/auth/login";
	const good = JSON.stringify({ email: "a", password: "b" });

	it.each<[string, Asked, number]>([
		["no JSON", { body: "{" }, 400],
		["text after JSON", { body: `${good}x` }, 400],
		["broken UTF-8", { body: Buffer.from([0x7b, 0xff, 0x7d]) }, 400],
		["a large body", { body: { email: "a", password: "x".repeat(70_000) } }, 413],
		["a very large body", { body: "x".repeat(3_000_000) }, 413],
		[
			"a large body in chunks",
			{ body: "x".repeat(70_000), headers: { "Transfer-Encoding": "chunked" } },
			413
		],
		[
			"a form",
			{ body: "email=a", headers: { "Content-Type": "application/x-www-form-urlencoded" } },
			415
		],
		["text", { body: good, headers: { "Content-Type": "text/plain" } }, 415],
		[
			"another charset",
			{ body: good, headers: { "Content-Type": "application/json; charset=utf-16" } },
			415
		],
		["look-alike JSON", { body: good, headers: { "Content-Type": "application/jsonx" } }, 415],
		[
			"a gzip bomb",
			{ body: gzipSync(Buffer.alloc(10_000_000)), headers: { "Content-Encoding": "gzip" } },
			415
		],
		["an unknown encoding", { body: good, headers: { "Content-Encoding": "x" } }, 415],
		["nothing", { body: "" }, 422]
	])("answers %s with a problem", async (_what, asked, status) => {
		expectProblem(await http(login, asked), [status]);
	});

	it.each([10_000, 30_000])("is done with %i levels in no time", async depth => {
		const started = performance.now();
		for (const [open, close] of [
			["[", "]"],
			['{"a":', "}"]
		] as const) {
			const levels = Math.min(depth, Math.floor(60_000 / (open.length + 1)));
			const body = open.repeat(levels) + "1" + close.repeat(levels);
			expectProblem(await http(login, { body }), [400]);
		}
		expect(performance.now() - started).toBeLessThan(1000);
	});

	it("takes JSON with a charset, and no body where none is needed", async () => {
		const headers = { "Content-Type": "application/json; charset=UTF-8" };
		expectProblem(await http(login, { body: good, headers }), [404]);
		expectProblem(await http("POST /api/auth/refresh"), [404]);
	});
});

describe("origins", () => {
	const withOrigin = (Origin: string, route = "DELETE /api/cart") =>
		http(route, { headers: { Origin, "Access-Control-Request-Method": "POST" } });

	it("refuses changes from other sites' pages, also ahead of them", async () => {
		const own = new URL(urlOf("gateway"));
		for (const origin of [
			"http://evil.example",
			`${own.origin}.evil.example`,
			`https://${own.host}`,
			`http://${own.hostname}`,
			`http://${own.hostname}:1`,
			`http://x@${own.host}`,
			own.origin.slice(0, -1),
			"null",
			"",
			"file://"
		])
			for (const route of ["DELETE /api/cart", "OPTIONS /api/orders", "POST /api/auth/login"]) {
				const reply = await withOrigin(origin, route);
				expect([origin, reply.status]).toEqual([origin, 403]);
				expectProblem(reply, [403]);
				expect(reply.body.code).toBe("ORIGIN_NOT_ALLOWED");
				expect(reply.headers["access-control-allow-origin"]).toBeUndefined();
			}
	});

	it("takes them from its own pages, and shows others' pages nothing", async () => {
		expectProblem(await withOrigin(urlOf("gateway")), [404]);
		const read = await withOrigin("http://evil.example", "GET /api/openapi.json");
		expect(read.status).toBe(200);
		expect(read.headers["access-control-allow-origin"]).toBeUndefined();
	});
});

describe("HTTP", () => {
	/** Sends bytes and gives what comes back until the line is closed or a second is over. */
	const raw = (text: string) =>
		new Promise<string>(resolve => {
			const { port, hostname } = new URL(urlOf("gateway"));
			const socket = connect(Number(port), hostname, () => socket.write(text));
			let got = "";
			const end = () => (socket.destroy(), resolve(got));
			socket
				.on("data", data => (got += String(data)))
				.on("close", end)
				.on("error", end);
			setTimeout(end, 500);
		});
	const head = "POST /api/auth/login HTTP/1.1\r\nHost: x\r\n";

	it.each([
		["no HTTP", "hello\r\n\r\n"],
		["two lengths", `${head}Content-Length: 4\r\nContent-Length: 5\r\n\r\n{} {}`],
		[
			"a length and chunks",
			`${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`
		],
		[
			"a broken chunk",
			`${head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`
		],
		[
			"a header in two lines",
			`${head}X-A: b\r\n c\r\n\r\n`.replace("POST", "GET").replace("X-A", "X A")
		],
		["no host", "GET /api/cart HTTP/1.1\r\n\r\n"],
		["long headers", `${head}X-Long: ${"x".repeat(20_000)}\r\n\r\n`],
		["a whole address", "GET http://evil.example/api/cart HTTP/1.1\r\nHost: x\r\n\r\n"]
	])("answers %s with 400", async (_what, text) => {
		const got = await raw(text);
		expect(got).toMatch(/^HTTP\/1\.1 400 /);
		expect(got).not.toMatch(/X-Powered-By|^Server:/im);
	});

	it("says who it is to nobody, and is framed by nobody", async () => {
		for (const route of [
			"GET /",
			"GET /api/cart",
			"GET /health/live",
			"GET /api/docs",
			"GET /x.js"
		]) {
			const { headers } = await http(route);
			expect(headers).toMatchObject({
				"x-content-type-options": "nosniff",
				"referrer-policy": expect.any(String),
				"permissions-policy": expect.any(String),
				"cross-origin-opener-policy": "same-origin"
			});
			const policy = String(headers["content-security-policy"]);
			expect(policy).toMatch(/frame-ancestors 'none'/);
			expect(policy).toMatch(/default-src '(self|none)'/);
			expect(policy).not.toMatch(/script-src|unsafe-eval/);
			expect(policy.replace("style-src 'self' 'unsafe-inline'", "")).not.toMatch(/unsafe/);
			for (const name of ["x-powered-by", "server", "strict-transport-security"])
				expect(headers[name]).toBeUndefined();
		}
	});
});

describe("limits", () => {
	const Limited: Schema<"gateway"> = {
		...(GatewayService as object),
		name: "gateway",
		actions: { openapi: GatewayService.actions.openapi as never },
		settings: { ...GatewayService.settings, limits: { perSecond: 1, burst: 3, sparesLocal: false } }
	};
	const limited = cluster([Limited]);

	it("takes so many requests an address, whatever it says it is", async () => {
		const statuses = [];
		for (let i = 0; i < 6; i++) {
			const reply = await ask(limited.urlOf("gateway"), "GET /api/nothing", {
				headers: { "X-Forwarded-For": `10.0.0.${i}` }
			});
			statuses.push(reply.status);
			if (reply.status === 429) {
				expectProblem(reply, [429]);
				expect(Number(reply.headers["retry-after"])).toBeGreaterThan(0);
			}
		}
		expect(statuses).toEqual([404, 404, 404, 429, 429, 429]);
		expect((await ask(limited.urlOf("gateway"), "GET /health/live")).status).toBe(200);
	});
});
