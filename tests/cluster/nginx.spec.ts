import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { pageHeaders } from "../../services/gateway/security";
import { ACTIONS } from "../../services/shared/contract";
import type { Action } from "../../services/shared/define";
import { ERRORS } from "../../services/shared/errors";
import { Client } from "../helpers/client";
import { ask } from "../helpers/http";
import { LocalCluster, TOGETHER } from "../helpers/local-cluster";
import { until } from "../helpers/shop";
import { Listener } from "../helpers/sockets";

interface Line {
	requestId: string;
	method: string;
	path: string;
	status: number;
	upstream: string;
	upstreamStatus: string;
	cache: string;
	network: string;
}
const template = readFileSync(join(__dirname, "../../deploy/nginx.conf"), "utf8");

let cluster: LocalCluster;
let api: string;
beforeAll(async () => {
	cluster = await LocalCluster.start({ apps: true, args: ["--replicas", "2", ...TOGETHER] });
	({ api } = cluster.state);
});
afterAll(() => cluster?.discard());

let count = 0;
const newRequestId = () => `nginx-spec-${count++}`;
/** What nginx has written down of a request. */
const logged = (id: string) =>
	until(
		() =>
			readFileSync(join(cluster.dir, "logs/front.access.log"), "utf8")
				.split("\n")
				.filter(line => line.includes(id))
				.map(line => JSON.parse(line) as Line)[0],
		Boolean
	) as Promise<Line>;
const traced = async (route: string, asked: Parameters<typeof ask>[2] = {}) => {
	const id = newRequestId();
	const reply = await ask(api, route, {
		...asked,
		headers: { "X-Request-Id": id, ...asked?.headers }
	});
	return { reply, line: await logged(id) };
};

describe("requests", () => {
	it("carries one id through, and makes one where it is missing or odd", async () => {
		const { reply, line } = await traced("GET /api/auth/me");
		expect(reply.body.requestId).toBe(line.requestId);
		expect(reply.headers["x-request-id"]).toBe(line.requestId);
		const odd = await ask(api, "GET /api/auth/me", { headers: { "X-Request-Id": "a b<script>" } });
		expect(odd.headers["x-request-id"]).toMatch(/^[0-9a-f]{32}$/);
		expect(odd.body.requestId).toBe(odd.headers["x-request-id"]);
	});

	it("keeps queries and people's addresses out of the log", async () => {
		const { line } = await traced("GET /api/catalog/products?q=secret");
		expect(JSON.stringify(line)).not.toContain("secret");
		expect(line.network).toBe("127.0.0.0");
	});

	it("says nothing of itself", async () => {
		const { headers } = await ask(api, "GET /");
		expect(headers.server).toBe("nginx");
	});

	it("believes nobody's X-Forwarded-For, and no header with underscores", async () => {
		const seller = await new Client(api).signUp("seller");
		const forged = {
			"X-Forwarded-For": "6.6.6.6",
			"X-Forwarded-Proto": "https",
			idempotency_key: "x"
		};
		const { headers } = await seller.ask("GET /api/auth/me", { headers: forged });
		// believed, it would be HSTS
		expect(headers["strict-transport-security"]).toBeUndefined();
	});

	it("refuses bodies beyond what the API takes, and lets pictures through", async () => {
		const big = await ask(api, "POST /api/auth/login", {
			body: JSON.stringify({ email: "x".repeat(70_000) })
		});
		expect([big.status, big.body.code, big.headers["content-type"]]).toEqual([
			413,
			"PAYLOAD_TOO_LARGE",
			"application/problem+json"
		]);
		expect(big.headers["x-request-id"]).toBe(big.body.requestId);
		const nearly = await ask(api, "POST /api/auth/login", {
			body: JSON.stringify({ email: "x".repeat(65_000) })
		});
		expect(nearly.status).toBe(422);

		const seller = await new Client(api).signUp("seller");
		const { id } = await seller.product(1);
		const form = (bytes: number) =>
			Buffer.concat([
				Buffer.from(
					'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
				),
				Buffer.alloc(bytes, 1),
				Buffer.from("\r\n--x--\r\n")
			]);
		const send = (bytes: number) =>
			seller.ask(`POST /api/catalog/products/${id}/images`, {
				body: form(bytes),
				headers: { "Content-Type": "multipart/form-data; boundary=x" }
			});
		// the gateway's own answers: it isn't a picture, it is too large for one
		expect((await send(1_000_000)).status).toBe(415);
		expect((await send(5_050_000)).status).toBe(413);
		expect((await send(6_500_000)).body.code).toBe("PAYLOAD_TOO_LARGE");
	});

	it("has room for every upload in the contract", () => {
		const routes = Object.values<Action>(ACTIONS).flatMap(({ upload, route = "" }) =>
			upload ? [{ path: `/api${route.split(" ")[1]}`, bytes: upload }] : []
		);
		const rooms = [
			...template.matchAll(/location (=|~) (\S+) \{\s+client_max_body_size (\d+)m/g)
		].map(([, kind, text, megabytes]) => ({
			fits: (path: string) => (kind === "=" ? path === text : new RegExp(text!).test(path)),
			bytes: Number(megabytes) * 1_000_000
		}));
		const hasRoom = ({ path, bytes }: { path: string; bytes: number }) =>
			rooms.some(room => room.fits(path) && room.bytes > bytes);
		expect(routes.length).toBeGreaterThan(1);
		expect(routes.filter(route => !hasRoom(route))).toEqual([]);
	});

	it("cuts who never ends his headers, and answers what is no HTTP", async () => {
		const say = (text: string) =>
			new Promise<string>(resolve => {
				const socket = connect(Number(new URL(api).port), "127.0.0.1", () => socket.write(text));
				let heard = "";
				socket.on("data", chunk => (heard += String(chunk)));
				socket.on("close", () => resolve(heard));
				socket.on("error", () => resolve(heard));
			});
		const nonsense = await say("NONSENSE\r\n\r\n");
		expect(nonsense).toContain('"code":"BAD_REQUEST"');
		const both = await say(
			"POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
		);
		expect(both).toContain("400 Bad Request");
		const start = Date.now();
		await say("GET / HTTP/1.1\r\nHost: x\r\n");
		expect(Date.now() - start).toBeLessThan(15_000);
	});
});

describe("answers", () => {
	it("packs what is large, and confirms what is known", async () => {
		const packed = await fetch(`${api}/api/openapi.json`);
		expect(packed.headers.get("content-encoding")).toBe("gzip");
		expect(((await packed.json()) as { openapi: string }).openapi).toMatch(/^3/);
		const etag = String((await ask(api, "GET /api/catalog/products")).headers.etag);
		for (const tag of [etag, `W/${etag}`]) {
			const { status } = await ask(api, "GET /api/catalog/products", {
				headers: { "If-None-Match": tag }
			});
			expect(status).toBe(304);
		}
	});

	it("asks after a public read each time, without sending it again, and keeps nobody's own", async () => {
		const path = `GET /api/catalog/products?q=${newRequestId()}`;
		expect((await traced(path)).line.cache).toBe("MISS");
		const { line, reply } = await traced(path);
		expect([line.cache, line.upstreamStatus]).toEqual(["REVALIDATED", "304"]);
		expect(reply.status).toBe(200);
		expect(reply.headers["x-request-id"]).toBe(line.requestId);
		expect(reply.headers["x-accel-expires"]).toBeUndefined();
		const { token } = await new Client(api).signUp();
		expect((await traced(path, { token: token! })).line.cache).toBe("BYPASS");
		expect((await traced("GET /api/cart")).line.cache).toBe("");
	});

	it("gives pages the same headers as a gateway does", async () => {
		const { headers } = await ask(api, "GET /", { headers: { Accept: "text/html" } });
		const expected = pageHeaders({ headers: {} } as never);
		for (let i = 0; i < expected.length; i += 2)
			expect([expected[i], headers[expected[i]!.toLowerCase()]]).toEqual([
				expected[i],
				expected[i + 1]
			]);
	});

	it("lets browsers keep hashed files for a year and pages not at all", async () => {
		const page = await ask(api, "GET /", { headers: { Accept: "text/html" } });
		expect(page.headers["cache-control"]).toBe("no-cache");
		const asset = /\/assets\/[\w.-]+\.js/.exec(page.text)![0];
		const { status, headers } = await ask(api, `GET ${asset}`, {
			headers: { "Accept-Encoding": "gzip" }
		});
		expect([status, headers["cache-control"], headers["content-encoding"]]).toEqual([
			200,
			"public, max-age=31536000, immutable",
			"gzip"
		]);
		expect(
			(await ask(api, "GET /seller/products", { headers: { Accept: "text/html" } })).text
		).toContain("sellers");
		for (const [route, code] of [
			["GET /assets/gone-1234.js", 404],
			["GET /nothing.txt", 404],
			["POST /", 405]
		] as const) {
			const refused = await ask(api, route);
			expect([refused.status, refused.headers["content-type"]]).toEqual([
				code,
				"application/problem+json"
			]);
		}
	});
});

describe("sockets", () => {
	it("go through both ports, and polling finds its session again", async () => {
		for (const url of [api, cluster.state.relay]) {
			const listener = await Listener.connect(url);
			expect((await listener.subscribe("catalog")).ok).toBe(true);
			listener.close();
			const { io } = await import("socket.io-client");
			const polling = io(url, { transports: ["polling"], forceNew: true, reconnection: false });
			await new Promise((resolve, reject) =>
				polling.once("connect", () => resolve(0)).once("connect_error", reject)
			);
			const told = (await polling
				.timeout(5000)
				.emitWithAck("subscribe", { topics: ["catalog"] })) as { ok: boolean };
			expect(told.ok).toBe(true);
			polling.close();
		}
	});

	it("spread over the relays", async () => {
		const listeners = await Promise.all(
			Array.from({ length: 24 }, () => Listener.connect(cluster.state.relay))
		);
		const held = await Promise.all(
			["relay-1", "relay-2"].map(async id => {
				const { body } = await ask(cluster.node(id).http!, "GET /health");
				return body.nodes[0].sockets as number;
			})
		);
		listeners.forEach(listener => listener.close());
		expect(Math.min(...held)).toBeGreaterThan(2);
	});
});

describe("a gateway that dies", () => {
	it("with a read under way: another one answers; with a write: nobody tries it again", async () => {
		const { http } = cluster.node("gateway-1");
		const dying = new URL(http!).host;
		await cluster.signal("gateway-1", "SIGSTOP");
		// half of them go to the one that hangs
		const reads = Array.from({ length: 6 }, () => traced("GET /api/auth/me"));
		const writes = Array.from({ length: 6 }, () => traced("POST /api/auth/logout-all"));
		await new Promise(resolve => setTimeout(resolve, 500));
		await cluster.signal("gateway-1", "SIGKILL");
		const read = await Promise.all(reads);
		expect(read.map(({ reply }) => reply.status)).toEqual(Array(6).fill(401));
		expect(read.some(({ line }) => line.upstream.startsWith(`${dying}, `))).toBe(true);
		const wrote = await Promise.all(writes);
		const lost = wrote.filter(({ line }) => line.upstream.startsWith(dying) && line.status === 503);
		expect(lost.length).toBeGreaterThan(0);
		for (const { reply, line } of lost) {
			expect(line.upstream).toBe(dying);
			expect([reply.body.code, reply.body.status]).toEqual(["SERVICE_UNAVAILABLE", 503]);
			expect(reply.headers["retry-after"]).toBe("2");
		}
		// from here on nothing is lost: who can't be reached hasn't begun
		for (let n = 0; n < 10; n++)
			expect((await ask(api, "POST /api/auth/logout-all")).status).toBe(401);
	});

	it("and no other one: what was read lately is still there, the rest is unavailable", async () => {
		await ask(api, "GET /api/catalog/categories");
		await cluster.signal("gateway-2", "SIGKILL");
		const kept = await ask(api, "GET /api/catalog/categories");
		expect([kept.status, kept.headers["x-cache"]]).toEqual([200, "STALE"]);
		const { status, body, headers } = await ask(api, "GET /api/cart");
		expect([status, body.code, body.title]).toEqual([
			503,
			"SERVICE_UNAVAILABLE",
			ERRORS.SERVICE_UNAVAILABLE[1]
		]);
		expect(headers["retry-after"]).toBe("2");
		cluster.command("start", "gateway");
		await until(
			async () => (await ask(api, "GET /api/cart")).status,
			s => s === 200
		);
	});

	it("speaks of what nginx refuses in the API's own words", () => {
		for (const [, status, code, title] of template.matchAll(
			/^\s+(\d{3}|default) "([A-Z_]+)\|([^"]+)";/gm
		)) {
			const known = ERRORS[code as keyof typeof ERRORS];
			expect([status, title]).toEqual([status === "default" ? "default" : `${known[0]}`, known[1]]);
		}
	});
});

describe("before one gateway", () => {
	let one: LocalCluster;
	beforeAll(async () => {
		one = await LocalCluster.start({ args: TOGETHER, env: { RATE_LIMIT: "60" } });
	});
	afterAll(() => one?.discard());

	// between replicas a change travels by event: see deploy/README.md
	it("shows what was written with the very next read, whoever reads", async () => {
		const seller = await new Client(one.state.api).signUp("seller");
		const guest = new Client(one.state.api);
		const path = `GET /api/catalog/products?seller=${seller.user!.id}&pageSize=100`;
		for (let n = 1; n <= 12; n++) {
			const { id, version } = await seller.product(1);
			expect((await guest.ask(path)).body.total).toBe(n);
			const change = { version, title: `Renamed ${n}` };
			const { status } = await seller.ask(`PATCH /api/catalog/products/${id}`, { body: change });
			expect(status).toBe(200);
			expect((await guest.ask(`GET /api/catalog/products/${id}`)).body.title).toBe(change.title);
		}
	});

	it("limits who asks too much", async () => {
		const replies = await Promise.all(
			Array.from({ length: 300 }, () => ask(one.state.api, "GET /api/auth/me"))
		);
		const refused = replies.filter(({ status }) => status === 429);
		expect(refused.length).toBeGreaterThan(50);
		expect(refused[0]!.body).toMatchObject({ code: "TOO_MANY_REQUESTS", status: 429 });
		expect(refused[0]!.headers["retry-after"]).toBe("1");
		expect((await ask(one.state.api, "GET /health/live")).status).toBe(200);
	});
});
