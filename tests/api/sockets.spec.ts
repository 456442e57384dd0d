import type { Order, Product } from "../helpers/client";
import { CheckedClient } from "../helpers/client-checked";
import { shapeFindings } from "../helpers/client-conventions";
import { ShopProcess } from "../helpers/process";
import { until } from "../helpers/shop";
import { Listener } from "../helpers/sockets";
import { target, type Target } from "../helpers/target";

let shop: Target;
let buyer: CheckedClient;
let seller: CheckedClient;
let rival: CheckedClient;
const open: Listener[] = [];
const client = () => new CheckedClient(shop.baseUrl);
const skuOf = (product: Product) => product.variants[0]!.sku;
const adjust = (sku: string, delta: number, by = seller) =>
	by.must(`POST /api/seller/stock/${sku}/adjust`, { body: { delta, reason: "correction" } });
async function connect(who?: CheckedClient | unknown): Promise<Listener> {
	const token = who instanceof CheckedClient ? who.token : who;
	const listener = await Listener.connect(shop.relayUrl, token);
	open.push(listener);
	return listener;
}
/** So long a message that must not come is waited for. */
const silence = () => new Promise(resolve => setTimeout(resolve, 300));
const keysOf = (payload: object) => Object.keys(payload).sort();
const STOCK = ["at", "available", "held", "productId", "sku", "version"];

beforeAll(async () => {
	shop = await target();
	rival = await client().signUp("seller");
});
beforeEach(async () => {
	[buyer, seller] = await Promise.all([client().signUp(), client().signUp("seller")]);
});
afterEach(() => {
	const heard = open.flatMap(listener => listener.heard);
	for (const listener of open.splice(0)) listener.close();
	expect(heard.flatMap(({ event, payload }) => shapeFindings(payload, event))).toEqual([]);
});
afterAll(() => shop?.discard());

describe("the handshake", () => {
	it("lets a guest in, and whoever has a token", async () => {
		expect((await connect()).socket.connected).toBe(true);
		expect((await connect(buyer)).socket.connected).toBe(true);
	});

	it.each([
		["nonsense", "not.a.token"],
		["a number", 7],
		["an object", { $ne: null }],
		["no signature", `${Buffer.from('{"alg":"none"}').toString("base64url")}.e30.`]
	])("refuses %s with a code", async (_what, token) => {
		await expect(connect(token)).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
	});

	it("refuses the token of a session that has ended", async () => {
		const { token } = buyer;
		expect(await buyer.outcome("POST /api/auth/logout")).toBe("204");
		await until(
			() =>
				Listener.connect(shop.relayUrl, token).then(
					listener => listener.close(),
					(err: { data?: { code: string } }) => err.data?.code
				),
			code => code === "UNAUTHORIZED",
			5000
		);
	});
});

describe("subscribing", () => {
	it("brings a snapshot of the stock that was asked for, and later changes", async () => {
		const product = await seller.product(5);
		const sku = skuOf(product);
		const guest = await connect();
		const { ok, stock, denied } = await guest.subscribe(`stock:${sku}`);
		expect([ok, denied, stock.length]).toEqual([true, [], 1]);
		expect(keysOf(stock[0]!)).toEqual(STOCK);
		expect(stock[0]).toMatchObject({ sku, productId: product.id, available: 5, held: 0 });

		await adjust(sku, 2);
		const changed = await guest.next("stock.changed");
		expect(keysOf(changed)).toEqual(STOCK);
		expect(changed).toMatchObject({ sku, productId: product.id, available: 7, held: 0 });
		expect(changed.version).toBeGreaterThan(stock[0]!.version);
		const [now] = (await guest.subscribe(`stock:${sku}`)).stock;
		expect(now).toEqual(await buyer.stock(sku));
	});

	it("to a product brings the stock of all its SKUs, and its changes", async () => {
		const product = await seller.product(5);
		const guest = await connect();
		const { stock } = await guest.subscribe(`product:${product.id}`);
		expect(stock.map(({ sku }) => sku)).toEqual([skuOf(product)]);
		await adjust(skuOf(product), -1);
		expect(await guest.next("stock.changed")).toMatchObject({ available: 4 });
		await seller.must(`PATCH /api/catalog/products/${product.id}`, {
			body: { version: product.version, title: "Another title" }
		});
		expect((await guest.next("product.updated")).id).toBe(product.id);
	});

	it("is denied where it isn't one's own or isn't known, topic by topic", async () => {
		const { body: order } = await buyer.place([
			{ sku: skuOf(await seller.product(5)), quantity: 1 }
		]);
		const topics = [`order:${order.id}`, "ops", "user", `user:${buyer.user!.id}`, "nonsense", ""];
		for (const who of [undefined, rival, await client().signUp()]) {
			const listener = await connect(who);
			const { ok, denied } = await listener.subscribe("catalog", ...topics);
			expect([ok, denied.sort()]).toEqual([true, [...topics].sort()]);
		}
		for (const who of [buyer, seller]) {
			const listener = await connect(who);
			expect((await listener.subscribe(`order:${order.id}`)).denied).toEqual([]);
		}
		const sellers = `seller:${seller.user!.id}`;
		expect((await (await connect(rival)).subscribe(sellers)).denied).toEqual([sellers]);
	});

	it("of an unknown SKU is no snapshot", async () => {
		const { ok, stock } = await (await connect()).subscribe("stock:no-such-sku");
		expect([ok, stock]).toEqual([true, []]);
	});

	it("ends with unsubscribing", async () => {
		const sku = skuOf(await seller.product(5));
		const [leaving, staying] = [await connect(), await connect()];
		await leaving.subscribe(`stock:${sku}`);
		await staying.subscribe(`stock:${sku}`);
		expect(await leaving.ask("unsubscribe", { topics: [`stock:${sku}`] })).toEqual({ ok: true });
		await adjust(sku, 1);
		await staying.next("stock.changed", ({ available }) => available === 6);
		await silence();
		expect(leaving.all("stock.changed")).toEqual([]);
	});

	it("takes odd requests for what they are, and lives on", async () => {
		const guest = await connect();
		for (const odd of [null, "catalog", { topics: "catalog" }, { topics: [7] }, {}, { more: 1 }])
			expect(await guest.ask("subscribe", odd)).toMatchObject({ ok: false });
		guest.socket.emit("call", "order.place", {});
		guest.socket.emit("stock.changed", { sku: "forged", available: 1 });
		expect((await guest.subscribe("catalog")).ok).toBe(true);
	});
});

describe("stock.changed", () => {
	it("only grows in version, and ends at what is true", async () => {
		const sku = skuOf(await seller.product(100));
		const guest = await connect();
		const { stock } = await guest.subscribe(`stock:${sku}`);
		await Promise.all(Array.from({ length: 30 }, () => adjust(sku, -1)));
		await guest.next("stock.changed", ({ available }) => available === 70);
		const versions = [stock[0]!, ...guest.all("stock.changed")].map(({ version }) => version);
		expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
	});

	it("tells of holds and sales", async () => {
		const sku = skuOf(await seller.product(5));
		const guest = await connect();
		await guest.subscribe(`stock:${sku}`);
		const { body } = await buyer.place([{ sku, quantity: 2 }]);
		await guest.next("stock.changed", ({ available, held }) => available === 3 && held === 2);
		await buyer.pay(body.id);
		await guest.next("stock.changed", ({ available, held }) => available === 3 && held === 0);
	});
});

describe("products", () => {
	it("are told of to whoever looks at the catalogue", async () => {
		const guest = await connect();
		await guest.subscribe("catalog");
		const product = await seller.product(5, 1234);
		const { id, slug } = product;
		const created = await guest.next("product.created", payload => payload.id === id);
		expect(created).toEqual({
			id,
			slug,
			version: product.version,
			priceFrom: 1234,
			status: "published"
		});
		const { version } = await seller.must<Product>(`PATCH /api/catalog/products/${id}`, {
			body: { version: product.version, variants: [{ sku: skuOf(product), price: 999 }] }
		});
		const updated = await guest.next(
			"product.updated",
			payload => payload.id === id && payload.version >= version
		);
		expect(updated).toEqual({ id, slug, version, priceFrom: 999, status: "published" });
		expect(await seller.outcome(`DELETE /api/catalog/products/${id}`)).toBe("204");
		const archived = await guest.next("product.archived", payload => payload.id === id);
		expect(keysOf(archived)).toEqual(["id", "priceFrom", "slug", "status", "version"]);
		expect(archived).toMatchObject({ id, status: "archived" });
	});

	it("that are drafts are told of to their seller only", async () => {
		const [guest, own] = [await connect(), await connect(seller)];
		await guest.subscribe("catalog");
		const { id } = await seller.must<Product>("POST /api/catalog/products", {
			body: {
				title: "A draft",
				category: "things",
				status: "draft",
				variants: [{ price: 1, stock: 1 }]
			}
		});
		await own.next("product.created", payload => payload.id === id);
		await silence();
		expect(guest.all("product.created").filter(payload => payload.id === id)).toEqual([]);
	});
});

describe("what belongs to somebody", () => {
	it("cart.changed comes to the cart's owner when stock or price moves under it", async () => {
		const product = await seller.product(5);
		const sku = skuOf(product);
		const [own, other] = [await connect(buyer), await connect(rival)];
		await buyer.putInCart(sku, 4);
		await adjust(sku, -3);
		const short = await own.next("cart.changed", ({ problems }) => problems.length > 0);
		expect(keysOf(short)).toEqual(["problems", "version"]);
		expect(short.problems).toEqual([{ sku, problem: "INSUFFICIENT_STOCK" }]);
		await seller.must(`PATCH /api/catalog/products/${product.id}`, {
			body: { version: product.version, variants: [{ sku, price: 1 }] }
		});
		await adjust(sku, 5);
		await own.next("cart.changed", ({ problems }) => problems[0]?.problem === "PRICE_CHANGED");
		expect(other.all("cart.changed")).toEqual([]);
	});

	it("order.updated comes to buyer and sellers, to a seller with the own parcels only", async () => {
		const [mine, theirs] = [await seller.product(5), await rival.product(5)];
		const [byer, sells, rivals] = [
			await connect(buyer),
			await connect(seller),
			await connect(rival)
		];
		const uninvolved = await connect(await client().signUp("seller"));
		const { body: order } = await buyer.place([
			{ sku: skuOf(mine), quantity: 1 },
			{ sku: skuOf(theirs), quantity: 2 }
		]);
		await buyer.pay(order.id);
		const isPaid = ({ id, status }: { id: string; status: string }) =>
			id === order.id && status === "paid";
		const whole = await byer.next("order.updated", isPaid);
		expect(keysOf(whole)).toEqual(["id", "parcels", "status", "version"]);
		expect(whole.parcels).toEqual((await buyer.must<Order>(`GET /api/orders/${order.id}`)).parcels);
		const part = await sells.next("order.updated", isPaid);
		expect(keysOf(part)).toEqual(["id", "parcels", "status", "version"]);
		expect(part.parcels).toEqual(
			order.parcels.filter(({ sellerId }) => sellerId === seller.user!.id)
		);
		await rivals.next("order.updated", isPaid);
		for (const { payload } of sells.heard)
			expect(JSON.stringify(payload)).not.toContain(rival.user!.id);
		for (const { payload } of rivals.heard)
			expect(JSON.stringify(payload)).not.toContain(seller.user!.id);
		expect(uninvolved.all("order.updated")).toEqual([]);

		const versions = byer.all("order.updated").map(({ version }) => version);
		expect(versions).toEqual([...versions].sort((a, b) => a - b));
		await until(
			() => seller.outcome(`POST /api/seller/orders/${order.id}/ship`, { body: {} }),
			outcome => outcome === "200"
		);
		await byer.next(
			"order.updated",
			({ parcels }) => parcels.filter(({ status }) => status === "shipped").length === 1
		);
	});

	it("stock.low and stock.out come to the seller, once a crossing", async () => {
		const product = await seller.product(8);
		const sku = skuOf(product);
		const [own, other] = [await connect(seller), await connect(rival)];
		await adjust(sku, -3);
		const low = await own.next("stock.low");
		expect(low).toEqual({ sku, productId: product.id, available: 5, threshold: 5 });
		await adjust(sku, -1);
		await adjust(sku, -4);
		expect(await own.next("stock.out")).toEqual({
			sku,
			productId: product.id,
			available: 0,
			threshold: 5
		});
		await silence();
		expect([own.all("stock.low").length, own.all("stock.out").length]).toEqual([1, 1]);
		expect(other.all("stock.low")).toEqual([]);
	});

	it("notification.created comes to its reader", async () => {
		const sku = skuOf(await seller.product(50));
		const [byer, sells] = [await connect(buyer), await connect(seller)];
		const { body: order } = await buyer.place([{ sku, quantity: 1 }]);
		await buyer.pay(order.id);
		for (const [listener, reader] of [
			[byer, buyer],
			[sells, seller]
		] as const) {
			const told = await listener.next("notification.created");
			const { link, ...documented } = told;
			expect(keysOf(documented)).toEqual(["at", "body", "id", "kind", "title"]);
			expect(link).toMatch(/^\//);
			const list = (await reader.ask("GET /api/notifications")).body.items;
			expect(list).toContainEqual({ ...told, read: false });
		}
	});
});

describe("a session at a socket", () => {
	it("is renewed by a token of the same user", async () => {
		const listener = await connect(buyer);
		const { accessToken } = (await buyer.ask("POST /api/auth/refresh")).body;
		expect(await listener.ask("auth.refresh", { token: accessToken })).toEqual({ ok: true });
		for (const token of [rival.token, "nonsense", "", null, 7, undefined])
			expect(await listener.ask("auth.refresh", { token })).toMatchObject({ ok: false });
		const guest = await connect();
		expect(await guest.ask("auth.refresh", { token: buyer.token })).toMatchObject({ ok: false });
	});

	it("ends with auth.expired within 5 s of logging out, and nobody else's does", async () => {
		const [ending, other] = [await connect(buyer), await connect(rival)];
		const since = Date.now();
		expect(await buyer.outcome("POST /api/auth/logout")).toBe("204");
		await ending.next("auth.expired");
		await ending.next("disconnect");
		expect(Date.now() - since).toBeLessThan(5000);
		expect(other.socket.connected).toBe(true);
	});

	it("ends as well when the password is changed elsewhere", async () => {
		const elsewhere = client();
		const { email } = buyer.user!;
		const body = { email, password: "correct horse battery" };
		const session = await elsewhere.must<{ accessToken: string }>("POST /api/auth/login", { body });
		elsewhere.token = session.accessToken;
		const [here, there] = [await connect(buyer), await connect(elsewhere)];
		const change = { currentPassword: "correct horse battery", newPassword: "another horse" };
		expect(await elsewhere.outcome("POST /api/auth/password", { body: change })).toBe("204");
		await here.next("auth.expired");
		expect(there.socket.connected).toBe(true);
	});
});

/** An admin is made by a script on the shop's own machine. */
it("lets an admin hear ops", async () => {
	const own = await ShopProcess.start();
	try {
		const [email, password] = ["admin@test.example", "correct horse battery"];
		await own.call("auth.open", { email, password, name: "Admin", role: "admin" });
		const admin = new CheckedClient(own.baseUrl);
		const { body } = await admin.ask("POST /api/auth/login", { body: { email, password } });
		expect(body.user.role).toBe("admin");
		const listener = await Listener.connect(own.relayUrl, body.accessToken);
		expect(await listener.subscribe("ops")).toEqual({ ok: true, stock: [], denied: [] });
		listener.close();
	} finally {
		await own.discard();
	}
});
