import { Client, unique } from "../helpers/client";
import { until } from "../helpers/shop";
import { target, type Target } from "../helpers/target";
import { focused, goRound, isLive, tabTo, textBecomes, Window } from "../helpers/browser";

/** Two or more people, each with a browser of their own, and one shop. */
let shop: Target;
const windows: Window[] = [];

beforeAll(async () => {
	shop = await target({ RESERVATION_TTL: "25" });
});
afterAll(async () => {
	await Promise.all(windows.map(window => window.close()));
	await shop.discard();
});
async function open(options = {}) {
	const window = await Window.open(shop.baseUrl, options);
	windows.push(window);
	return window;
}
async function account(role: "buyer" | "seller") {
	const client = await new Client(shop.baseUrl).signUp(role);
	return { email: client.user!.email, client };
}

/** From a page of the shop to a placed order, as a buyer clicks it. */
async function checkOut(buyer: Window) {
	const { page } = buyer;
	await buyer.go("/checkout");
	for (const [name, value] of Object.entries({
		name: "Ada Example",
		line1: "1 Harbour Row",
		city: "Bremen",
		postalCode: "28195"
	}))
		await page.locator(`[name="${name}"]`).fill(value);
	await page.locator('[name="country"]').selectOption("DE");
	await buyer.at("place-order").click();
	await buyer.at("countdown").waitFor();
}

it("shows a seller's new product and its stock live in everybody's window", async () => {
	const [seller, buyer, third] = [await open(), await open(), await open()];
	await seller.signIn((await account("seller")).email, "/seller");
	const buyerAccount = await account("buyer");
	await buyer.signIn(buyerAccount.email, "/login");
	await buyer.at("account-menu").waitFor();
	await buyer.go("/");
	await isLive(buyer);

	const title = unique("Tin whistle");
	await seller.at("revenue").waitFor();
	await seller.go("/seller/products");
	await seller.at("new-product").first().click();
	await seller.at("product-title").fill(title);
	await seller.at("product-category").fill("music/whistles");
	await seller.at("variant-price").first().fill("19.90");
	await seller.at("variant-stock").first().fill("3");
	await seller.at("save-product").first().click();

	const card = buyer.page.getByTestId("product-card").filter({ hasText: title });
	await card.waitFor();
	await seller.go("/seller/products");
	const row = seller.page.getByTestId("product-row").filter({ hasText: title });
	await textBecomes(row.getByTestId("row-stock"), /3/);
	await isLive(seller);

	await card.click();
	// its card says the same: only the product's own page will do
	await buyer.at("product").waitFor();
	await textBecomes(buyer.at("stock").first(), /3 left/);
	await third.go(new URL(buyer.page.url()).pathname);
	await textBecomes(third.at("stock").first(), /3 left/);
	await isLive(third);

	await buyer.at("quantity").locator("button").last().click();
	await buyer.at("add-to-cart").click();
	await textBecomes(buyer.at("cart-count").first(), /2/);
	await checkOut(buyer);
	const [bySeller, byThird] = await Promise.all([
		textBecomes(row.getByTestId("row-stock"), /\b1\b/),
		textBecomes(third.at("stock").first(), /1 left/)
	]);
	// they were told before the buyer's page had even turned: a second is plenty
	expect(Math.max(bySeller, byThird)).toBeLessThan(1000);
	await textBecomes(third.at("held").first(), /2/);

	await buyer.at("pay").click();
	await buyer.at("confirmation").waitFor();
	await seller.go("/seller/orders");
	await seller.page.getByTestId("order-row").first().waitFor();

	// by the keyboard alone: through the account's menu to the order, which isn't wanted any more
	const { keyboard } = buyer.page;
	const at = (id: string) =>
		until(
			() => focused(buyer),
			now => now === id
		);
	await buyer.at("account-menu").focus();
	await keyboard.press("Enter");
	await at("to-orders");
	await goRound(buyer);
	await at("account-menu");
	await keyboard.press("Enter");
	await at("to-orders");
	await keyboard.press("Enter");
	await buyer.page.waitForURL(/\/orders$/);
	await buyer.page.getByRole("dialog").waitFor({ state: "detached" });
	await tabTo(buyer, "order");
	await keyboard.press("Enter");
	await buyer.at("cancel-order").waitFor();
	await tabTo(buyer, "cancel-order");
	await keyboard.press("Enter");
	await at("cancel-keep");
	await goRound(buyer);
	await at("cancel-order");
	await keyboard.press("Enter");
	await at("cancel-keep");
	await keyboard.press("Enter");
	await at("cancel-order");
	await keyboard.press("Enter");
	await at("cancel-keep");
	await tabTo(buyer, "cancel-confirm");
	await keyboard.press("Enter");
	await textBecomes(third.at("stock").first(), /3 left/);
	await buyer.at("cancel-order").waitFor({ state: "detached" });
	await until(() => buyer.page.evaluate(() => document.activeElement !== document.body));
	for (const window of [seller, buyer, third]) expect(window.complaints).toEqual([]);
	expect(await shop.verify()).toEqual([]);
});

it("counts a hold down, and gives the stock back to every window when it ends", async () => {
	const { client } = await account("seller");
	const product = await client.product(2);
	const [buyer, other] = [await open(), await open()];
	await buyer.signIn((await account("buyer")).email, "/login");
	await buyer.at("account-menu").waitFor();
	await buyer.go(`/p/${product.slug}`);
	await other.go(`/p/${product.slug}`);
	await isLive(other);
	await buyer.at("quantity").locator("button").last().click();
	await buyer.at("add-to-cart").click();
	await checkOut(buyer);
	const first = await buyer.at("countdown").innerText();
	await textBecomes(other.at("stock").first(), /sold out|held|0/i);
	await textBecomes(buyer.at("countdown"), new RegExp(`^(?!${first}$)`));
	await textBecomes(other.at("stock").first(), /2 left/, 45_000);
	await textBecomes(buyer.page.locator("main"), /expired|ran out|run out/i);
	expect(await shop.verify()).toEqual([]);
});

it("catches up by itself after the connection was lost", async () => {
	const { client } = await account("seller");
	const product = await client.product(4);
	const sku = product.variants[0]!.sku;
	const window = await open();
	await window.go(`/p/${product.slug}`);
	await isLive(window);
	await window.context.setOffline(true);
	await textBecomes(window.at("live-badge").first(), /stale|offline|reconnect/i, 40_000);
	await client.must(`POST /api/seller/stock/${sku}/adjust`, {
		body: { delta: -2, reason: "damaged" }
	});
	await window.context.setOffline(false);
	await textBecomes(window.at("stock").first(), /2 left/, 30_000);
	await isLive(window);
});
