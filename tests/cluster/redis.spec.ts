import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { ServiceBroker } from "moleculer";
import { MemoryLimits, type Limit } from "../../services/auth/limits";
import { RedisLimits } from "../../services/auth/redis-limits";
import { FallThroughCacher } from "../../services/cacher";
import { connectRedis } from "../../services/redis";
import { until } from "../helpers/shop";

/** A real Redis that may hang, die and come back; what we make of it must not. */
let server: ChildProcess;
let port: number;
const LIMIT: Limit = { name: "test", most: 3, seconds: 60 };
const complaints: unknown[] = [];
const warn = (...args: unknown[]) => void complaints.push(args);

async function startRedis() {
	server = spawn("redis-server", ["--port", `${port}`, "--bind", "127.0.0.1", "--save", ""], {
		stdio: "ignore"
	});
	const probe = connectRedis(() => undefined, `redis://127.0.0.1:${port}`);
	await until(() => probe.ping().then(Boolean, () => false));
	probe.disconnect();
}
beforeAll(async () => {
	const free = createServer();
	await new Promise<void>(resolve => free.listen(0, "127.0.0.1", resolve));
	({ port } = free.address() as AddressInfo);
	await new Promise(resolve => free.close(resolve));
	await startRedis();
});
afterAll(() => void server.kill("SIGKILL"));

let broker: ServiceBroker | undefined;
afterAll(() => broker?.stop());
const nodes: RedisLimits[] = [];
async function node() {
	const redis = connectRedis(warn, `redis://127.0.0.1:${port}`);
	const limits = new RedisLimits(redis, warn);
	nodes.push(limits);
	await until(() => redis.status === "ready");
	return limits;
}
afterAll(() => nodes.forEach(limits => limits.close()));

it("counts for all nodes together", async () => {
	const [one, two] = [await node(), await node()];
	expect([await one.take(LIMIT, "ada"), await two.take(LIMIT, "ada")]).toEqual([0, 0]);
	expect(await one.take(LIMIT, "ada")).toBe(0);
	expect(await two.take(LIMIT, "ada")).toBeGreaterThan(0);
	expect(await one.wait(LIMIT, "ada")).toBeGreaterThan(0);
	expect(await two.take(LIMIT, "bob")).toBe(0);
	await two.clear(LIMIT, "ada");
	expect(await two.wait(LIMIT, "ada")).toBe(0);
});

it("holds a node for itself while Redis hangs, and nobody waits for it", async () => {
	const limits = await node();
	const started = new ServiceBroker({
		logger: false,
		cacher: new FallThroughCacher({ redis: `redis://127.0.0.1:${port}` } as never)
	});
	broker = started;
	let calls = 0;
	started.createService({
		name: "slow",
		actions: { ask: { cache: { ttl: 10, keys: ["n"] }, handler: () => ++calls } }
	});
	await started.start();
	const ask = () => started.call<number, { n: number }>("slow.ask", { n: 1 });
	const [kept] = await until(
		async () => [await ask(), await ask()] as const,
		([first, second]) => first === second
	);

	server.kill("SIGSTOP");
	const start = performance.now();
	for (let i = 0; i < LIMIT.most; i++) expect(await limits.take(LIMIT, "eve")).toBe(0);
	expect(await limits.take(LIMIT, "eve")).toBeGreaterThan(0);
	expect(await ask()).toBe(kept + 1);
	// seven questions that time out after 100 ms each, not one that hangs
	expect(performance.now() - start).toBeLessThan(3000);
	expect(complaints.length).toBeGreaterThan(0);

	server.kill("SIGKILL");
	await until(() => server.signalCode === "SIGKILL");
	expect(await ask()).toBe(kept + 2);
	await startRedis();
	// what it forgot is counted anew; what this node counted itself still holds
	expect(await limits.take(LIMIT, "eve")).toBeGreaterThan(0);
	const fresh = await node();
	expect(await fresh.take(LIMIT, "eve")).toBe(0);
});

it("is the same without Redis", async () => {
	const limits = new MemoryLimits();
	for (let i = 0; i < LIMIT.most; i++) expect(await limits.take(LIMIT, "ada")).toBe(0);
	expect(await limits.take(LIMIT, "ada")).toBeGreaterThan(0);
});
