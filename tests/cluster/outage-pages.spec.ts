import { textBecomes, Window } from "../helpers/browser";
import { Client, type Product } from "../helpers/client";
import { LocalCluster } from "../helpers/local-cluster";

/** What people see of a service that is away, and of its return: nobody reloads a page. */
const HEALED_WITHIN = 40_000;

let cluster: LocalCluster;
let product: Product;
let seller: Client;
const windows: Window[] = [];
beforeAll(async () => {
	cluster = await LocalCluster.start({ apps: true });
	seller = await new Client(cluster.state.api).signUp("seller");
	product = await seller.product(20);
});
afterAll(async () => {
	await Promise.all(windows.map(window => window.close()));
	await cluster?.discard();
});

async function open(): Promise<Window> {
	const window = await Window.open(cluster.state.api);
	window.context.setDefaultTimeout(HEALED_WITHIN);
	windows.push(window);
	return window;
}
async function signedIn({ user }: Client, path: string): Promise<Window> {
	const window = await open();
	await window.signIn(user!.email, path);
	return window;
}
const stop = (service: string) => cluster.commandLater("stop", service);
const start = (service: string) => cluster.commandLater("start", service);
const isAway = (window: Window) =>
	textBecomes(window.at("error").first(), /away for a moment/, HEALED_WITHIN);
async function putInCart(buyer: Window): Promise<void> {
	await buyer.go(`/p/${product.slug}`);
	await buyer.at("add-to-cart").click();
	await textBecomes(buyer.at("cart-count").first(), /1/, HEALED_WITHIN);
}

it("lets people browse and fill their carts while orders is away, and shows their orders once it is back", async () => {
	const buyer = await signedIn(await new Client(cluster.state.api).signUp(), "/login");
	await buyer.at("account-menu").waitFor();
	await stop("order");
	await buyer.go("/");
	await buyer.at("product-card").first().waitFor();
	await putInCart(buyer);
	await buyer.go("/orders");
	await isAway(buyer);
	await start("order");
	await buyer.at("empty").waitFor();
	await buyer.at("error").waitFor({ state: "detached" });
	expect(buyer.complaints).toEqual([]);
});

it("sells while notification is away, and tells the seller once it is back", async () => {
	const shop = await signedIn(seller, "/seller");
	await shop.at("revenue").waitFor();
	const buyer = await signedIn(await new Client(cluster.state.api).signUp(), "/login");
	await buyer.at("account-menu").waitFor();
	await stop("notification");
	await putInCart(buyer);
	await buyer.go("/checkout");
	for (const [name, value] of Object.entries({
		name: "Ada Example",
		line1: "1 Harbour Row",
		city: "Bremen",
		postalCode: "28195"
	}))
		await buyer.page.locator(`[name="${name}"]`).fill(value);
	await buyer.page.locator('[name="country"]').selectOption("DE");
	await buyer.at("place-order").click();
	await buyer.at("pay").click();
	await buyer.at("confirmation").waitFor();
	expect(await shop.at("unread-count").count()).toBe(0);
	await start("notification");
	await textBecomes(shop.at("unread-count").first(), /\d/, HEALED_WITHIN);
	for (const { complaints } of [buyer, shop]) expect(complaints).toEqual([]);
});

it("says that the catalogue is away, keeps what a page shows, and finds it again", async () => {
	const [reader, newcomer] = [await open(), await open()];
	await reader.go(`/p/${product.slug}`);
	await reader.at("product").waitFor();
	await stop("catalog");
	// nobody has asked for this before: neither a gateway nor nginx has the answer
	await newcomer.go(`/?q=${product.title}`);
	await isAway(newcomer);
	await textBecomes(reader.at("stock").first(), /\d+ left|In stock/i);
	await start("catalog");
	await newcomer.page.getByTestId("product-card").filter({ hasText: product.title }).waitFor();
	await newcomer.at("error").waitFor({ state: "detached" });
	for (const { complaints } of [reader, newcomer]) expect(complaints).toEqual([]);
});
