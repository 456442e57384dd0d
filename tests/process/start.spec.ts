import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Result } from "@shared/contract";
import { JournaledAdapter } from "../../mixins/nedb-adapter";
import { PRODUCTS } from "../../seed/store";
import { Client, unique } from "../helpers/client";
import { smallDisk, type SmallDisk } from "../helpers/full-disk";
import { runScript, ShopProcess, spawnShop, type Env } from "../helpers/process";
import { until } from "../helpers/shop";
import { findingsOf } from "../helpers/target";

const SECRET = "a secret for the tests, at least 32 bytes long";
const PRODUCTION = { NODE_ENV: "production", SECRET_KEY: SECRET, SEED: "" };
const ANY_PORTS = { PORT: "0", RELAY_PORT: "0" };
const SECOND = 1000;

const dirs: string[] = [];
const shops: ShopProcess[] = [];
function newDir() {
	const dir = mkdtempSync(join(tmpdir(), "commercify-start-"));
	dirs.push(dir);
	return dir;
}
async function started(options: Parameters<typeof ShopProcess.start>[0] = {}) {
	const shop = await ShopProcess.start(options);
	shops.push(shop);
	return shop;
}
afterEach(async () => {
	await Promise.all(shops.splice(0).map(shop => shop.discard()));
	for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** Starts a shop that should refuse to: how it ended, what it said. */
async function refusal(env: Env, dir = newDir()) {
	const { child, ended, said } = spawnShop(dir, { ...ANY_PORTS, ...env });
	const late = setTimeout(() => child.kill("SIGKILL"), 15 * SECOND);
	const { code } = await ended;
	clearTimeout(late);
	return { code, said: said() };
}

describe("the shop refuses to start", () => {
	it("on the files of a running one, and says whose they are", async () => {
		const shop = await started();
		const { code, said } = await refusal({}, shop.dir);
		expect(code).toBe(1);
		expect(said).toContain(`Another process (pid ${shop.process.pid}) is using DATA_DIR`);
		expect((await new Client(shop.baseUrl).ask("GET /health/ready")).status).toBe(200);
	});

	it.each([
		["in production without a secret", { ...PRODUCTION, SECRET_KEY: "" }, "SECRET_KEY must be set"],
		["with a short secret", { SECRET_KEY: "short" }, "SECRET_KEY must be at least 32 bytes"],
		["in production with demo data", { ...PRODUCTION, SEED: "demo" }, "never for production"],
		["with a seed that it doesn't know", { SEED: "everything" }, 'SEED is demo or none, not "'],
		["with a service that it doesn't know", { SERVICES: "cart,crat" }, "SERVICES names crat"],
		["with a port that is none", { PORT: "http" }, "PORT must be a number"]
	])("%s", async (_when, env, words) => {
		const { code, said } = await refusal(env);
		expect(said).toContain(words);
		expect(code).toBe(1);
	});
});

it("is ready only when the demo store is there", async () => {
	const shop = await started({ env: { SEED: "demo" } });
	const client = new Client(shop.baseUrl);
	const body = { email: "admin@demo.shop", password: "demo-shop-2026" };
	expect((await client.ask("POST /api/auth/login", { body })).status).toBe(200);
	const { status, body: first } = await client.ask("GET /api/catalog/products");
	expect([status, first]).toMatchObject([200, { total: PRODUCTS.length }]);
});

it("has no demo accounts in production", async () => {
	const shop = await started({ env: PRODUCTION });
	const body = { email: "admin@demo.shop", password: "demo-shop-2026" };
	const reply = await new Client(shop.baseUrl).ask("POST /api/auth/login", { body });
	expect(reply).toMatchObject({ status: 401, body: { code: "INVALID_CREDENTIALS" } });
	expect(await shop.call("inventory.all", { limit: 1 })).toEqual([]);
});

describe("the shop ends", () => {
	it("by SIGTERM only when requests under way are answered, and soon", async () => {
		const shop = await started({ env: { BCRYPT_COST: "12" } });
		const body = {
			email: `${unique("b")}@test.example`,
			password: "correct horse",
			name: "B",
			role: "buyer"
		};
		const client = new Client(shop.baseUrl);
		const hashing = client.ask("POST /api/auth/register", { body });
		await new Promise(resolve => setTimeout(resolve, 100));
		const asked = Date.now();
		const [reply, end] = await Promise.all([hashing, shop.stop()]);
		expect(reply.status).toBe(201);
		expect(end).toEqual({ code: 0, signal: null });
		expect(Date.now() - asked).toBeLessThan(10 * SECOND);
		await shop.start();
		expect((await client.ask("POST /api/auth/login", { body })).status).toBe(422); // a name is too much
		const { email, password } = body;
		const login = await client.ask("POST /api/auth/login", { body: { email, password } });
		expect(login.status).toBe(200);
	});

	it("by SIGKILL without a trace: the next one starts", async () => {
		const shop = await started();
		const seller = await new Client(shop.baseUrl).signUp("seller");
		const { slug } = await seller.product(3);
		await shop.kill();
		expect(existsSync(join(shop.dir, "lock"))).toBe(true);
		await shop.start();
		expect((await seller.ask(`GET /api/catalog/products/${slug}`)).status).toBe(200);
	});
});

describe("a full disk", () => {
	let disk: SmallDisk;
	beforeEach(() => void (disk = smallDisk()));
	afterEach(() => disk.discard());

	it("stops writes, not reads, and nothing that was acknowledged is lost", async () => {
		const shop = await ShopProcess.start({ dir: disk.dir });
		const { baseUrl } = shop;
		const pid = shop.process.pid!;
		const seller = await new Client(baseUrl).signUp("seller");
		const product = await seller.product(0);
		const { sku } = product.variants[0]!;
		const done: string[] = [];
		const receive = async () => {
			const operationId = unique("op");
			const body = { delta: 1, reason: "received", operationId };
			const reply = await seller.ask(`POST /api/seller/stock/${sku}/adjust`, { body });
			if (reply.status === 200) done.push(operationId);
			return reply;
		};
		const stateOf = async () => (await seller.ask("GET /health")).body.services.inventory;

		disk.fill(pid);
		const refused = await until(receive, ({ status }) => status !== 200);
		expect(refused.body).toMatchObject({ status: 503, code: "STORAGE_UNAVAILABLE" });
		expect(refused.headers).toMatchObject({
			"content-type": "application/problem+json",
			"retry-after": expect.any(String) as string
		});
		expect((await seller.ask(`GET /api/catalog/products/${product.slug}`)).status).toBe(200);
		expect((await seller.ask("GET /api/auth/me")).status).toBe(200);
		expect(await stateOf()).toMatchObject({ status: "down", nodes: [{ dependencies: READ_ONLY }] });
		expect((await seller.ask("GET /health/ready")).status).toBe(503);

		disk.free(pid);
		await until(receive, ({ status }) => status === 200);
		expect(await stateOf()).toMatchObject({ status: "ok" });
		await shop.kill();
		await shop.start();
		const { items } = await seller.must<Result<"inventory.movements">>(
			`GET /api/seller/stock/${sku}/movements?pageSize=100`
		);
		expect(items.map(({ ref }) => ref)).toEqual(expect.arrayContaining(done));
		expect(await findingsOf(shop)).toEqual([]);
		await shop.discard();
	});
});
const READ_ONLY = { store: "read-only" };

describe("npm run verify", () => {
	it("checks a running shop, a stopped one, and finds a unit too many", async () => {
		const shop = await started();
		const seller = await new Client(shop.baseUrl).signUp("seller");
		const product = await seller.product(5);
		const { sku } = product.variants[0]!;
		const buyer = await new Client(shop.baseUrl).signUp();
		const { body: order } = await buyer.place([{ sku, quantity: 2 }]);
		expect((await buyer.pay(order.id)).status).toBe(200);

		const verify = () => runScript("verify.mts", ["--settled"], { DATA_DIR: shop.dir });
		const green = { code: 0, said: expect.stringContaining("Every invariant holds.") as string };
		expect(await verify()).toEqual(green);
		expect((await shop.stop()).code).toBe(0);
		expect(await verify()).toEqual(green);

		const stock = new JournaledAdapter({ collection: "stock", dir: shop.dir });
		await stock.connect();
		expect(await stock.changeOne({ _id: sku }, { $inc: { available: 1 } })).not.toBeNull();
		await stock.disconnect();
		const { code, said } = await verify();
		expect(code).toBe(1);
		expect(said).toContain("I2");
		expect(said).toContain(sku);
	});
});
