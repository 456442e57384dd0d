import { randomUUID } from "node:crypto";
import type { Result } from "@shared/contract";
import { Client, times, type Order, type Product, type Told } from "../helpers/client";
import { until } from "../helpers/shop";
import { target, type Target } from "../helpers/target";

const BUYERS = 200;
const UNITS = 50;

interface Try {
	buyer: Client;
	key: string;
	/** The two answers to the double click. */
	placed: [Told<Order>, Told<Order>];
}

let shop: Target;
let seller: Client;
let product: Product;
let tries: Try[];
/** Buyers whose card was refused first: about three in ten. */
let declines = 0;
const sku = () => product.variants[0]!.sku;
const tryPay = (client: Client, id: string, token: string) =>
	Promise.all([client.pay(id, token), client.pay(id, token)]);

/** Until the shop doesn't say "the same request is still being worked on" any more. */
const answered = (buyer: Client, key: string) =>
	until(
		() => buyer.place([{ sku: sku(), quantity: 1 }], key),
		({ text }) => !text.includes("IDEMPOTENCY_IN_PROGRESS")
	);
const codesOf = (replies: Told<unknown>[]) =>
	replies.map(({ status, text }) => `${status} ${(JSON.parse(text) as { code?: string }).code}`);
/** An error's body but for the id of the request that met it. */
const contentOf = ({ status, text }: Told<unknown>) => ({
	status,
	text: status < 400 ? text : text.replace(/"requestId":"[^"]*"/, "")
});

beforeAll(async () => {
	shop = await target();
	seller = await new Client(shop.baseUrl).signUp("seller");
	product = await seller.product(UNITS);
	const buyers = await times(BUYERS, () => new Client(shop.baseUrl).signUp());

	tries = await Promise.all(
		buyers.map(async buyer => {
			const key = randomUUID();
			const placed = await Promise.all([answered(buyer, key), answered(buyer, key)]);
			const won = placed.find(({ status }) => status === 201);
			if (won) {
				if (Number.parseInt(key[0]!, 16) < 5) {
					declines++;
					expect(codesOf(await tryPay(buyer, won.body.id, "tok_declined"))).toEqual([
						"402 PAYMENT_DECLINED",
						"402 PAYMENT_DECLINED"
					]);
				}
				const paid = await tryPay(buyer, won.body.id, "tok_ok");
				expect(paid.map(({ status, body }) => [status, body.status])).toEqual([
					[200, "paid"],
					[200, "paid"]
				]);
			}
			return { buyer, key, placed };
		})
	);
});
afterAll(() => shop?.discard());

const winners = () => tries.filter(({ placed }) => placed[0].status === 201);
const losers = () => tries.filter(({ placed }) => placed[0].status !== 201);

describe("200 buyers at once for 50 units, each clicking twice", () => {
	it("sells exactly 50, and tells the others that it is sold out", async () => {
		expect(winners()).toHaveLength(UNITS);
		expect(declines).toBeGreaterThan(0);
		const refusals = losers().flatMap(({ placed }) => codesOf(placed));
		expect(refusals).toEqual(Array(2 * (BUYERS - UNITS)).fill("409 OUT_OF_STOCK"));
		expect(await seller.stock(sku())).toMatchObject({ available: 0, held: 0 });
		const { totals } = await until(
			() => seller.must<Result<"sales.dashboard">>("GET /api/seller/dashboard?interval=day"),
			({ totals }) => totals.units >= UNITS
		);
		expect(totals).toMatchObject({ units: UNITS, orders: UNITS, revenue: UNITS * 1000 });
	});

	it("makes one order of a key, whatever was clicked how often", async () => {
		const lists = await times(BUYERS, n => tries[n]!.buyer.orders());
		expect(new Set(lists.map(({ total }) => total))).toEqual(new Set([1]));
		const statuses = lists.map(({ items }) => items[0]!.status);
		expect(statuses.filter(status => status === "paid")).toHaveLength(UNITS);
		expect(statuses.filter(status => status === "rejected")).toHaveLength(BUYERS - UNITS);
		expect(new Set(lists.map(({ items }) => items[0]!.id)).size).toBe(BUYERS);
	});

	it("answers the second click, and any later one, with the first one's answer", async () => {
		const later = await times(BUYERS, n => answered(tries[n]!.buyer, tries[n]!.key));
		for (const [n, { placed }] of tries.entries()) {
			const first = contentOf(placed[0]);
			expect(contentOf(placed[1])).toEqual(first);
			expect(contentOf(later[n]!)).toEqual(first);
		}
		const replayed = ({ headers }: Told<unknown>) => headers["idempotency-replayed"];
		for (const { placed } of winners()) expect(placed.map(replayed)).toContain("true");
		for (const [n, { placed }] of tries.entries())
			if (placed[0].status === 201) expect(replayed(later[n]!)).toBe("true");
	});

	it("leaves a ledger that adds up, and every invariant true", async () => {
		expect(await shop.verify()).toEqual([]);
		const { total, items } = await seller.must<Result<"inventory.movements">>(
			`GET /api/seller/stock/${sku()}/movements?pageSize=100`
		);
		expect(total).toBe(1 + 2 * UNITS);
		expect(items[0]).toMatchObject({ available: 0, held: 0, sold: UNITS, version: total });
	});
});
