import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { disconnect, live, useCatchUp, useLive, useTopics } from "@common/live";
import { useStock } from "@common/stock.store";
import type { Stock } from "@shared/stock";
import { createPinia, setActivePinia } from "pinia";
import { Server, type Socket } from "socket.io";
import { effectScope, nextTick, ref, type EffectScope } from "vue";

// A relay of our own making, as small as it gets, over real sockets.
let http: HttpServer;
let relay: Server;
const sockets: Socket[] = [];
let asked: [event: string, topics: string[]][] = [];
const scopes: EffectScope[] = [];
const snapshot: Stock = {
	sku: "mug-red",
	productId: "mugmugmug",
	available: 7,
	held: 0,
	version: 4,
	at: "2026-11-22T10:00:00.000Z"
};

const until = async (what: () => unknown) => {
	for (let i = 0; i < 300 && !what(); i++) await new Promise(resolve => setTimeout(resolve, 20));
	expect(what()).toBeTruthy();
};
const scoped = (work: () => void) => {
	const scope = effectScope(true);
	scopes.push(scope);
	scope.run(work);
	return scope;
};

beforeAll(async () => {
	http = createServer();
	relay = new Server(http);
	relay.on("connection", socket => {
		sockets.push(socket);
		for (const event of ["subscribe", "unsubscribe"])
			socket.on(event, ({ topics }: { topics: string[] }, ack: (answer: object) => void) => {
				asked.push([event, topics]);
				ack({
					ok: true,
					stock: topics.includes("product:mugmugmug") ? [snapshot] : [],
					denied: []
				});
			});
	});
	await new Promise<void>(resolve => http.listen(0, resolve));
	Object.assign(globalThis, {
		__WS_URL__: `http://127.0.0.1:${(http.address() as AddressInfo).port}`
	});
	setActivePinia(createPinia());
});
afterEach(() => scopes.splice(0).forEach(scope => scope.stop()));
afterAll(async () => {
	disconnect();
	await relay.close();
});

it("asks for a topic once, however many listen, takes the snapshot, and leaves with the last", async () => {
	const heard: number[] = [];
	const listen = () =>
		useLive("stock.changed", ({ available }) => heard.push(available), "product:mugmugmug");
	const [one, two] = [scoped(listen), scoped(listen)];
	await until(() => asked.length);
	expect(asked).toEqual([["subscribe", ["product:mugmugmug"]]]);
	expect(live.connected.value).toBe(true);
	await until(() => useStock().of("mug-red")?.version === 4);

	relay.emit("stock.changed", { ...snapshot, available: 3, version: 5 });
	await until(() => heard.length === 2);
	one.stop();
	relay.emit("stock.changed", { ...snapshot, available: 2, version: 6 });
	await until(() => heard.length === 3);
	expect(heard).toEqual([3, 3, 2]);
	expect(useStock().of("mug-red")).toMatchObject({ available: 2, version: 6 });

	two.stop();
	await until(() => asked.length === 2);
	expect(asked[1]).toEqual(["unsubscribe", ["product:mugmugmug"]]);
});

it("follows topics that change, and keeps what stays", async () => {
	asked = [];
	const ids = ref(["aaaaaaaa", "bbbbbbbb"]);
	scoped(() => useTopics(() => ids.value.map(id => `product:${id}` as const)));
	await until(() => asked.length === 1);
	ids.value = ["bbbbbbbb", "cccccccc"];
	await nextTick();
	await until(() => asked.length === 3);
	expect(asked).toEqual([
		["subscribe", ["product:aaaaaaaa", "product:bbbbbbbb"]],
		["unsubscribe", ["product:aaaaaaaa"]],
		["subscribe", ["product:cccccccc"]]
	]);
});

it("asks again for everything after a lost connection, and tells the pages to catch up", async () => {
	let caughtUp = 0;
	scoped(() => {
		useTopics("order:abcdefgh");
		useCatchUp(() => caughtUp++);
	});
	await until(() => asked.some(([, topics]) => topics.includes("order:abcdefgh")));
	asked = [];
	const lost = Date.now();
	for (const socket of sockets) socket.disconnect(true);
	await until(() => !live.connected.value);
	expect(live.since.value).toBeGreaterThanOrEqual(lost);
	await until(() => asked.length);
	expect(asked).toEqual([["subscribe", ["order:abcdefgh"]]]);
	expect(caughtUp).toBe(1);
}, 15_000);

it("hears of each of many products that come in one message", async () => {
	const heard: string[] = [];
	scoped(() => {
		useLive("product.created", ({ id }) => heard.push(`created ${id}`), "catalog");
		useLive("product.updated", ({ id }) => heard.push(`updated ${id}`));
	});
	await until(() => live.connected.value);
	relay.emit("products.changed", {
		items: [
			{ id: "a", as: "created" },
			{ id: "b", as: "updated" },
			{ id: "c", as: "archived" }
		]
	});
	await until(() => heard.length);
	expect(heard.toSorted()).toEqual(["created a", "updated b"]);
});
