import sharp from "sharp";
import { focused, goRound, isLive, tabTo, textBecomes, Window } from "../helpers/browser";
import { type Client, unique } from "../helpers/client";
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
const rowOf = (window: Window, title: string) =>
	window.page.getByTestId("product-row").filter({ hasText: title });
const titles = async (window: Window) =>
	(await window.page.locator("[data-testid=product-row] [data-row]").allInnerTexts()).map(title =>
		title.trim()
	);
const mine = (client: Client, id: string) => client.must<Product>(`GET /api/seller/products/${id}`);
const things = (client: Client, count: number) =>
	Promise.all(
		Array.from({ length: count }, (_, n) =>
			client.must<Product>("POST /api/catalog/products", {
				body: {
					title: `Thing ${String.fromCharCode(65 + n)}`,
					category: n % 2 ? "odd/things" : "even/things",
					status: n === 0 ? "draft" : "published",
					variants: [{ sku: unique("sku"), price: 1000 + n * 100, stock: 10 + n }]
				}
			})
		)
	);

it("filters, sorts, chooses columns, and keeps all that as a view", async () => {
	const { window, client } = await seller();
	await things(client, 4);
	await window.go("/seller/products");
	await soon(
		() => titles(window),
		all => all.length === 4
	);
	await window.at("filter-category").selectOption("odd/things");
	await soon(
		() => titles(window),
		all => all.toSorted().join() === "Thing B,Thing D"
	);
	await window.page.getByRole("columnheader", { name: "Price" }).getByRole("button").click();
	await soon(
		() => titles(window),
		all => all.join() === "Thing B,Thing D"
	);
	await window.at("columns").click();
	await window.page.getByLabel("Category", { exact: true }).last().click();
	await window.page.keyboard.press("Escape");
	await window.page.getByRole("columnheader", { name: "Category" }).waitFor();

	await window.at("views").click();
	await window.page
		.locator("input[data-testid=view-name], [data-testid=view-name] input")
		.fill("Odd ones");
	await window.at("view-save").click();
	await window.at("view").filter({ hasText: "Odd ones" }).waitFor();
	await window.page.keyboard.press("Escape");
	await window.at("tab-draft").click();
	await soon(
		() => titles(window),
		all => all.length === 0
	);
	// it is on the server: another page load finds it
	await window.go("/seller/products");
	await soon(
		() => titles(window),
		all => all.length === 4
	);
	await window.at("views").click();
	await window.at("view").filter({ hasText: "Odd ones" }).click();
	await soon(
		() => titles(window),
		all => all.join() === "Thing B,Thing D"
	);
	expect(new URL(window.page.url()).search).toContain("category=odd");
	expect(window.complaints).toEqual([]);
});

it("changes a product in its row, by keyboard, and merges what somebody else changed", async () => {
	const { window, client } = await seller();
	const [, product] = await things(client, 2);
	const { id } = product!;
	const sku = product!.variants[0]!.sku;
	await window.go("/seller/products");
	await rowOf(window, "Thing B").waitFor();
	await isLive(window);
	await rowOf(window, "Thing B").locator("[data-row]").focus();
	await window.page.keyboard.press("e");
	const field = (name: string) => window.page.getByTestId(`inline-${name}`);
	await field("title").fill("Bee box");
	await field("price").fill("12.50");
	await field("stock").fill("42");
	await window.page.keyboard.press("Enter");
	await rowOf(window, "Bee box").waitFor();
	expect(await mine(client, id)).toMatchObject({
		title: "Bee box",
		variants: [{ price: 1250, stock: { available: 42 } }]
	});

	await rowOf(window, "Bee box").locator("[data-row]").focus();
	await window.page.keyboard.press("e");
	await field("price").fill("13");
	const { version } = await mine(client, id);
	await client.must(`PATCH /api/catalog/products/${id}`, {
		body: { version, title: "Hive" }
	});
	await field("save").click();
	await window.at("conflict").waitFor();
	await textBecomes(window.at("conflict"), /Hive/);
	await window.at("conflict-save").click();
	await rowOf(window, "Hive").waitFor();
	// theirs and ours are both there
	await soon(
		() => mine(client, id),
		now => now.title === "Hive" && now.variants[0]!.price === 1300
	);
	expect((await mine(client, id)).variants[0]!.sku).toBe(sku);

	// in the editor as well, by the keyboard alone
	const { keyboard } = window.page;
	const at = (...ids: string[]) =>
		soon(
			() => focused(window),
			now => ids.includes(now)
		);
	const overtake = async (title: string) => {
		const { version } = await mine(client, id);
		await client.must(`PATCH /api/catalog/products/${id}`, { body: { version, title } });
	};
	await rowOf(window, "Hive").locator("[data-row]").focus();
	await keyboard.press("Enter");
	await window.at("product-title").fill("Apiary");
	await overtake("Skep");
	await keyboard.press("Control+s");
	await window.at("conflict").waitFor();
	await at("take-mine", "take-theirs");
	await goRound(window);
	await at("product-title");
	await keyboard.press("Shift+Tab");
	await tabTo(window, "compare");
	await keyboard.press("Enter");
	await window.at("conflict").waitFor();
	await at("take-mine");
	await keyboard.press("ArrowRight");
	await at("take-theirs");
	await keyboard.press("ArrowLeft");
	await at("take-mine");
	await tabTo(window, "conflict-save");
	await keyboard.press("Enter");
	await window.at("conflict").waitFor({ state: "detached" });
	await soon(
		() => mine(client, id),
		now => now.title === "Apiary" && now.variants[0]!.price === 1300
	);
	await soon(() => window.page.evaluate(() => document.activeElement !== document.body));
	expect(window.complaints).toEqual([]);
});

it("makes variants from options, with pictures in the order they were dragged to, as a draft", async () => {
	const { window, client } = await seller();
	const title = unique("Moss shawl");
	await window.go("/seller/products/new");
	await window.at("product-title").fill(title);
	await window.at("product-category").fill("clothes/shawls");
	await window.at("add-option").click();
	await window.page
		.locator("input[data-testid=option-name], [data-testid=option-name] input")
		.fill("Size");
	const values = window.page.locator(
		"input[data-testid=option-values], [data-testid=option-values] input"
	);
	await values.fill("S");
	await values.press("Enter");
	await values.fill("L");
	await values.press("Enter");
	await soon(
		() => window.at("variant-row").count(),
		count => count === 2
	);
	await window.at("all-price").fill("20");
	await window.at("all-price").press("Enter");
	await window.at("all-stock").fill("3");
	await window.at("all-stock").press("Enter");
	await window.at("status-draft").check();
	const picture = async (name: string, background: string) => ({
		name,
		mimeType: "image/png",
		buffer: await sharp({ create: { width: 60, height: 60, channels: 3, background } })
			.png()
			.toBuffer()
	});
	await window
		.at("picture-file")
		.setInputFiles([await picture("one.png", "#c84"), await picture("two.png", "#48c")]);
	await soon(
		() => window.at("picture").count(),
		count => count === 2
	);
	await window.at("picture-alt").nth(0).fill("The first");
	await window.at("picture-alt").nth(1).fill("The second");
	// dragged before the other, it is the cover
	await window.at("picture").nth(1).dragTo(window.at("picture").nth(0));
	await soon(
		() => window.at("picture-alt").first().inputValue(),
		alt => alt === "The second"
	);
	await window.at("save-product").click();
	// it has an address of its own once its pictures are there as well
	await window.page.waitForURL(/\/seller\/products\/[a-z0-9]{8,}$/);
	await window.at("preview").waitFor();
	const id = new URL(window.page.url()).pathname.split("/").at(-1)!;
	const saved = await soon(
		() => mine(client, id),
		product => product.images.length === 2 && product.images[0]!.alt === "The second"
	);
	expect(saved).toMatchObject({ status: "draft", variants: [{ price: 2000 }, { price: 2000 }] });
	expect((await client.ask(`GET ${saved.images[0]!.url}`)).status).toBe(200);
	expect(window.complaints).toEqual([]);
});

it("makes one product of a double click, duplicates it and archives it", async () => {
	const { window, client } = await seller();
	const title = unique("Single");
	await window.go("/seller/products/new");
	await window.at("product-title").fill(title);
	await window.at("product-category").fill("x");
	await window.at("variant-price").first().fill("5");
	await window.at("variant-stock").first().fill("1");
	await window.at("save-product").dblclick();
	await window.page.waitForURL(/\/seller\/products\/[a-z0-9]{8,}$/);
	const list = () => client.must<{ total: number }>(`GET /api/seller/products?q=${title}`);
	expect((await list()).total).toBe(1);

	await window.go("/seller/products");
	await rowOf(window, title).getByTestId("row-actions").click();
	await window.page.getByRole("menuitem", { name: "Duplicate" }).click();
	await window.page.waitForURL(/\/seller\/products\/[a-z0-9]{8,}$/);
	await soon(list, ({ total }) => total === 2);
	await window.go("/seller/products");
	await window.at("tab-published").click();
	await soon(
		() => titles(window),
		all => all.join() === title
	);
	const { keyboard } = window.page;
	const at = (id: string) =>
		soon(
			() => focused(window),
			now => now === id
		);
	const ask = async () => {
		await keyboard.press("Enter");
		await window.page.getByRole("menuitem", { name: "Archive" }).waitFor();
		await keyboard.press("End");
		await keyboard.press("Enter");
		await window.at("confirm").waitFor();
		await soon(() => window.page.evaluate(() => document.activeElement?.textContent === "Cancel"));
	};
	await rowOf(window, title).getByTestId("row-actions").focus();
	await ask();
	await goRound(window);
	// a way back leads to where one came from
	await at("row-actions");
	await ask();
	await keyboard.press("Tab");
	await at("confirm");
	await keyboard.press("Enter");
	await soon(
		() => titles(window),
		all => all.length === 0
	);
	// neither its row nor another one is left: back to where one was before
	await at("tab-published");
	await window.at("tab-archived").click();
	await soon(
		() => titles(window),
		all => all.join() === title
	);
	expect(window.complaints).toEqual([]);
});

it("previews a draft, which publishes itself to a buyer who just looks on", async () => {
	const { window, client } = await seller();
	const title = unique("Almanac");
	const { id } = await client.must<Product>("POST /api/catalog/products", {
		body: {
			title,
			category: "books",
			status: "draft",
			variants: [{ sku: unique("sku"), price: 1900, stock: 4 }]
		}
	});
	const buyer = await Window.open(shop.baseUrl);
	windows.push(buyer);
	await buyer.go("/");
	await isLive(buyer);
	const card = buyer.page.getByTestId("product-card").filter({ hasText: title });
	expect(await card.count()).toBe(0);

	// its seller sees it as buyers will, nobody else does
	await window.go(`/seller/products/${id}`);
	const opened = window.context.waitForEvent("page");
	await window.at("preview").click();
	const preview = await opened;
	await preview.getByTestId("preview-note").waitFor();
	await preview.getByRole("heading", { level: 1, name: title }).waitFor();
	const stranger = await Window.open(shop.baseUrl);
	windows.push(stranger);
	await stranger.go(new URL(preview.url()).pathname);
	await stranger.page.getByRole("link", { name: "To the shop" }).waitFor();
	expect(await stranger.page.getByText(title).count()).toBe(0);
	// nor does a search find it, which then waits
	await stranger.go(`/?q=${title.toLowerCase()}`);
	await stranger.at("empty").waitFor();
	await isLive(stranger);

	// its time is said in the seller's own clock, and kept
	const soonest = await window.page.evaluate(() => {
		const at = new Date(Date.now() + 2000);
		return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
	});
	await window.at("publish-at").fill(soonest);
	await window.at("save-product").click();
	await card.waitFor();
	await stranger.page.getByTestId("product-card").filter({ hasText: title }).waitFor();
	await textBecomes(stranger.at("found"), /^1 /);
	await soon(
		() => mine(client, id),
		({ status, publishAt }) => status === "published" && publishAt === undefined
	);
	for (const one of [window, buyer, stranger]) expect(one.complaints).toEqual([]);
});
