import type { Socket as NodeSocket } from "node:net";
import { io, type Socket } from "socket.io-client";
import RelayService from "../../services/relay/relay.service";
import { accessToken } from "../../services/session";
import type { Role } from "../../services/shared/access";
import type { Stock } from "../../services/shared/stock";
import type { Broker, Schema } from "../../services/typed";
import { cluster } from "../helpers/cluster";

const at = "2026-01-01T00:00:00.000Z";
const stock = (sku: string, version = 1): Stock => ({
	sku,
	productId: "product0001",
	available: 10 - version,
	held: 0,
	version,
	at
});
const buyer = "buyer00000001";
const seller = "seller0000001";
const rival = "seller0000002";
const orderId = "order00000001";
const sid = () => `sid-${Math.random()}`;
const tokenFor = (id: string, role: Role, session = sid()) =>
	accessToken({ id, role, sid: session });

let revoked: string[] = [];
const Inventory = {
	name: "inventory",
	actions: {
		stock: (ctx: { params: { skus: string[]; productIds: string[] } }) =>
			[...ctx.params.skus, ...ctx.params.productIds.map(() => "mug-blue")].map(sku => ({
				...stock(sku, 3),
				sold: 4,
				threshold: 5
			}))
	}
};
interface Offered {
	skus: string[];
	productIds: string[];
	viewer?: string;
}
/** Of the seller's, the draft isn't for sale. */
const Catalog = {
	name: "catalog",
	actions: {
		offered: ({ params: { skus, productIds, viewer } }: { params: Offered }) => ({
			skus: skus.filter(sku => sku !== "draft-1" || viewer === seller),
			productIds: productIds.filter(id => id !== "productdraft" || viewer === seller)
		})
	}
};
const Order = {
	name: "order",
	actions: {
		party: (ctx: { params: { id: string; userId: string } }) =>
			ctx.params.id !== orderId
				? null
				: ctx.params.userId === buyer
					? "buyer"
					: ctx.params.userId === seller
						? "seller"
						: null
	}
};
const Auth = {
	name: "auth",
	actions: { revocations: () => ({ now: Date.now(), sids: revoked }) }
};
const Narrow: Schema<"relay"> = {
	...(RelayService as object),
	name: "relay",
	actions: {},
	settings: {
		...RelayService.settings,
		limits: { perAddress: 3, packets: { perSecond: 5, burst: 10 }, sparesLocal: false }
	}
};

const { broker, urlOf } = cluster([Inventory, Catalog, Order, Auth], [RelayService]);
const narrow = cluster([Narrow]);
const sockets: Socket[] = [];
afterAll(() => sockets.forEach(socket => socket.close()));

interface Client {
	socket: Socket;
	heard: [event: string, payload: unknown][];
}
function connect(token?: unknown, url = urlOf("relay"), options: object = {}): Promise<Client> {
	const socket = io(url, {
		auth: { token },
		transports: ["websocket"],
		forceNew: true,
		reconnection: false,
		...options
	});
	sockets.push(socket);
	const heard: Client["heard"] = [];
	socket.onAny((event: string, payload) => heard.push([event, payload]));
	return new Promise((resolve, reject) =>
		socket.on("connect", () => resolve({ socket, heard })).on("connect_error", reject)
	);
}
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const until = async (holds: () => boolean, ms = 5000) => {
	const end = Date.now() + ms;
	while (!holds() && Date.now() < end) await wait(10);
	expect(holds()).toBe(true);
};
const subscribe = ({ socket }: Client, ...topics: unknown[]) =>
	socket.emitWithAck("subscribe", { topics });

describe("who is there", () => {
	it.each([
		["nonsense", "forged.token.here"],
		["an object", { $ne: null }],
		["a number", 7],
		["alg none", `${Buffer.from('{"alg":"none"}').toString("base64url")}.e30.`],
		["a changed payload", tokenFor(buyer, "buyer").replace(/\.(.{8})/, ".AAAAAAAA")]
	])("refuses %s as a token", async (_what, token) => {
		await expect(connect(token)).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
	});

	it.each([undefined, null, ""])("lets a guest in who says %p", async token => {
		const { socket } = await connect(token);
		expect(socket.connected).toBe(true);
	});

	it("speaks polling as well", async () => {
		const client = await connect(undefined, undefined, { transports: ["polling"] });
		expect(await subscribe(client, "catalog")).toEqual({ ok: true, stock: [], denied: [] });
	});

	it.each([
		["http://evil.example", false],
		["http://127.0.0.1.evil.example", false],
		["null", false]
	])("asks where a page comes from: %s", async (origin, fits) => {
		const connecting = connect(undefined, undefined, { extraHeaders: { Origin: origin } });
		await (fits ? connecting : expect(connecting).rejects.toThrow());
	});

	it("lets pages of its own address in", async () => {
		await connect(undefined, undefined, { extraHeaders: { Origin: urlOf("relay") } });
	});

	it("says how it is, and nothing else", async () => {
		const health = await fetch(`${urlOf("relay")}/health`);
		expect(health.status).toBe(200);
		expect(await health.json()).toMatchObject({
			status: "ok",
			service: "relay",
			nodes: [{ id: "node-1", uptimeS: expect.any(Number), dependencies: {} }]
		});
		expect((await fetch(`${urlOf("relay")}/`)).status).toBe(404);
		expect((await fetch(`${urlOf("relay")}/socket.io/socket.io.js`)).status).not.toBe(200);
	});
});

describe("topics", () => {
	it("answers with the stock of SKUs and products, in the public shape", async () => {
		const client = await connect();
		expect(await subscribe(client, "stock:mug-red", "product:product0001", "catalog")).toEqual({
			ok: true,
			stock: [stock("mug-red", 3), stock("mug-blue", 3)],
			denied: []
		});
	});

	it.each([
		["a guest", undefined, [`order:${orderId}`, "ops"]],
		["a stranger", () => tokenFor("buyer00000009", "buyer"), [`order:${orderId}`, "ops"]],
		["another seller", () => tokenFor(rival, "seller"), [`order:${orderId}`, "ops"]],
		[
			"anybody",
			() => tokenFor(buyer, "buyer"),
			[
				`user:${seller}`,
				`seller:${seller}`,
				`order:${orderId}:${seller}`,
				"order:",
				"stock:",
				"stock:a.b",
				"product:../x",
				"constructor",
				"__proto__",
				""
			]
		]
	])("denies %s what isn't theirs", async (_who, token, topics) => {
		const client = await connect(token?.());
		expect(await subscribe(client, ...topics)).toEqual({ ok: true, stock: [], denied: topics });
	});

	it("tells the stock of what isn't for sale to its seller only", async () => {
		const hidden = ["stock:draft-1", "product:productdraft"];
		const others = [undefined, tokenFor(buyer, "buyer"), tokenFor(rival, "seller")];
		for (const [i, token] of others.entries()) {
			const client = await connect(token);
			expect(await subscribe(client, "stock:mug-red", ...hidden)).toEqual({
				ok: true,
				stock: [stock("mug-red", 3)],
				denied: hidden
			});
			await broker.emit("stock.changed", { ...stock("draft-1", 4 + i), threshold: 5 });
			await broker.emit("stock.changed", { ...stock("mug-red", 4 + i), threshold: 5 });
			await until(() => client.heard.length > 0);
			expect(client.heard).toEqual([["stock.changed", stock("mug-red", 4 + i)]]);
			client.socket.close();
		}
		const own = await connect(tokenFor(seller, "seller"));
		expect((await subscribe(own, ...hidden)).denied).toEqual([]);
	});

	it("gives ops to admins", async () => {
		const client = await connect(tokenFor("admin00000001", "admin"));
		expect(await subscribe(client, "ops")).toEqual({ ok: true, stock: [], denied: [] });
	});

	it.each([
		undefined,
		null,
		"catalog",
		7,
		[],
		{},
		{ topics: "catalog" },
		{ topics: [1] },
		{ topics: [{ $ne: null }] },
		{ topics: ["catalog"], admin: true },
		{ topics: Array.from({ length: 101 }, (_, i) => `stock:sku-${i}`) },
		{ topics: ["x".repeat(101)] }
	])("refuses %p as a request", async payload => {
		const { socket } = await connect();
		for (const event of ["subscribe", "unsubscribe"])
			expect(await socket.emitWithAck(event, payload)).toEqual({ ok: false });
	});

	it("holds 200 topics a socket", async () => {
		const client = await connect();
		const skus = Array.from({ length: 250 }, (_, i) => `stock:sku-${i}`);
		await subscribe(client, ...skus.slice(0, 100));
		await subscribe(client, ...skus.slice(100, 200));
		const { denied } = await subscribe(client, ...skus.slice(190));
		expect(denied).toEqual(skus.slice(200));
		await client.socket.emitWithAck("unsubscribe", { topics: skus.slice(0, 1) });
		expect((await subscribe(client, skus[220])).denied).toEqual([]);
	});

	it("knows no calls, and lives through events that it doesn't know", async () => {
		const client = await connect();
		await expect(
			client.socket.timeout(200).emitWithAck("call", "$node.list", {})
		).rejects.toThrow();
		client.socket.emit("order.updated", { id: orderId });
		client.socket.emit("subscribe");
		client.socket.emit("subscribe", { topics: ["catalog"] }, "no function");
		expect(await subscribe(client, "catalog")).toMatchObject({ ok: true });
	});
});

describe("pushes", () => {
	it("sends stock to those who watch it, once each, coalesced to the newest", async () => {
		const watcher = await connect();
		const other = await connect();
		await subscribe(watcher, "stock:mug-one", "product:product0001");
		await subscribe(other, "stock:mug-two");
		for (let version = 1; version <= 9; version++)
			await broker.emit("stock.changed", stock("mug-one", version));
		await until(() => watcher.heard.length === 2);
		expect(watcher.heard).toEqual([
			["stock.changed", stock("mug-one", 1)],
			["stock.changed", stock("mug-one", 9)]
		]);
		await watcher.socket.emitWithAck("unsubscribe", {
			topics: ["stock:mug-one", "product:product0001"]
		});
		await broker.emit("stock.changed", stock("mug-one", 10));
		await wait(150);
		expect(watcher.heard).toHaveLength(2);
		expect(other.heard).toEqual([]);
	});

	it("tells the buyer the whole order, a seller the own parcel", async () => {
		const [theBuyer, theSeller, theRival, guest] = await Promise.all([
			connect(tokenFor(buyer, "buyer")),
			connect(tokenFor(seller, "seller")),
			connect(tokenFor("seller0000003", "seller")),
			connect()
		]);
		await subscribe(theBuyer, `order:${orderId}`);
		await subscribe(theSeller, `order:${orderId}`);
		await subscribe(guest, "catalog", `order:${orderId}`);
		const parcel = (sellerId: string) => ({
			id: `p-${sellerId}`,
			sellerId,
			shopName: "Shop",
			lines: [{ sku: "mug-one", quantity: 1 }],
			status: "unfulfilled" as const
		});
		await broker.emit("order.changed", {
			id: orderId,
			number: "1",
			seq: 1,
			type: "paid",
			status: "paid",
			version: 3,
			at,
			buyerId: buyer,
			total: 100,
			currency: "EUR",
			items: [],
			parcels: [parcel(seller), parcel(rival)]
		});
		const told = { id: orderId, status: "paid", version: 3 };
		await until(() => theBuyer.heard.length > 0 && theSeller.heard.length > 0);
		await wait(50);
		expect(theBuyer.heard).toEqual([
			["order.updated", { ...told, parcels: [parcel(seller), parcel(rival)] }]
		]);
		expect(theSeller.heard).toEqual([["order.updated", { ...told, parcels: [parcel(seller)] }]]);
		expect([...theRival.heard, ...guest.heard]).toEqual([]);
	});

	it("keeps drafts between us and their seller", async () => {
		const guest = await connect();
		const owner = await connect(tokenFor(seller, "seller"));
		await subscribe(guest, "catalog");
		const draft = {
			id: "product0002",
			slug: "draft",
			version: 1,
			priceFrom: 100,
			status: "draft" as const,
			sellerId: seller,
			skus: []
		};
		await broker.emit("product.created", draft);
		await until(() => owner.heard.length === 1);
		await broker.emit("product.updated", { ...draft, status: "published", version: 2 });
		await until(() => guest.heard.length === 1);
		expect(guest.heard).toEqual([
			[
				"product.updated",
				{ id: "product0002", slug: "draft", version: 2, priceFrom: 100, status: "published" }
			]
		]);
	});
});

describe("sessions", () => {
	const ended = (client: Client) =>
		until(
			() => !client.socket.connected && client.heard.some(([event]) => event === "auth.expired"),
			6000
		);

	it("cuts a socket whose session ends, at once by the event", async () => {
		const session = sid();
		const client = await connect(tokenFor(buyer, "buyer", session));
		const other = await connect(tokenFor(buyer, "buyer"));
		await broker.emit("session.revoked", { sids: [session] });
		await ended(client);
		expect(other.socket.connected).toBe(true);
		await expect(connect(tokenFor(buyer, "buyer", session))).rejects.toMatchObject({
			data: { code: "UNAUTHORIZED" }
		});
	});

	it("cuts it within five seconds when the event is lost", async () => {
		const session = sid();
		const client = await connect(tokenFor(buyer, "buyer", session));
		revoked = [session];
		await ended(client);
	});

	it("lives on with a new token of the same user", async () => {
		const session = sid();
		const client = await connect(tokenFor(seller, "seller", session));
		const refresh = (token: unknown) => client.socket.emitWithAck("auth.refresh", { token });
		expect(await refresh(tokenFor(rival, "seller"))).toEqual({ ok: false });
		expect(await refresh("forged")).toEqual({ ok: false });
		expect(await refresh(7)).toEqual({ ok: false });
		expect(await refresh(tokenFor(seller, "buyer"))).toEqual({ ok: true });
		await broker.emit("session.revoked", { sids: [session] });
		await broker.emit("stock.low", {
			sku: "mug-one",
			productId: "product0001",
			sellerId: seller,
			title: "Mug",
			available: 1,
			threshold: 5,
			version: 2
		});
		await wait(200);
		expect(client.socket.connected).toBe(true);
		expect(client.heard).toEqual([]);
	});

	it("takes no token from a guest", async () => {
		const { socket } = await connect();
		expect(await socket.emitWithAck("auth.refresh", { token: tokenFor(buyer, "buyer") })).toEqual({
			ok: false
		});
	});
});

describe("limits", () => {
	const there = () => narrow.urlOf("relay");

	it("holds so many sockets an address", async () => {
		const first = await Promise.all([1, 2, 3].map(() => connect(undefined, there())));
		await expect(connect(undefined, there())).rejects.toThrow();
		first[0]!.socket.close();
		await wait(100);
		const next = await connect(undefined, there());
		[...first, next].forEach(({ socket }) => socket.close());
		await wait(100);
	});

	it("cuts a flood, a packet too large, and stays up", async () => {
		const flood = await connect(undefined, there());
		for (let i = 0; i < 50; i++) flood.socket.emit("anything", i);
		await until(() => !flood.socket.connected);
		const large = await connect(undefined, there());
		large.socket.emit("subscribe", { topics: ["x".repeat(20_000)] });
		await until(() => !large.socket.connected);
		const client = await connect(undefined, there());
		expect(await subscribe(client, "catalog")).toMatchObject({ ok: true });
	});

	it("keeps no more than so much for a client that doesn't read", async () => {
		const id = "buyer00000077";
		const deaf = await connect(tokenFor(id, "buyer"));
		const { transport } = deaf.socket.io.engine as unknown as {
			transport: { ws: { _socket: NodeSocket } };
		};
		transport.ws._socket.pause();
		const open = async () => {
			const health = await fetch(`${urlOf("relay")}/health`);
			return ((await health.json()) as { nodes: { sockets: number }[] }).nodes[0]!.sockets;
		};
		const before = await open();
		const body = "x".repeat(100_000);
		for (let i = 0; i < 200; i++)
			await broker.emit("notification.created", {
				userId: id,
				id: "note00000001",
				kind: "sale",
				title: "Sold",
				body,
				at,
				link: "/"
			});
		const end = Date.now() + 5000;
		while ((await open()) >= before && Date.now() < end) await wait(100);
		expect(await open()).toBeLessThan(before);
	});

	it("answers even when what it needs is away", async () => {
		const client = await connect(undefined, there());
		expect(await subscribe(client, "stock:mug-one")).toEqual({ ok: false });
	});
});

it("lets go of its sockets when it stops, so that they come back elsewhere", async () => {
	const client = await connect(undefined, narrow.urlOf("relay"));
	const reason = new Promise(resolve => client.socket.on("disconnect", resolve));
	await (narrow.broker as Broker & { stop(): Promise<void> }).stop();
	expect(await reason).toBe("transport close");
	await (narrow.broker as Broker & { start(): Promise<void> }).start();
});
