import { createServer, type Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { Errors, ServiceBroker, type Context, type Service } from "moleculer";
import config from "../../moleculer.config";
import { jsonLine, redacted } from "../../services/logger";
import { prometheus } from "../../services/prometheus";
import { onBehalfOf, requestIdNow } from "../../services/request-id";

interface Line {
	time: string;
	level: string;
	node: string;
	module: string;
	requestId?: string;
	message: string;
	data?: unknown;
	error?: { name: string; message: string; stack: string; type?: string; code?: number };
}
const bindings = { nodeID: "node-1", mod: "order", svc: "order" };
function logged(...args: unknown[]): { line: Line; text: string } {
	const [text = "", ...more] = jsonLine("warn", args, bindings);
	expect(more).toEqual([]);
	expect(text).not.toContain("\n");
	return { line: JSON.parse(text) as Line, text };
}
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSJ9.c2lnbmF0dXJl";

describe("lines of the log in production", () => {
	test("one line of JSON, with when, where and what", () => {
		const { line } = logged("Order", "o1", "waits\nfor it", 7);
		expect(line).toMatchObject({
			level: "warn",
			node: "node-1",
			module: "order",
			message: "Order o1 waits\nfor it 7"
		});
		expect(new Date(line.time).toISOString()).toBe(line.time);
		expect(line).not.toHaveProperty("requestId");
	});

	test("an error keeps its type, code and stack", () => {
		const err = new Errors.MoleculerClientError("Sold out", 409, "OUT_OF_STOCK", { sku: "mug" });
		const { line } = logged("Order o1 failed:", err);
		expect(line.message).toBe("Order o1 failed:");
		expect(line.error).toMatchObject({
			name: "MoleculerClientError",
			message: "Sold out",
			type: "OUT_OF_STOCK",
			code: 409,
			data: { sku: "mug" }
		});
		expect(line.error!.stack).toContain("logs.spec");
	});

	test("fields with secrets and people's data are named, not shown", () => {
		const { text } = logged("Asked", {
			email: "ada@example.com",
			password: "correct horse",
			newPassword: "battery staple",
			accessToken: TOKEN,
			paymentToken: "tok_ok",
			headers: { cookie: "refresh_token=abc", authorization: `Bearer ${TOKEN}` },
			user: { id: "u1", name: "Ada Lovelace" },
			shippingAddress: { line1: "1 Harbour Row", city: "Bremen" },
			sku: "mug"
		});
		for (const secret of ["ada@", "horse", "staple", "eyJ", "tok_ok", "abc", "Ada", "Harbour"])
			expect(text).not.toContain(secret);
		expect(text).toContain('"sku":"mug"');
		expect(text).toContain('"id":"u1"');
	});

	test.each([
		["an address of mail", "No mail to ada.lovelace+shop@mail.example.com", "ada"],
		["a token", `Bad token ${TOKEN}`, "eyJ"],
		["a header", "Authorization: Bearer abcdefghijkl", "abcdefghijkl"],
		["a cookie", "refresh_token=s3cr3ts3cr3t; Path=/", "s3cr3t"],
		["a server's password", "mongodb://shop:hunter2@db:27017 is away", "hunter2"],
		["a unique key", 'E11000 dup key: { email: "ada@example.com" }', "ada"]
	])("%s within a text is cut out", (_what, said, secret) => {
		expect(logged(said).text).not.toContain(secret);
		expect(logged(new Error(said)).text).not.toContain(secret);
		expect(logged("It failed", { reason: said }).text).not.toContain(secret);
	});

	test("whatever is logged stays bounded, and never throws", () => {
		const circular: Record<string, unknown> = { list: Array.from({ length: 1000 }, (_, i) => i) };
		circular.self = circular;
		expect(logged("It", circular, "x".repeat(100_000)).text.length).toBeLessThan(6000);
		expect(redacted(10n)).toBe("10");
		expect(redacted(Buffer.from("secret"))).toBe("[6 bytes]");
		const hostile = {
			get trap(): never {
				throw new Error("No");
			}
		};
		expect(logged("It", hostile).line.message).toContain("Not to be logged");
		expect(logged(undefined, null).line.message).toBe("undefined null");
	});
});

describe("one id from the first door to the last push", () => {
	const seen: Record<string, string | undefined> = {};
	const make = (nodeID: string) =>
		new ServiceBroker({
			...config,
			nodeID,
			namespace: `ids-${process.pid}`,
			logger: false,
			metrics: false,
			transporter: "Fake"
		});
	const front = make("front");
	const back = make("back");
	front.createService({
		name: "ear",
		events: {
			"cup.changed"(ctx: Context) {
				seen.event = ctx.requestID ?? undefined;
				seen.there = requestIdNow();
			}
		}
	});
	back.createService({
		name: "cup",
		actions: {
			async fill(this: Service) {
				seen.action = requestIdNow();
				await sleep(5);
				// as the outbox and the stock's ledger do: by the broker, with no context at hand
				void this.broker.emit("cup.changed", {});
				return this.broker.call("cup.look");
			},
			look(ctx: Context) {
				seen.nested = ctx.requestID ?? undefined;
			}
		}
	});
	beforeAll(async () => {
		await Promise.all([front.start(), back.start()]);
		await front.waitForServices("cup");
	});
	afterAll(() => Promise.all([front.stop(), back.stop()]));

	test("through calls, waits, events and other nodes", async () => {
		await front.call("cup.fill", {}, { requestID: "from-nginx-1" });
		await sleep(50);
		const id = "from-nginx-1";
		expect(seen).toEqual({ action: id, nested: id, event: id, there: id });
	});

	test("two requests at once keep theirs, and the log says which", async () => {
		const line = async (id: string) =>
			onBehalfOf(id, async () => {
				await sleep(5);
				return logged("It").line.requestId;
			});
		expect(await Promise.all([line("a"), line("b")])).toEqual(["a", "b"]);
		expect(requestIdNow()).toBeUndefined();
	});
});

test("an endpoint of metrics whose port is taken costs the metrics, not the node", async () => {
	const taken: Server = createServer();
	await new Promise<void>(resolve => taken.listen(0, "0.0.0.0", resolve));
	const { port } = taken.address() as { port: number };
	const broker = new ServiceBroker({
		...config,
		logger: false,
		metrics: { enabled: true, reporter: prometheus(port) as never }
	});
	await broker.start();
	expect(await broker.call("$node.health")).toBeDefined();
	await broker.stop().catch(() => {});
	await new Promise(resolve => taken.close(resolve));
});
