import { focused, goRound, textBecomes, Window } from "../helpers/browser";
import { Client, times, type Order, type Product } from "../helpers/client";
import { until } from "../helpers/shop";
import { target, type Target } from "../helpers/target";

/** A seller at the queue and a buyer at the order, each with a browser, and one shop. */
let shop: Target;
let seller: { client: Client; window: Window };
let buyer: { client: Client; window: Window };
let product: Product;
const PATIENCE = 60_000;

async function person(role: "buyer" | "seller", path: string, signedIn: string) {
	const client = await new Client(shop.baseUrl).signUp(role);
	const window = await Window.open(shop.baseUrl);
	window.context.setDefaultTimeout(PATIENCE);
	await window.signIn(client.user!.email, path);
	await window.at(signedIn).first().waitFor();
	return { client, window };
}
beforeAll(async () => {
	shop = await target();
	seller = await person("seller", "/seller", "revenue");
	buyer = await person("buyer", "/login", "account-menu");
	product = await seller.client.product(9, 1000);
}, 240_000);
afterAll(async () => {
	await Promise.all([seller, buyer].map(one => one?.window.close()));
	await shop?.discard();
});

const sku = () => product.variants[0]!.sku;
async function bought(quantity: number): Promise<Order> {
	const { body } = await buyer.client.place([{ sku: sku(), quantity }]);
	expect((await buyer.client.pay(body.id)).status).toBe(200);
	return body;
}
/** What is typed goes into the field, be it the element itself or within. */
const fill = (window: Window, id: string, text: string) =>
	window.page.locator(`input[data-testid="${id}"], [data-testid="${id}"] input`).first().fill(text);
const rowOf = ({ page }: Window, { id }: Order) =>
	page.locator(`[data-testid=order-row][data-id=${id}]`);

it("takes a seller through the queue by the keyboard, and buyer and seller through a return", async () => {
	const { window, client } = seller;
	const { page } = window;
	await window.go("/seller/orders");
	await window.at("order-list").waitFor();
	const order = await bought(4);
	// it comes by itself
	await rowOf(window, order).waitFor();
	await textBecomes(window.at("tab-ship"), /1/, PATIENCE);

	// some of it goes out
	await page.keyboard.press("j");
	await page.keyboard.press("Enter");
	await window.at("ship-open").waitFor();
	await page.keyboard.press("s");
	await fill(window, `quantity-${sku()}`, "2");
	await fill(window, "ship-carrier", "DHL");
	await fill(window, "ship-tracking", "JD014600");
	await window.at("ship-save").click();
	await page.locator("[data-testid=parcel][data-status=shipped]").waitFor();
	await page.locator("[data-testid=parcel][data-status=unfulfilled]").waitFor();

	// a unit can't be sent: its money is back, the other one's isn't
	await window.at("ship-save").waitFor({ state: "detached" });
	await window.at("cancel-open").focus();
	await page.keyboard.press("Enter");
	const field = `quantity-${sku()}`;
	await until(
		() => focused(window),
		at => at === field,
		PATIENCE
	);
	await goRound(window);
	await until(
		() => focused(window),
		at => at === "cancel-open",
		PATIENCE
	);
	await page.keyboard.press("x");
	await fill(window, `quantity-${sku()}`, "1");
	await fill(window, "refund-reason", "It broke on the shelf");
	await window.at("refund-restock").click();
	await window.at("refund-save").click();
	await page.locator("[data-testid=refund][data-status=done]").waitFor();
	await textBecomes(window.at("left"), /30\.00/, PATIENCE);
	const stock = async () => (await client.stock(sku())).available;
	expect(await stock()).toBe(5);

	// what is left to pack is on paper
	await window.at("refund-save").waitFor({ state: "detached" });
	await page.keyboard.press("p");
	await textBecomes(window.at("slip"), new RegExp(`1\\s[^]*${sku()}`), PATIENCE);
	expect(await window.at("slip").count()).toBe(1);
	await window.go(`/seller/orders/print?what=labels&ids=${order.id}`);
	await textBecomes(window.at("label"), /Ada Example[^]*Bremen/, PATIENCE);
	// what isn't there keeps nothing from the printer
	await window.go(`/seller/orders/print?what=slips&ids=${order.id},o00000000000,x`);
	await textBecomes(window.at("not-found"), /^2 of the orders/, PATIENCE);
	expect(await window.at("slip").count()).toBe(1);
	await page.emulateMedia({ media: "print" });
	expect(await window.at("not-found").isVisible()).toBe(false);
	await page.emulateMedia({ media: null });
	await window.go("/seller/orders/print?what=slips&ids=o00000000000");
	await textBecomes(window.at("empty"), /None of these orders was found/, PATIENCE);
	expect(await window.at("error").count()).toBe(0);

	// the buyer sees each shipment by itself, and wants to send a unit back
	const theirs = buyer.window;
	await theirs.go(`/orders/${order.id}`);
	await textBecomes(theirs.at("tracking"), /JD014600/, PATIENCE);
	expect(await theirs.at("parcel").count()).toBe(3);
	await theirs.at("return-open").focus();
	await theirs.page.keyboard.press("Enter");
	await until(
		() => focused(theirs),
		at => at === "return-quantity",
		PATIENCE
	);
	await goRound(theirs);
	await until(
		() => focused(theirs),
		at => at === "return-open",
		PATIENCE
	);
	await theirs.page.keyboard.press("Enter");
	await fill(theirs, "return-quantity", "1");
	await fill(theirs, "return-reason", "Too small");
	await theirs.at("return-send").click();
	await theirs.page.locator("[data-testid=return][data-status=requested]").waitFor();

	await window.go("/seller/orders?tab=returning");
	await rowOf(window, order).getByRole("link").click();
	await textBecomes(window.at("return").first(), /Too small/, PATIENCE);
	await fill(window, "return-note", "With the label inside");
	await window.at("return-approve").click();
	await theirs.page.locator("[data-testid=return][data-status=approved]").waitFor();
	await textBecomes(theirs.at("return").first(), /With the label inside/, PATIENCE);
	await window.at("return-receive").click();
	await theirs.page.locator("[data-testid=return][data-status=received]").waitFor();
	await until(
		() => theirs.page.locator("[data-testid=refund][data-status=done]").count(),
		count => count === 2,
		PATIENCE
	);
	expect(await stock()).toBe(6);

	for (const one of [window, theirs]) expect(one.complaints).toEqual([]);
	expect(await shop.verify()).toEqual([]);
}, 300_000);

it("finds an order again, and shows another seller nothing of it", async () => {
	const order = await bought(1);
	const { window } = seller;
	await window.go("/seller/orders");
	await rowOf(window, order).waitFor();
	await fill(window, "search", order.number.toLowerCase());
	await until(
		() => window.at("order-row").count(),
		count => count === 1,
		PATIENCE
	);
	await rowOf(window, order).waitFor();
	await fill(window, "search", "nobody by that name");
	await rowOf(window, order).waitFor({ state: "detached" });

	const rival = await new Client(shop.baseUrl).signUp("seller");
	const found = await rival.must<{ total: number }>(
		`GET /api/seller/orders?q=${order.number.toLowerCase()}`
	);
	expect(found.total).toBe(0);
	expect((await rival.ask(`GET /api/seller/orders/${order.id}`)).status).toBe(404);
	expect(window.complaints).toEqual([]);
}, 180_000);

it("draws of a long queue what is in sight, and goes through all of it by the keyboard", async () => {
	const { client, window } = await person("seller", "/seller", "revenue");
	try {
		const { page } = window;
		const many = (await client.product(1000, 1000)).variants[0]!.sku;
		await times(
			130,
			async () => {
				const { body } = await buyer.client.place([{ sku: many, quantity: 1 }]);
				expect((await buyer.client.pay(body.id)).status).toBe(200);
			},
			4
		);
		await window.go("/seller/orders");
		const table = page.getByRole("table");
		const rows = () => window.at("order-row").count();
		const known = async () => Number(await table.getAttribute("aria-rowcount")) - 1;
		await window.at("order-row").first().waitFor();
		for (const all of [100, 130]) {
			await window.at("more").click();
			await until(known, count => count === all, PATIENCE);
		}
		await until(rows, count => count > 0 && count < 100, PATIENCE);
		// the last one is where it belongs, and the focus leads on from row to row
		await page.keyboard.press("j");
		const placeOf = () =>
			page.evaluate(() =>
				Number(document.activeElement?.closest("[role=row]")?.getAttribute("aria-rowindex"))
			);
		const first = await until(placeOf, place => place > 1, PATIENCE);
		for (let step = 1; step <= 40; step++) {
			await page.keyboard.press("j");
			await until(placeOf, place => place === Math.min(first + step, 131), PATIENCE);
		}
		await page.keyboard.press("End");
		await page.locator("[data-testid=order-row][aria-rowindex='131']").waitFor();
		expect(await rows()).toBeLessThan(100);
		expect(window.complaints).toEqual([]);
	} finally {
		await window.close();
	}
}, 300_000);
