import { CheckedClient } from "../helpers/client-checked";
import { ask } from "../helpers/http";
import { freePorts, ShopProcess } from "../helpers/process";
import { until } from "../helpers/shop";
import { target, type Target } from "../helpers/target";

let shop: Target;
let guest: CheckedClient;
beforeAll(async () => {
	shop = await target();
	guest = new CheckedClient(shop.baseUrl);
});
afterAll(() => shop?.discard());

const NODE = {
	id: expect.stringMatching(/./),
	version: expect.stringMatching(/^\d+\.\d+\.\d+/),
	uptimeS: expect.any(Number),
	dependencies: expect.any(Object)
};

describe("the shop's health", () => {
	it.each([
		["auth", "auth"],
		["catalog", "catalog"],
		["orders", "order"]
	])("is told of a service at /%s/health, node by node", async (path, service) => {
		const { status, body } = await guest.ask(`GET /${path}/health`);
		expect([status, body.status, body.service]).toEqual([200, "ok", service]);
		expect(Object.keys(body).sort()).toEqual(["nodes", "service", "status"]);
		expect(body.nodes.length).toBeGreaterThan(0);
		for (const node of body.nodes) {
			expect(node).toEqual(NODE);
			expect(Object.values(node.dependencies)).toEqual(
				Array(Object.keys(node.dependencies).length).fill("ok")
			);
		}
	});

	it("is told of the whole, with each service's state", async () => {
		const { status, body } = await guest.ask("GET /health");
		expect([status, body.status]).toEqual([200, "ok"]);
		for (const name of [
			"auth",
			"catalog",
			"inventory",
			"cart",
			"order",
			"payment",
			"sales",
			"notification",
			"import"
		])
			expect([name, body.services[name]?.status]).toEqual([name, "ok"]);
	});

	it("tells apart that the process turns and that it may be sent requests", async () => {
		const live = await guest.ask("GET /health/live");
		expect([live.status, live.body.status]).toEqual([200, "ok"]);
		const ready = await guest.ask("GET /health/ready");
		expect([ready.status, ready.body.status]).toEqual([200, "ok"]);
	});

	it("is for reading", async () => {
		const { status, body } = await guest.ask("POST /health", { body: {} });
		expect([status, body.code]).toEqual([405, "METHOD_NOT_ALLOWED"]);
	});
});

describe("the relay's health", () => {
	it("is told on its own port", async () => {
		const { status, body } = await ask(shop.relayUrl, "GET /health");
		expect([status, body.status, body.service]).toEqual([200, "ok", "relay"]);
		expect(body.nodes[0]).toMatchObject(NODE);
	});

	it.each(["live", "ready"])("tells whether it is %s", async what => {
		const { status, body } = await ask(shop.relayUrl, `GET /health/${what}`);
		expect([status, body.status]).toEqual([200, "ok"]);
	});

	it("keeps the conventions of every answer, refusals too", async () => {
		for (const path of ["/health", "/health/live", "/nothing", "/api/cart"]) {
			const { status, headers, body } = await ask(shop.relayUrl, `GET ${path}`);
			expect(headers["x-request-id"]).toMatch(/^.{8,64}$/);
			if (status === 200) expect(headers.etag).toMatch(/^".+"$/);
			else
				expect([status, headers["content-type"], body.code, body.requestId]).toEqual([
					404,
					"application/problem+json",
					"NOT_FOUND",
					headers["x-request-id"]
				]);
		}
		expect((await ask(shop.relayUrl, "POST /health", { body: {} })).status).toBe(405);
	});
});

describe("a shop of our own", () => {
	let own: ShopProcess;
	let metricsUrl: string;
	beforeAll(async () => {
		const [port] = await freePorts(1);
		own = await ShopProcess.start({ env: { METRICS_PORT: String(port) } });
		metricsUrl = `http://127.0.0.1:${port}`;
	});
	afterAll(() => own?.discard());

	it("tells its metrics as Prometheus text, on a port of their own and only there", async () => {
		await ask(own.baseUrl, "GET /api/catalog/categories");
		const { status, headers, text } = await ask(metricsUrl, "GET /metrics");
		expect(status).toBe(200);
		expect(headers["content-type"]).toMatch(/^text\/plain/);
		const lines = text.trim().split("\n");
		const sample = /^[a-z_:][a-z0-9_:]*(\{.*\})? (-?[\d.e+-]+|NaN|[+-]Inf)$/i;
		expect(lines.filter(line => !/^# (HELP|TYPE) /.test(line) && !sample.test(line))).toEqual([]);
		expect(lines.length).toBeGreaterThan(20);
		const outside = await ask(own.baseUrl, "GET /metrics");
		expect(outside.text).not.toContain("# TYPE");
	});

	it("never says that it is ready when it has begun to stop", async () => {
		const ready = () =>
			ask(own.baseUrl, "GET /health/ready").then(
				({ status }) => status,
				() => "gone"
			);
		expect(await ready()).toBe(200);
		const ended = own.stop();
		await until(ready, state => state !== 200);
		const seen = new Set<unknown>();
		await until(ready, state => seen.add(state) && state === "gone");
		expect([...seen].filter(state => state !== 503 && state !== "gone")).toEqual([]);
		expect(await ended).toEqual({ code: 0, signal: null });
	});
});
