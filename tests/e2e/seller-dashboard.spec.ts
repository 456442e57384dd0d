import { readFile } from "node:fs/promises";
import { Client } from "../helpers/client";
import { textBecomes, Window } from "../helpers/browser";
import { target, type Target } from "../helpers/target";

/** A seller looks at the numbers while others buy. */
let shop: Target;
const windows: Window[] = [];

beforeAll(async () => {
	shop = await target();
});
afterAll(async () => {
	await Promise.all(windows.map(window => window.close()));
	await shop.discard();
});

async function signedIn(client: Client, options = {}) {
	const window = await Window.open(shop.baseUrl, { timezoneId: "Europe/Berlin", ...options });
	windows.push(window);
	await window.signIn(client.user!.email, "/seller");
	await window.at("revenue").waitFor();
	return window;
}
async function bought(buyer: Client, sku: string, quantity: number) {
	const { body } = await buyer.place([{ sku, quantity }]);
	expect((await buyer.pay(body.id)).status).toBe(200);
}

it("ticks as others buy, without a reload, and says the same as a table, a chart and a file", async () => {
	const seller = await new Client(shop.baseUrl).signUp("seller");
	const buyer = await new Client(shop.baseUrl).signUp("buyer");
	const product = await seller.product(5, 1250);
	const sku = product.variants[0]!.sku;
	const window = await signedIn(seller);
	const { page } = window;
	await textBecomes(window.at("live-badge").first(), /live/i);
	await textBecomes(window.at("revenue"), /0\.00/);

	await bought(buyer, sku, 2);
	await textBecomes(window.at("revenue"), /25\.00/, 20_000);
	await textBecomes(window.at("orders-count"), /^1$/);
	await textBecomes(window.at("units-count"), /^2$/);
	await textBecomes(window.at("conversion"), /100/, 20_000);
	await textBecomes(window.at("top"), new RegExp(product.title));
	await textBecomes(window.at("categories"), /As a table/);

	// what the chart shows stands behind it as a table
	await window.at("sales-as-table").click();
	const table = window.at("sales").getByRole("region").getByRole("table");
	await textBecomes(table, /25\.00/);
	await bought(buyer, sku, 3);
	await textBecomes(window.at("revenue"), /62\.50/, 20_000);
	await textBecomes(table, /62\.50|37\.50/, 20_000);
	// sold out: what that costs is told
	await textBecomes(window.at("outs"), new RegExp(sku), 20_000);

	const [file] = await Promise.all([page.waitForEvent("download"), window.at("export").click()]);
	const text = await readFile(await file.path(), "utf8");
	const rows = text.trim().split("\r\n");
	expect(rows[0]).toContain("from,step,revenue,refunds,orders,units,currency");
	expect(rows.length).toBeGreaterThanOrEqual(24);
	const sum = rows.slice(1).reduce((sum, row) => sum + Number(row.split(",")[2]), 0);
	expect(sum).toBeCloseTo(62.5);

	// another span by the keyboard alone, and the address remembers it
	await window.at("tab-year").focus();
	await page.keyboard.press("Enter");
	await page.waitForURL(/span=year/);
	await textBecomes(window.at("revenue"), /62\.50/);
	await page.locator("select").selectOption("week");
	await page.waitForURL(/by=week/);
	await page.reload();
	await textBecomes(window.at("revenue"), /62\.50/, 20_000);
	expect(await page.locator("select").inputValue()).toBe("week");
	expect(window.complaints).toEqual([]);
});

it("fits a phone, and shows another seller nothing of it", async () => {
	const seller = await new Client(shop.baseUrl).signUp("seller");
	const rival = await new Client(shop.baseUrl).signUp("seller");
	const buyer = await new Client(shop.baseUrl).signUp("buyer");
	const product = await seller.product(9, 4000);
	await bought(buyer, product.variants[0]!.sku, 1);
	const phone = { viewport: { width: 390, height: 844 } };
	const [window, other] = [await signedIn(seller, phone), await signedIn(rival, phone)];
	await textBecomes(window.at("revenue"), /40\.00/, 20_000);
	await textBecomes(other.at("revenue"), /0\.00/);
	for (const { page } of [window, other]) {
		const wider = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(wider).toBe(0);
	}
	expect(await other.page.locator("main").innerText()).not.toContain(product.title);
	expect(window.complaints).toEqual([]);
});
