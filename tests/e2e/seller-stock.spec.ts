import { focused, goRound, isLive, textBecomes, type Window } from "../helpers/browser";
import { Client, unique } from "../helpers/client";
import { sellerWindow, soon } from "../helpers/seller-window";
import { target, type Target } from "../helpers/target";
import type { Product } from "../../services/shared/catalog.contract";

let shop: Target;
const windows: Window[] = [];
beforeAll(async () => {
	shop = await target();
});
afterAll(async () => {
	await Promise.all(windows.map(window => window.close()));
	await shop.discard();
});
async function seller(options = {}) {
	const { window, client } = await sellerWindow(shop.baseUrl, options);
	windows.push(window);
	return { window, client };
}
const make = (client: Client, title: string, stock: number) =>
	client.must<Product>("POST /api/catalog/products", {
		body: { title, category: "things", variants: [{ sku: unique("sku"), price: 1000, stock }] }
	});
const rowOf = (window: Window, sku: string) =>
	window.page.locator(`[data-testid=stock-row][data-sku="${sku}"]`);

it("shows a hold with its order and the time it has left, and its end, without a reload", async () => {
	const { window, client } = await seller();
	const product = await make(client, "Held thing", 9);
	const { sku } = product.variants[0]!;
	await window.go("/seller/stock");
	const row = rowOf(window, sku);
	await textBecomes(row.getByTestId("row-stock"), /9/);
	await isLive(window);

	const buyer = await new Client(shop.baseUrl).signUp();
	const { body: order } = await buyer.place([{ sku, quantity: 4 }]);
	await textBecomes(row.getByTestId("row-stock"), /5/);
	await row.getByTestId("holds-open").click();
	const hold = window.at("hold");
	await textBecomes(hold, new RegExp(`${order.number}[\\s\\S]*4 units`));
	const first = await window.at("hold-left").innerText();
	expect(first).toMatch(/^\d+:\d\d$/);
	await textBecomes(window.at("hold-left"), new RegExp(`^(?!${first}$)\\d`));

	await buyer.pay(order.id);
	await soon(
		() => hold.count(),
		count => count === 0
	);
	// with the hold went what opened the drawer: its row has the focus
	await goRound(window);
	await soon(
		() => focused(window),
		at => at === "stock-row"
	);
	await textBecomes(row.getByTestId("row-sold"), /4/);
	// four in seven days: five last eight days
	await textBecomes(row.getByTestId("row-days"), /8 days/, 30_000);
	expect(window.complaints).toEqual([]);
});

it("adjusts by keyboard with a reason that the ledger keeps, and says what is low", async () => {
	const { window, client } = await seller();
	const [plenty, few] = [await make(client, "Aster", 30), await make(client, "Begonia", 12)];
	const sku = few.variants[0]!.sku;
	await window.go("/seller/stock");
	await rowOf(window, sku).waitFor();
	await rowOf(window, sku).locator("[data-row]").focus();
	await window.page.keyboard.press("e");
	await window.page
		.locator("input[data-testid=adjust-delta], [data-testid=adjust-delta] input")
		.fill("-4");
	await window.page.getByText("Damaged", { exact: true }).click();
	await window.at("adjust-save").click();
	await textBecomes(rowOf(window, sku).getByTestId("row-stock"), /8/);
	await rowOf(window, sku).locator("[data-row]").click();
	await textBecomes(window.at("movement").first(), /Damaged[\s\S]*you[\s\S]*−4/);
	await goRound(window);
	await soon(
		() => focused(window),
		at => at === "stock-row"
	);

	// the usual threshold reaches every SKU that has none of its own
	const own = rowOf(window, plenty.variants[0]!.sku).getByTestId("threshold");
	await own.fill("3");
	await own.press("Enter");
	await soon(
		async () =>
			(
				await client.must<{ items: { threshold: number }[] }>(
					`GET /api/seller/stock?skus=${plenty.variants[0]!.sku}`
				)
			).items[0]!.threshold,
		threshold => threshold === 3
	);
	await window.at("usual-threshold").fill("10");
	await window.at("usual-threshold").press("Enter");
	await soon(
		() => rowOf(window, sku).getByTestId("threshold").inputValue(),
		threshold => threshold === "10"
	);
	expect(await own.inputValue()).toBe("3");
	await window.at("tab-low").click();
	await soon(
		() => window.at("stock-row").count(),
		count => count === 1
	);
	await rowOf(window, sku).waitFor();
	await window.go("/seller/alerts");
	await window.page.locator(`[data-testid=alert-row][data-sku="${sku}"]`).waitFor();
	await client.must(`POST /api/seller/stock/${sku}/adjust`, {
		body: { delta: 50, reason: "received" }
	});
	await soon(
		() => window.at("alert-row").count(),
		count => count === 0
	);
	expect(window.complaints).toEqual([]);
});

it("has nothing wider than a phone, and no table wider than a tablet", async () => {
	const { window, client } = await seller({ viewport: { width: 390, height: 844 } });
	await make(client, "A rather long name for something small and round", 3);
	const at = async (path: string) => {
		await window.go(path);
		await window.page.locator("[data-row]").first().waitFor();
	};
	for (const path of ["/seller/stock", "/seller/products"]) {
		await at(path);
		const width = await window.page.evaluate(() => document.documentElement.scrollWidth);
		expect({ path, width }).toEqual({ path, width: 390 });
	}
	for (const width of [768, 1024])
		for (const path of ["/seller/stock", "/seller/products", "/seller/alerts"]) {
			await window.page.setViewportSize({ width, height: 800 });
			await at(path);
			const over = await window.page
				.getByRole("table")
				.evaluate(table => table.scrollWidth - table.clientWidth);
			expect({ path, width, over }).toEqual({ path, width, over: 0 });
		}
});
