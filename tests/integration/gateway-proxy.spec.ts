import "../helpers/behind-proxy";
import GatewayService from "../../services/gateway/gateway.service";
import { accessToken } from "../../services/session";
import { cluster } from "../helpers/cluster";
import { ask, type Asked } from "../helpers/http";
import { standIn } from "../helpers/stand-ins";

let ip: unknown;
const Auth = standIn("auth", {
	me: ctx => {
		ip = ctx.meta.ip;
		return null;
	},
	refresh: () => ({
		user: {
			id: "buyer00000001",
			email: "a@example.com",
			name: "A",
			role: "buyer",
			emailVerified: true,
			createdAt: "2026-01-01T00:00:00.000Z"
		},
		accessToken: "x",
		expiresIn: 900,
		refreshToken: "refresh-1"
	})
});
const Catalog = standIn("catalog", {
	version: () => ({ version: "1" }),
	categories: () => ({ items: [] })
});
const { urlOf } = cluster([GatewayService], [Auth, Catalog]);
const http = (route: string, headers: Asked["headers"], token?: string) =>
	ask(urlOf("gateway"), route, { headers, ...(token && { token }) });
const token = accessToken({ id: "buyer00000001", role: "buyer", sid: "s1" });

it.each([
	["203.0.113.7", "203.0.113.7"],
	["6.6.6.6, 203.0.113.7", "203.0.113.7"],
	["6.6.6.6, ::ffff:203.0.113.7", "203.0.113.7"],
	["6.6.6.6, 2001:db8::1", "2001:db8::1"],
	["6.6.6.6, nonsense", "127.0.0.1"],
	["", "127.0.0.1"]
])("believes of X-Forwarded-For %p only what our proxy added", async (forwarded, address) => {
	await http("GET /api/auth/me", { "X-Forwarded-For": forwarded }, token);
	expect(ip).toBe(address);
});

it("knows TLS from the proxy: secure cookies, HSTS, the origin's scheme", async () => {
	const secure = { "X-Forwarded-Proto": "https" };
	const own = urlOf("gateway").replace("http:", "https:");
	const reply = await http("POST /api/auth/refresh", { ...secure, Origin: own });
	expect(reply.status).toBe(200);
	expect(reply.headers["set-cookie"]![0]).toMatch(/; Secure$/);
	expect(reply.headers["strict-transport-security"]).toMatch(/max-age=/);
	expect((await http("POST /api/auth/refresh", { Origin: own })).status).toBe(403);
	const plain = await http("POST /api/auth/refresh", {});
	expect(plain.headers["set-cookie"]![0]).not.toMatch(/Secure/);
	expect(plain.headers["strict-transport-security"]).toBeUndefined();
});

describe("sites that are listed", () => {
	const partner = "https://partner.example";

	it("may ask ahead, and may read what comes", async () => {
		const ahead = await http("OPTIONS /api/orders", {
			Origin: partner,
			"Access-Control-Request-Method": "POST",
			"Access-Control-Request-Headers": "authorization,idempotency-key"
		});
		expect(ahead).toMatchObject({
			status: 204,
			headers: {
				"access-control-allow-origin": partner,
				"access-control-allow-credentials": "true",
				vary: "Origin"
			}
		});
		expect(ahead.headers["access-control-allow-methods"]).toMatch(/POST/);
		expect(ahead.headers["access-control-allow-headers"]).toMatch(/Idempotency-Key/);
		for (const route of ["POST /api/auth/refresh", "GET /api/nothing"]) {
			const { headers } = await http(route, { Origin: partner });
			expect(headers["access-control-allow-origin"]).toBe(partner);
			expect(headers["access-control-expose-headers"]).toMatch(/X-Request-Id/);
			expect(headers.vary).toMatch(/Origin/);
		}
	});

	it("get a kept answer each with their own origin", async () => {
		const list = "GET /api/catalog/categories";
		for (const origin of [partner, "https://other.example", partner])
			expect((await http(list, { Origin: origin })).headers["access-control-allow-origin"]).toBe(
				origin
			);
		for (const headers of [{}, { Origin: "https://evil.example" }]) {
			const reply = await http(list, headers as Asked["headers"]);
			expect(reply.headers["access-control-allow-origin"]).toBeUndefined();
			expect(reply.headers.vary).toBe("Origin");
		}
	});

	it.each([
		"https://partner.example.evil",
		"https://partner.exampl",
		"http://partner.example",
		"null"
	])("%s isn't one of them", async origin => {
		expect((await http("POST /api/auth/refresh", { Origin: origin })).status).toBe(403);
	});
});

describe("requests are limited", () => {
	const limits = { perSecond: 0.001, burst: 2, sparesLocal: false };
	const Limited = { ...GatewayService, settings: { ...GatewayService.settings, limits } };
	const { urlOf: limitedUrl } = cluster([Limited]);
	const from = async (address: string) => {
		const headers = { "X-Forwarded-For": address };
		return (await ask(limitedUrl("gateway"), "GET /api/nothing", { headers })).status;
	};

	it("by the network of an IPv6 address, for a customer has all of it", async () => {
		expect(await from("2001:db8:1:2::1")).toBe(404);
		expect(await from("2001:db8:1:2:ffff::2")).toBe(404);
		expect(await from("2001:db8:1:2:3:4:5:6")).toBe(429);
		expect(await from("2001:db8:1:3::1")).toBe(404);
		for (const status of [404, 404, 429]) expect(await from("203.0.113.7")).toBe(status);
		expect(await from("203.0.113.8")).toBe(404);
	});
});
