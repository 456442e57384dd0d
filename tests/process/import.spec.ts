import { Client } from "../helpers/client";
import { imported, importOf, startImport } from "../helpers/csv";
import { ShopProcess } from "../helpers/process";
import { until } from "../helpers/shop";
import { findingsOf } from "../helpers/target";

const ROWS = 2500;
const KILLS = 3;

let shop: ShopProcess;
beforeAll(async () => {
	shop = await ShopProcess.start();
});
afterAll(() => shop.discard());

it("survives kill -9 again and again: every row once, and none left out", async () => {
	const seller = await new Client(shop.baseUrl).signUp("seller");
	const lines = Array.from(
		{ length: ROWS },
		(_, i) => `p-${i >> 1},kill-${i},Thing ${i >> 1},a/b,Size,${i % 2},${i + 1},${i}`
	);
	const file = ["product,sku,title,category,option1,value1,price,stock", ...lines].join("\n");
	const id = await startImport(seller, file);
	for (let n = 0; n < KILLS; n++) {
		const { done } = await importOf(seller, id);
		await until(
			() => importOf(seller, id),
			now => now.done > done || now.status !== "running",
			60_000
		);
		await shop.kill();
		await shop.start();
	}
	const over = await imported(seller, id, 120_000);
	expect(over).toMatchObject({ status: "done", rows: ROWS, done: ROWS });
	expect(over).toMatchObject({ created: ROWS, updated: 0, errors: [] });
	const { total } = await seller.must<{ total: number }>("GET /api/seller/products");
	expect(total).toBe(ROWS / 2);
	expect(await seller.stock(`kill-${ROWS - 1}`)).toMatchObject({ available: ROWS - 1, version: 1 });
	const again = await imported(seller, await startImport(seller, file, { query: "?dryRun" }));
	expect(again).toMatchObject({ created: 0, updated: 0, errorCount: 0 });
	expect(await findingsOf(shop)).toEqual([]);
}, 400_000);
