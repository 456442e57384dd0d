import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Result } from "@shared/contract";
import type { Stock } from "@shared/stock";
import { io, type Socket } from "socket.io-client";
import { Client, times, type Order, type Product, type Told } from "../helpers/client";
import { History } from "../helpers/history";
import { chance, Kills } from "../helpers/kills";
import { ShopProcess } from "../helpers/process";
import { until } from "../helpers/shop";
import { findingsOf } from "../helpers/target";

const KILLS = Number(process.env.KILLS ?? 12);
const SEED = Number(process.env.KILL_SEED ?? 20_261_122);
const BUYERS = 200;
const UNITS = 50;
/** The seller brings the units bit by bit, so that there is something to sell in every life of the process. */
const LOTS = 10;

interface Purchase {
	buyer: Client;
	order: Order;
}

/** What a browser with the product open sees, through every death of the shop. */
class Watcher {
	connects = 0;
	/** The newest version seen: what the page shows. */
	shown: Stock | undefined;
	/** Snapshots older than what was shown when a life began: a former one had told what it then lost. */
	readonly lost: Stock[] = [];
	/** The version shown at the end of the former life. A push of this one may overtake its own snapshot. */
	private former = 0;
	private readonly socket: Socket;

	constructor(
		url: string,
		private readonly sku: string
	) {
		this.socket = io(url, {
			transports: ["websocket"],
			reconnectionDelay: 50,
			reconnectionDelayMax: 200
		});
		this.socket.on("stock.changed", (stock: Stock) => this.see(stock));
		this.socket.on("connect", () => {
			this.connects++;
			this.former = this.shown?.version ?? 0;
			this.subscribe();
		});
	}
	private subscribe() {
		const topics = [`stock:${this.sku}`];
		this.socket.emit("subscribe", { topics }, ({ ok, stock }: { ok: boolean; stock: Stock[] }) => {
			if (ok && stock[0]!.version < this.former) this.lost.push(stock[0]!);
			if (ok) this.see(stock[0]!);
			// the relay is there before the inventory is
			else setTimeout(() => this.socket.connected && this.subscribe(), 100);
		});
	}
	private see(stock: Stock) {
		if (stock.version > (this.shown?.version ?? 0)) this.shown = stock;
	}
	close() {
		this.socket.close();
	}
}

const random = chance(SEED);
const history = new History();
let shop: ShopProcess;
let kills: Kills;
let seller: Client;
let product: Product;
let watcher: Watcher;
let purchases: Purchase[];
const sku = () => product.variants[0]!.sku;

/** Orders with one key until there is an answer, twice at once. */
async function place(buyer: Client): Promise<Told<Order>> {
	const key = randomUUID();
	const click = () =>
		history.settle("place", key, () => buyer.place([{ sku: sku(), quantity: 1 }], key));
	const [reply, again] = await Promise.all([click(), click()]);
	expect(again.status).toBe(reply.status);
	return reply;
}
async function pay(buyer: Client, { id }: Order): Promise<void> {
	const with_ = (token: string) => history.settle("pay", id, () => buyer.pay(id, token));
	if (random.isSo(0.3)) expect((await with_("tok_declined")).status).toBe(402);
	const [reply] = await Promise.all([with_("tok_ok"), with_("tok_ok")]);
	expect(reply.body).toMatchObject({ status: "paid" });
}
/** Comes by at some moments of the sale until something is left; at the end at the latest. */
async function shopAround(buyer: Client): Promise<Purchase | null> {
	const visits = [random.whole(0, KILLS - 1), random.whole(0, KILLS - 1)].sort((a, b) => a - b);
	for (const round of [...visits, KILLS]) {
		await kills.until(round);
		// all through the life of the process, not only at its start
		await sleep(random.whole(0, 700));
		const { status, body: order } = await place(buyer);
		if (status === 409) continue;
		await kills.until(Math.min(KILLS, kills.round + random.whole(0, 2)));
		await pay(buyer, order);
		return { buyer, order };
	}
	return null;
}
async function restock(): Promise<void> {
	for (let lot = 0; lot < LOTS; lot++) {
		await kills.until(Math.floor((lot * KILLS) / LOTS));
		const body = { delta: UNITS / LOTS, reason: "received", operationId: `lot${lot}-${sku()}` };
		const { status } = await history.settle("restock", body.operationId, () =>
			seller.ask(`POST /api/seller/stock/${sku()}/adjust`, { body })
		);
		expect(status).toBe(200);
	}
}

beforeAll(async () => {
	shop = await ShopProcess.start();
	kills = new Kills(shop, chance(SEED + 1));
	seller = await new Client(shop.baseUrl).signUp("seller");
	product = await seller.product(0);
	const buyers = await times(BUYERS, () => new Client(shop.baseUrl).signUp());
	watcher = new Watcher(shop.relayUrl, sku());

	const bought = Promise.all(buyers.map(shopAround));
	await Promise.all([kills.run(KILLS, () => history.underWay > 0), restock(), bought]);
	purchases = (await bought).flatMap(purchase => purchase ?? []);
}, 120_000);
afterAll(async () => {
	watcher?.close();
	await shop?.discard();
});

describe(`200 buyers for 50 units under ${KILLS} kill -9 (KILL_SEED=${SEED})`, () => {
	it("was killed, and clients were cut off in the middle", () => {
		expect(kills.ends).toEqual(Array(KILLS).fill({ code: null, signal: "SIGKILL" }));
		expect(kills.pids.size).toBe(KILLS);
		expect(history.unanswered().length).toBeGreaterThan(0);
		expect(watcher.connects).toBeGreaterThan(KILLS / 2);
	});

	it("sold exactly 50, each to one buyer", async () => {
		expect(purchases).toHaveLength(UNITS);
		const { total } = await seller.must<Result<"order.incoming">>("GET /api/seller/orders");
		expect(total).toBe(UNITS);
		expect(await seller.stock(sku())).toMatchObject({ available: 0, held: 0 });
	});

	it("has everything that was acknowledged, after the last start", async () => {
		const paid = new Set(history.acknowledged("pay").map(({ key }) => key));
		expect(paid.size).toBe(UNITS);
		for (const { buyer, order } of purchases) {
			const kept = await buyer.must<Order>(`GET /api/orders/${order.id}`);
			expect(paid).toContain(order.id);
			expect(kept).toMatchObject({ status: "paid", items: order.items, total: order.total });
		}
	});

	it("made one order of a key, and always gave the same answer to it", async () => {
		const answers = new Map<string, Set<string>>();
		for (const { key, body } of history.acknowledged("place"))
			answers.set(key, (answers.get(key) ?? new Set()).add(body));
		expect(answers.size).toBe(UNITS);
		for (const bodies of answers.values()) expect(bodies.size).toBe(1);
		const ids = purchases.map(({ order }) => order.id);
		expect(new Set(ids).size).toBe(UNITS);
		for (const { buyer, order } of purchases) {
			const { items } = await buyer.orders();
			const live = items.filter(({ status }) => status !== "rejected");
			expect(live.map(({ id }) => id)).toEqual([order.id]);
		}
	});

	it("leaves every invariant true, and a ledger whose sums are the stock", async () => {
		expect(
			await until(
				() => findingsOf(shop),
				findings => findings.length === 0
			)
		).toEqual([]);
		const movements = `GET /api/seller/stock/${sku()}/movements?pageSize=100`;
		const pages = await times(2, n =>
			seller.must<Result<"inventory.movements">>(`${movements}&page=${n + 1}`)
		);
		const counted: Record<string, number> = {};
		for (const { kind, quantity } of pages.flatMap(({ items }) => items))
			counted[kind] = (counted[kind] ?? 0) + quantity;
		expect(counted).toEqual({ initial: 0, restock: UNITS, reserve: UNITS, commit: UNITS });
	});

	it("told a watcher nothing that it then lost, and in the end the store's state", async () => {
		const stock = await seller.stock(sku());
		await until(() => watcher.shown?.version === stock.version);
		expect(watcher.shown).toEqual(stock);
		expect(watcher.lost).toEqual([]);
	});
});
