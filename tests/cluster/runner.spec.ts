import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ask } from "../helpers/http";
import { Client } from "../helpers/client";
import { isAlive, LocalCluster, TOGETHER } from "../helpers/local-cluster";
import { until } from "../helpers/shop";
import { Listener } from "../helpers/sockets";

const CORE = [
	"auth",
	"catalog",
	"inventory",
	"bulk",
	"cart",
	"order",
	"payment",
	"sales",
	"notification",
	"import",
	"ops"
];
const root = join(__dirname, "../..");
const SCRIPT = join(root, "scripts/cluster.mts");

describe("two of everything", () => {
	let cluster: LocalCluster;
	let seller: Client;
	let buyer: Client;
	beforeAll(async () => {
		cluster = await LocalCluster.start({ args: ["--replicas", "2"] });
		const { api } = cluster.state;
		seller = await new Client(api).signUp("seller");
		buyer = await new Client(api).signUp();
	});
	afterAll(() => cluster?.discard());

	it("writes down what runs", () => {
		const { nodes, servers, api, relay } = cluster.state;
		expect(nodes.map(({ id }) => id).sort()).toEqual(
			[...CORE, "gateway", "relay"].flatMap(name => [`${name}-1`, `${name}-2`]).sort()
		);
		for (const { id, services, pid } of nodes) {
			expect(id.startsWith(services[0]!)).toBe(true);
			expect(isAlive(pid!)).toBe(true);
		}
		expect(servers.map(({ name }) => name)).toEqual(["nats", "redis", "mongodb", "nginx"]);
		expect([api, relay].every(url => /^http:\/\/127\.0\.0\.1:\d+$/.test(url))).toBe(true);
		// the servers' passwords are in it
		expect(statSync(join(cluster.dir, "cluster.json")).mode & 0o077).toBe(0);
		expect(readdirSync(join(cluster.dir, "logs"))).toEqual(
			expect.arrayContaining(["catalog-1.log", "nats.log", "nginx.log"])
		);
	});

	it("sells through the front, and the socket hears of it", async () => {
		const product = await seller.product(5);
		const { sku } = product.variants[0]!;
		const listeners = await Promise.all(
			[1, 2, 3, 4].map(() => Listener.connect(cluster.state.relay))
		);
		for (const listener of listeners) await listener.subscribe(`stock:${sku}`);
		const placed = await buyer.place([{ sku, quantity: 2 }]);
		expect(placed.status).toBe(201);
		expect((await buyer.pay(placed.body.id)).body.status).toBe("paid");
		for (const listener of listeners) {
			expect(await listener.next("stock.changed", stock => stock.available === 3)).toBeTruthy();
			listener.close();
		}
		expect((await buyer.stock(sku)).available).toBe(3);
	});

	it("goes on when one of two dies, and takes it back", async () => {
		const { sku } = (await seller.product(50)).variants[0]!;
		await cluster.signal("inventory-1", "SIGKILL");
		await until(() => cluster.node("inventory-1").pid === null);
		// NATS says at once that nobody is there: no heartbeat has to be missed first
		const start = Date.now();
		await until(
			async () => (await buyer.place([{ sku, quantity: 1 }])).status,
			status => status === 201
		);
		expect(Date.now() - start).toBeLessThan(3000);
		console.log(`bought ${Date.now() - start} ms after a kill`);
		const results = await Promise.all(Array.from({ length: 6 }, () => buyer.putInCart(sku, 1)));
		expect(results.map(({ status }) => status)).toEqual(Array(6).fill(200));
		cluster.command("start", "inventory-1");
		await until(
			async () => {
				const { body } = await ask(cluster.state.api, "GET /health");
				return body.services.inventory.nodes.length;
			},
			count => count === 2
		);
	});

	it("answers 503 for a service that is away, and heals by itself", async () => {
		cluster.command("stop", "cart");
		const away = await ask(cluster.state.api, "GET /api/cart");
		expect([away.status, away.body.code]).toEqual([503, "SERVICE_UNAVAILABLE"]);
		expect(away.headers["retry-after"]).toBeDefined();
		expect((await ask(cluster.state.api, "GET /api/catalog/products")).status).toBe(200);
		expect((await ask(cluster.state.api, "GET /health")).status).toBe(503);
		cluster.command("start", "cart");
		await until(
			async () => (await ask(cluster.state.api, "GET /api/cart")).status,
			s => s === 200
		);
	});

	it("hangs on nothing while NATS hangs, and is whole again when it is back", async () => {
		const { sku } = (await seller.product(50)).variants[0]!;
		await cluster.signal("nats", "SIGSTOP");
		const start = Date.now();
		const answers = await Promise.all([1, 2, 3].map(() => buyer.place([{ sku, quantity: 1 }])));
		expect(Date.now() - start).toBeLessThan(9500);
		for (const { status } of answers) expect([503, 504]).toContain(status);
		await new Promise(resolve => setTimeout(resolve, 5000));
		await cluster.signal("nats", "SIGCONT");
		const back = Date.now();
		await until(
			async () => (await ask(cluster.state.api, "GET /health")).status,
			s => s === 200,
			20_000
		);
		await until(
			async () => (await buyer.place([{ sku, quantity: 1 }])).status,
			s => s === 201,
			20_000
		);
		console.log(`whole ${Date.now() - back} ms after NATS went on`);
	});

	it("refuses at once while NATS is gone, and finds it again", async () => {
		const { sku } = (await seller.product(50)).variants[0]!;
		await cluster.signal("nats", "SIGKILL");
		await until(async () => {
			const start = Date.now();
			const { status } = await buyer.place([{ sku, quantity: 1 }]);
			return status === 503 && Date.now() - start < 500;
		});
		for (const id of ["catalog-1", "gateway-2"]) {
			const { metrics } = cluster.node(id);
			const ready = await fetch(metrics.replace("/metrics", "/health/ready"));
			expect([ready.status, ((await ready.json()) as { status: string }).status]).toEqual([
				503,
				"cut off"
			]);
		}
		cluster.command("start", "nats");
		const back = Date.now();
		await until(
			async () => (await ask(cluster.state.api, "GET /health")).status,
			s => s === 200,
			20_000
		);
		await until(
			async () => (await buyer.place([{ sku, quantity: 1 }])).status,
			s => s === 201,
			20_000
		);
		console.log(`whole ${Date.now() - back} ms after NATS came back`);
	});

	it("is checked by what checks a container", async () => {
		const healthcheck = (env: Record<string, string>) =>
			spawnSync(process.execPath, [join(root, "dist/services/healthcheck.js")], {
				env: { DATA_DIR: cluster.dir, ...env },
				encoding: "utf8"
			});
		const portOf = (url: string) => new URL(url).port;
		for (const id of ["order-1", "gateway-1", "relay-1"]) {
			const { metrics, http, services } = cluster.node(id);
			const env = {
				METRICS_PORT: portOf(metrics),
				SERVICES: services.join(","),
				...(http && { PORT: portOf(http), RELAY_PORT: portOf(http) })
			};
			expect(healthcheck(env)).toMatchObject({ status: 0 });
			if (id !== "order-1") continue;
			cluster.command("stop", id);
			expect(healthcheck(env).status).toBe(1);
			cluster.command("start", id);
		}
	});

	it("lets nobody else run on its data folder", () => {
		const second = spawnSync(process.execPath, [SCRIPT, "--no-apps"], {
			env: { PATH: process.env.PATH, DATA_DIR: cluster.dir, MONGO_URI: cluster.mongo },
			encoding: "utf8"
		});
		expect([second.status, second.stderr]).toEqual([
			1,
			expect.stringContaining("runs a cluster on")
		]);
	});

	it("stops in order when it is told to, and leaves nothing", async () => {
		const { pids } = cluster;
		const start = Date.now();
		expect(await cluster.stop()).toBe(0);
		expect(cluster.said).not.toContain("doesn't stop");
		expect(Date.now() - start).toBeLessThan(8000);
		expect(pids.filter(isAlive)).toEqual([]);
		console.log(
			`ready after ${Math.round(cluster.readyAfter)} ms, stopped in ${Date.now() - start} ms`
		);
	});
});

describe("one of each, together", () => {
	let cluster: LocalCluster;
	beforeAll(async () => {
		cluster = await LocalCluster.start({ args: [...TOGETHER, "--restart"], env: { SEED: "demo" } });
	});
	afterAll(() => cluster?.discard());

	it("has the demo store, once", async () => {
		const { body } = await ask(cluster.state.api, "GET /api/catalog/products?pageSize=100");
		expect(body.total).toBeGreaterThan(20);
		const picture = body.items[0].images[0].url as string;
		expect((await ask(cluster.state.api, `GET ${picture}`)).status).toBe(200);
	});

	it("starts what was killed again, a second later", async () => {
		const { pid } = cluster.node("relay-1");
		await cluster.signal("relay-1", "SIGKILL");
		await until(
			() => cluster.node("relay-1").pid,
			next => next !== null && next !== pid,
			15_000
		);
		await until(
			async () => {
				try {
					return (await ask(cluster.state.relay, "GET /health")).status;
				} catch {
					return 0;
				}
			},
			s => s === 200
		);
	});

	it("takes all its processes along when it is killed", async () => {
		const { pids } = cluster;
		expect(pids.length).toBe(6);
		await cluster.stop("SIGKILL");
		await until(
			() => pids.filter(isAlive),
			alive => alive.length === 0,
			15_000
		);
	});
});

it("says what it lacks", () => {
	const run = (args: string[], env: NodeJS.ProcessEnv = {}) =>
		spawnSync(process.execPath, [SCRIPT, "--no-apps", ...args], {
			env: { PATH: process.env.PATH, DATA_DIR: "/tmp/shop-cluster-none", PORT: "0", ...env },
			encoding: "utf8"
		}).stderr;
	expect(run([])).toContain("MONGO_URI must name");
	expect(run(["--replicas", "0"])).toContain("--replicas is 1 to");
	expect(run(["--group", "catalog,nonsense"])).toContain("nonsense");
	expect(run(["stop", "catalog"])).toContain("No cluster runs on");
});

it("lets no node start in production without NATS credentials", () => {
	const start = (NATS_URL: string) =>
		spawnSync(process.execPath, [join(root, "dist/services/run.js")], {
			env: { NODE_ENV: "production", SECRET_KEY: "k".repeat(40), NATS_URL, METRICS_PORT: "0" },
			encoding: "utf8"
		});
	const { status, stderr } = start("nats://127.0.0.1:4222");
	expect([status, stderr]).toEqual([1, expect.stringContaining("NATS_URL needs credentials")]);
});
