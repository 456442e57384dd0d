import type { Result } from "@shared/contract";
import { chance } from "../helpers/kills";
import { Client, times, type Product } from "../helpers/client";
import { ShopProcess } from "../helpers/process";
import { until } from "../helpers/shop";
import { findingsOf } from "../helpers/target";

type Bulk = Result<"bulk.get">;
const PRODUCTS = 400;
const SEED = Number(process.env.KILL_SEED ?? 20_261_122);
const random = chance(SEED);

let shop: ShopProcess;
let seller: Client;
let products: Product[];
beforeAll(async () => {
	shop = await ShopProcess.start();
	seller = await new Client(shop.baseUrl).signUp("seller");
	products = await times(PRODUCTS, () => seller.product(10));
});
afterAll(() => shop?.discard());

const bulkOf = (id: string) => seller.must<Bulk>(`GET /api/seller/products/bulk/${id}`);
/** Kills the shop while it works on a bulk, at some moment of it each time, and waits for its end. */
async function killed(id: string, kills: number): Promise<Bulk> {
	for (let n = 0; n < kills; n++) {
		const far = (await bulkOf(id)).done;
		const goal = Math.min(PRODUCTS, far + random.whole(1, PRODUCTS / 3));
		await until(
			() => bulkOf(id),
			({ done, status }) => done >= goal || status !== "running",
			30_000
		);
		await shop.kill();
		await shop.start();
	}
	return until(
		() => bulkOf(id),
		({ status }) => status !== "running",
		60_000
	);
}
const own = (id: string) => seller.must<Product>(`GET /api/seller/products/${id}`);

it(`changes each of ${PRODUCTS} products once, and back, under kill -9 (KILL_SEED=${SEED})`, async () => {
	const change = { price: { percent: 10 }, stock: { delta: 5 } };
	const body = { filter: {}, change, wait: 0 };
	const started = await seller.ask("POST /api/seller/products/bulk", { body });
	expect(started.status).toBe(202);
	const { bulkId } = started.body as { bulkId: string };
	const done = await killed(bulkId, 2);
	const all = { matched: PRODUCTS, done: PRODUCTS, changed: PRODUCTS, failed: 0 };
	expect(done).toMatchObject({ ...all, status: "done", undoId: bulkId });
	const now = await times(PRODUCTS, n => own(products[n]!.id));
	expect(now.map(({ version }) => version)).toEqual(now.map(() => 2));
	const shown = (some: Product[]) =>
		new Set(some.map(({ variants: [one] }) => `${one!.price} ${one!.stock.available}`));
	expect(shown(now)).toEqual(new Set(["1100 15"]));

	const path = `POST /api/seller/products/bulk/${bulkId}/undo`;
	const undo = (await seller.ask(path, { body: { wait: 0 } })).body as { bulkId: string };
	expect(await killed(undo.bulkId, 1)).toMatchObject({ ...all, status: "done" });
	expect(shown(await times(PRODUCTS, n => own(products[n]!.id)))).toEqual(new Set(["1000 10"]));
	expect(
		await until(
			() => findingsOf(shop),
			findings => !findings.length
		)
	).toEqual([]);
}, 180_000);
