import { focused, goRound, tabTo, textBecomes, Window } from "../helpers/browser";
import { Client, times, unique, type Product } from "../helpers/client";
import { until } from "../helpers/shop";
import { target, type Target } from "../helpers/target";

const PRODUCTS = 60;
let shop: Target;
let seller: Client;
let products: Product[];
let window: Window;
const page = () => window.page;

beforeAll(async () => {
	shop = await target();
	seller = await new Client(shop.baseUrl).signUp("seller");
	products = await times(PRODUCTS, () => seller.product(10, 1000), 8);
	window = await Window.open(shop.baseUrl);
	await window.signIn(seller.user!.email, "/seller/products");
	await window.at("product-row").first().waitFor();
});
afterAll(async () => {
	await window?.close();
	await shop?.discard();
});

const own = (id: string) => seller.must<Product>(`GET /api/seller/products/${id}`);
const prices = async () =>
	(await times(PRODUCTS, n => own(products[n]!.id))).map(({ variants }) => variants[0]!.price);
const toast = (name: RegExp) => page().getByRole("button", { name });
/** From a selection to the change itself, by way of the preview. */
async function change(fill: () => Promise<void>, will: RegExp) {
	await window.at("bulk-open").click();
	await window.at("bulk-dialog").waitFor();
	await fill();
	await window.at("bulk-look").click();
	await textBecomes(window.at("bulk-will"), will);
}

it("changes all that match, on every page, shows it first and takes it back", async () => {
	await window.at("select-page").click();
	await textBecomes(window.at("selected"), /^25 /);
	await window.at("select-all").click();
	await textBecomes(window.at("selected"), /60/);
	await change(async () => {
		await window.at("bulk-price-way").selectOption("down");
		await window.at("bulk-amount").fill("10");
		await window.at("bulk-rounding").selectOption("cent99");
	}, /^60 /);
	await textBecomes(window.at("bulk-line").first(), /10\.00.*8\.99|10\.00\s+€?8\.99/s);
	expect(new Set(await prices())).toEqual(new Set([1000]));

	await window.at("bulk-apply").click();
	await window.at("bulk-dialog").waitFor({ state: "detached" });
	await toast(/^undo$/i).waitFor({ timeout: 60_000 });
	expect(new Set(await prices())).toEqual(new Set([899]));
	await textBecomes(window.at("product-row").first(), /8\.99/);
	expect(await window.at("selection-bar").count()).toBe(0);

	await toast(/^undo$/i).click();
	await textBecomes(page().locator("body"), /60 products put back/, 60_000);
	expect(new Set(await prices())).toEqual(new Set([1000]));
	await textBecomes(window.at("product-row").first(), /10\.00/);
	expect(window.complaints).toEqual([]);
});

it("says of each product why it can't be changed, and does the others", async () => {
	await window.go("/seller/products");
	const rows = window.at("product-row");
	await rows.first().waitFor();
	const [first, second] = [rows.nth(0), rows.nth(1)];
	const id = (await first.getAttribute("data-id"))!;
	const { sku } = products.find(product => product.id === id)!.variants[0]!;
	const body = { delta: -8, reason: "lost" };
	await seller.must(`POST /api/seller/stock/${sku}/adjust`, { body });
	await first.getByTestId("select-row").click();
	await second.getByTestId("select-row").click();
	await change(async () => {
		await page()
			.locator("label", { has: window.at("bulk-kind-stock") })
			.click();
		await window.at("bulk-stock-way").selectOption("remove");
		await window.at("bulk-units").fill("5");
	}, /^1 /);
	expect(await window.at("bulk-error").getAttribute("data-code")).toBe("OUT_OF_STOCK");
	await textBecomes(window.at("bulk-error"), new RegExp(sku));
	await tabTo(window, "bulk-apply");
	await page().keyboard.press("Enter");
	await toast(/which ones/i).waitFor();
	// F8 leads to what is told, and the report back to where one was
	const { keyboard } = page();
	await keyboard.press("F8");
	const name = () => page().evaluate(() => document.activeElement?.textContent ?? "");
	for (let step = 0; step < 9 && !/^which ones/i.test((await name()).trim()); step++)
		await keyboard.press("Tab");
	await keyboard.press("Enter");
	await textBecomes(window.at("bulk-error"), new RegExp(sku));
	await until(
		() => focused(window),
		at => at === "bulk-errors"
	);
	await goRound(window);
	await until(
		() => focused(window),
		at => at === "select-row"
	);
	expect((await own(id)).variants[0]!.stock.available).toBe(2);
	const other = (await second.getAttribute("data-id"))!;
	expect((await own(other)).variants[0]!.stock.available).toBe(5);
	expect(window.complaints).toEqual([]);
	expect(await shop.verify()).toEqual([]);
});

it("goes by the keyboard alone", async () => {
	await window.go("/seller/products");
	await window.at("product-row").first().waitFor();
	const { keyboard } = page();
	await keyboard.press("j");
	await keyboard.press("x");
	await textBecomes(window.at("selected"), /^1 /);
	await keyboard.press("j");
	await keyboard.press("x");
	await textBecomes(window.at("selected"), /^2 /);
	await keyboard.press("Escape");
	expect(await window.at("selection-bar").count()).toBe(0);
	await keyboard.press("a");
	await textBecomes(window.at("selected"), /^25 /);
	await keyboard.press("b");
	await window.at("bulk-dialog").waitFor();
	await until(
		() => focused(window),
		at => at === "bulk-kind-price"
	);
	await goRound(window);
	await until(
		() => focused(window),
		at => at === "product-row"
	);
	await keyboard.press("b");
	await window.at("bulk-dialog").waitFor();
	const tag = unique("tag");
	await page()
		.locator("label", { has: window.at("bulk-kind-tags") })
		.click();
	await window.at("bulk-add-tags").fill(tag);
	await keyboard.press("Enter");
	await textBecomes(window.at("bulk-will"), /^25 /);
	await keyboard.press("Enter");
	await window.at("bulk-dialog").waitFor({ state: "detached" });
	await until(
		() => focused(window),
		at => at === "product-row"
	);
	await textBecomes(page().locator("body"), /25 products changed/, 60_000);
	const tagged = await times(PRODUCTS, n => own(products[n]!.id));
	expect(tagged.filter(({ tags }) => tags.includes(tag))).toHaveLength(25);

	// of a longer page what is in sight is drawn, on paper all of it; what is done is done to all
	await window.go("/seller/products?size=100");
	const rows = window.at("product-row");
	const drawn = (holds: (count: number) => boolean) => until(() => rows.count(), holds);
	await rows.first().waitFor();
	expect(await page().getByRole("table").getAttribute("aria-rowcount")).toBe(`${PRODUCTS + 1}`);
	await drawn(count => count < PRODUCTS);
	await keyboard.press("a");
	await textBecomes(window.at("selected"), /^60 /);
	const told = (name: string) => page().evaluate(it => dispatchEvent(new Event(it)), name);
	await told("beforeprint");
	await drawn(count => count === PRODUCTS);
	await told("afterprint");
	await drawn(count => count < PRODUCTS);
	await keyboard.press("End");
	await page()
		.locator(`[data-testid=product-row][aria-rowindex="${PRODUCTS + 1}"]`)
		.waitFor();
	await drawn(count => count < PRODUCTS);
	expect(window.complaints).toEqual([]);
});
