import GatewayService from "../../services/gateway/gateway.service";
import { fail } from "../../services/errors";
import { accessToken } from "../../services/session";
import { cluster } from "../helpers/cluster";
import { ask, type Asked } from "../helpers/http";
import { standIn } from "../helpers/stand-ins";

/** A catalogue of which the test says what it shows, when it tells, and how long it takes. */
const shop = { version: 1, calls: 0, asked: 0, delay: 0, away: false, tells: true };
const Catalog = standIn("catalog", {
	version: () => {
		shop.asked++;
		const { version, tells, away } = shop;
		return away ? fail("SERVICE_UNAVAILABLE") : { version: String(version), tells };
	},
	categories: async () => {
		shop.calls++;
		if (shop.away) fail("SERVICE_UNAVAILABLE");
		const count = shop.version;
		await new Promise(resolve => setTimeout(resolve, shop.delay));
		return { items: [{ value: "a", label: "A", count, children: [] }] };
	},
	product: () => {
		shop.calls++;
		return fail("NOT_FOUND");
	}
});
const { broker, urlOf } = cluster([GatewayService], [Catalog]);
const http = (route: string, asked?: Asked) => ask(urlOf("gateway"), route, asked);
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const LIST = "GET /api/catalog/categories";
const count = (reply: { body: { items: { count: number }[] } }) => reply.body.items[0]!.count;
const changed = async () => {
	shop.version++;
	await broker.emit("catalog.changed", { version: String(shop.version) });
	await wait(20);
};

beforeEach(async () => {
	Object.assign(shop, { delay: 0, away: false, tells: true });
	await changed();
	Object.assign(shop, { calls: 0, asked: 0 });
});

it("keeps an answer, byte for byte, for everybody", async () => {
	const first = await http(LIST);
	expect(first.headers["cache-control"]).toBe("public, max-age=0, s-maxage=10, must-revalidate");
	const token = accessToken({ id: "buyer00000001", role: "buyer", sid: "s" });
	for (const asked of [
		{},
		{ token },
		{ headers: { Cookie: "guest_cart=x" } },
		{ token: "forged" }
	]) {
		const next = await http(LIST, asked);
		expect(next).toMatchObject({ status: 200, text: first.text });
		expect(next.headers.etag).toBe(first.headers.etag);
		expect(next.headers["set-cookie"]).toBeUndefined();
		expect(next.headers["x-request-id"]).not.toBe(first.headers["x-request-id"]);
	}
	expect(shop.calls).toBe(1);
	const etag = first.headers.etag as string;
	expect(await http(LIST, { headers: { "If-None-Match": etag } })).toMatchObject({
		status: 304,
		text: ""
	});
	const head = await http(LIST.replace("GET", "HEAD"));
	expect(head).toMatchObject({ status: 200, text: "" });
	expect(head.headers["content-length"]).toBe(String(Buffer.byteLength(first.text)));
	expect(shop.calls).toBe(1);
});

it("is fresh right after a change that was announced", async () => {
	for (let i = 0; i < 20; i++) {
		expect(count(await http(LIST))).toBe(shop.version);
		await changed();
	}
});

it("never keeps what was computed before a change", async () => {
	shop.delay = 150;
	const early = http(LIST);
	await wait(50);
	await changed();
	shop.delay = 0;
	expect(count(await http(LIST))).toBe(shop.version);
	await early;
	expect(count(await http(LIST))).toBe(shop.version);
});

it("makes one call for all who ask at once, also when it changes meanwhile", async () => {
	await http(LIST);
	await changed();
	Object.assign(shop, { delay: 100, calls: 0 });
	const asked = Array.from({ length: 30 }, () => http(LIST));
	await wait(50);
	await changed();
	const later = Array.from({ length: 30 }, () => http(LIST));
	await Promise.all(asked);
	for (const reply of await Promise.all(later)) expect(count(reply)).toBe(shop.version);
	expect(shop.calls).toBe(2);
});

it("notices within two seconds a change whose announcement was lost", async () => {
	await http(LIST);
	shop.version++;
	const lost = Date.now();
	while (count(await http(LIST)) !== shop.version) await wait(20);
	expect(Date.now() - lost).toBeLessThan(2500);
	expect(shop.asked).toBeLessThan(5);
});

it("keeps nothing of a catalogue that doesn't know yet that it listens", async () => {
	shop.tells = false;
	await wait(2100); // by then the last word is stale
	for (let i = 0; i < 5; i++) {
		expect(count(await http(LIST))).toBe(shop.version);
		shop.version++;
	}
	expect(shop.asked).toBeLessThan(4);
	shop.tells = true;
	await wait(600);
	shop.calls = 0;
	for (let i = 0; i < 3; i++) expect(count(await http(LIST))).toBe(shop.version);
	expect(shop.calls).toBe(1);
});

it("doesn't outlive the catalogue", async () => {
	await http(LIST);
	shop.away = true;
	const end = Date.now() + 4000;
	let reply = await http(LIST);
	while (reply.status === 200 && Date.now() < end) {
		await wait(50);
		reply = await http(LIST);
	}
	expect(reply).toMatchObject({ status: 503, body: { code: "SERVICE_UNAVAILABLE" } });
	shop.away = false;
	expect(await http(LIST)).toMatchObject({ status: 200 });
});

it("keeps no errors, and no queries that aren't the contract's", async () => {
	for (let i = 0; i < 2; i++) {
		expect((await http("GET /api/catalog/products/none")).status).toBe(404);
		expect((await http(`${LIST}?x=1`)).status).toBe(422);
	}
	expect(shop.calls).toBe(2);
});
