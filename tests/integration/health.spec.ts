import { health, type Dependency } from "../../mixins/health.mixin";
import GatewayService from "../../services/gateway/gateway.service";
import { SERVICES } from "../../services/shared/gateway.contract";
import type { Broker } from "../../services/typed";
import { cluster } from "../helpers/cluster";
import { ask } from "../helpers/http";

const stores: Record<string, Dependency> = {};
const hanging = new Set<string>();
const nodeOf = (name: string) => ({
	name,
	mixins: [health],
	methods: {
		needs: () =>
			hanging.has(name)
				? new Promise<never>((_, reject) => setTimeout(reject, 2500))
				: { store: stores[name] ?? "ok" }
	}
});
const others = SERVICES.filter(name => name !== "order").map(nodeOf);
const { broker, urlOf } = cluster([GatewayService], others, [nodeOf("order")], [nodeOf("order")]);
const get = (path: string) => ask(urlOf("gateway"), `GET ${path}`);

afterEach(() => {
	hanging.clear();
	for (const name of Object.keys(stores)) delete stores[name];
});

it.each([
	["/auth/health", "auth", 1],
	["/catalog/health", "catalog", 1],
	["/orders/health", "order", 2]
])("%s tells of each node", async (path, service, nodes) => {
	const { status, headers, body } = await get(path);
	expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
	expect(body).toEqual({ status: "ok", service, nodes: expect.any(Array) });
	expect(body.nodes).toHaveLength(nodes);
	expect(body.nodes[0]).toEqual({
		id: expect.stringMatching(/^node-\d$/),
		version: expect.any(String),
		uptimeS: expect.any(Number),
		dependencies: { store: "ok" }
	});
});

it.each(["down", "read-only"] as const)("is down when a store is %s", async state => {
	stores.catalog = state;
	expect(await get("/catalog/health")).toMatchObject({
		status: 503,
		body: { status: "down", nodes: [{ dependencies: { store: state } }] }
	});
	expect(await get("/health")).toMatchObject({
		status: 503,
		body: { status: "down", services: { catalog: { status: "down" }, auth: { status: "ok" } } }
	});
	expect((await get("/health/ready")).status).toBe(503);
	expect((await get("/health/live")).status).toBe(200);
	expect((await get("/auth/health")).status).toBe(200);
});

it("asks nobody for longer than a second", async () => {
	hanging.add("auth");
	const started = Date.now();
	expect(await get("/auth/health")).toMatchObject({
		status: 503,
		body: { status: "down", nodes: [] }
	});
	expect(Date.now() - started).toBeLessThan(2000);
});

it("tells of the whole", async () => {
	const { status, body } = await get("/health");
	expect(status).toBe(200);
	expect(Object.keys(body.services)).toEqual([...SERVICES]);
	expect(await get("/health/ready")).toMatchObject({ status: 200, body: { status: "ok" } });
	expect(await ask(urlOf("gateway"), "HEAD /health")).toMatchObject({ status: 200, text: "" });
	expect((await ask(urlOf("gateway"), "POST /health")).status).toBe(405);
});

it("isn't ready any more once it is about to stop", async () => {
	const gateway = (broker as Broker).getLocalService("gateway") as unknown as {
		draining: boolean;
	};
	gateway.draining = true;
	expect(await get("/health/ready")).toMatchObject({ status: 503, body: { status: "draining" } });
	const live = await get("/health/live");
	expect([live.status, live.headers.connection]).toEqual([200, "close"]);
	gateway.draining = false;
});
