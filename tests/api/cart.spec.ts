import { unique, type Product } from "../helpers/client";
import { CheckedClient } from "../helpers/client-checked";
import { until } from "../helpers/shop";
import { target, type Target } from "../helpers/target";

let shop: Target;
let seller: CheckedClient;
beforeAll(async () => {
	shop = await target();
	seller = await new CheckedClient(shop.baseUrl).signUp("seller");
});
afterAll(() => shop?.discard());

const client = () => new CheckedClient(shop.baseUrl);
const skuOf = (product: Product) => product.variants[0]!.sku;
const adjust = (sku: string, delta: number) =>
	seller.must(`POST /api/seller/stock/${sku}/adjust`, { body: { delta, reason: "correction" } });
const cartOf = async (by: CheckedClient) => (await by.ask("GET /api/cart")).body;
const lineOf = async (by: CheckedClient) => (await cartOf(by)).items[0];

const whose: [string, () => Promise<CheckedClient>][] = [
	["a guest", async () => client()],
	["a buyer", () => client().signUp()]
];
describe.each(whose)("the cart of %s", (_who, somebody) => {
	let owner: CheckedClient;
	let product: Product;
	beforeEach(async () => {
		owner = await somebody();
		product = await seller.product(5, 1999);
	});

	it("is empty at first", async () => {
		expect(await cartOf(owner)).toEqual({
			items: [],
			discounts: [],
			subtotal: 0,
			total: 0,
			currency: "EUR",
			version: expect.any(Number)
		});
	});

	it("shows lines at the prices and the stock of now, and sums", async () => {
		const sku = skuOf(product);
		const { status, body } = await owner.putInCart(sku, 2);
		expect(status).toBe(200);
		expect(body.items).toEqual([
			{
				sku,
				productId: product.id,
				slug: product.slug,
				title: product.title,
				options: {},
				image: null,
				unitPrice: 1999,
				quantity: 2,
				lineTotal: 3998,
				available: 5
			}
		]);
		expect(body).toMatchObject({ subtotal: 3998, total: 3998, discounts: [] });
		expect(await cartOf(owner)).toEqual(body);

		const other = await seller.product(5, 1);
		const more = (await owner.putInCart(skuOf(other), 3)).body;
		expect([more.items.length, more.total]).toEqual([2, 4001]);
		expect(more.version).toBeGreaterThan(body.version);
	});

	it("sets a quantity, and 0 takes the line out", async () => {
		const sku = skuOf(product);
		await owner.putInCart(sku, 2);
		expect((await owner.putInCart(sku, 4)).body.items[0]!.quantity).toBe(4);
		expect((await owner.putInCart(sku, 0)).body).toMatchObject({ items: [], total: 0 });
		expect((await owner.putInCart(sku, 0)).status).toBe(200);
	});

	it("is emptied by DELETE", async () => {
		await owner.putInCart(skuOf(product), 1);
		const { status, body } = await owner.ask("DELETE /api/cart");
		expect([status, body.items]).toEqual([200, []]);
		expect((await cartOf(owner)).items).toEqual([]);
	});

	it.each([-1, 1.5, "1", 1000, null, [1], true, 2 ** 53])("refuses a quantity of %j", async n => {
		const { status, body } = await owner.ask(`PUT /api/cart/items/${skuOf(product)}`, {
			body: { quantity: n }
		});
		expect([status, body.errors[0].path]).toEqual([422, "quantity"]);
	});

	it("knows no SKU that nobody sells, no draft's and no price of one's own", async () => {
		const put = (sku: string, body: object = { quantity: 1 }) =>
			owner.outcome(`PUT /api/cart/items/${sku}`, { body });
		expect(await put("no-such-sku")).toBe("404 NOT_FOUND");
		const draft = await seller.must<Product>("POST /api/catalog/products", {
			body: {
				title: unique("Draft"),
				category: "things",
				status: "draft",
				variants: [{ price: 1, stock: 1 }]
			}
		});
		expect(await put(skuOf(draft))).toBe("404 NOT_FOUND");
		expect(await put(skuOf(product), { quantity: 1, unitPrice: 1 })).toBe("422 VALIDATION_FAILED");
	});

	it("tells what is wrong with a line", async () => {
		const sku = skuOf(product);
		await owner.putInCart(sku, 4);
		expect(await lineOf(owner)).not.toHaveProperty("problem");

		await adjust(sku, -3);
		expect(await lineOf(owner)).toMatchObject({ problem: "INSUFFICIENT_STOCK", available: 2 });
		await adjust(sku, -2);
		expect(await lineOf(owner)).toMatchObject({ problem: "OUT_OF_STOCK", available: 0 });
		await adjust(sku, 9);
		expect(await lineOf(owner)).not.toHaveProperty("problem");

		const { version } = await seller.must<Product>(`PATCH /api/catalog/products/${product.id}`, {
			body: { version: product.version, variants: [{ sku, price: 2499 }] }
		});
		const dearer = await lineOf(owner);
		expect(dearer).toMatchObject({
			problem: "PRICE_CHANGED",
			previousUnitPrice: 1999,
			unitPrice: 2499,
			lineTotal: 9996
		});
		expect((await owner.putInCart(sku, 4)).body.items[0]).not.toHaveProperty("previousUnitPrice");

		expect(await seller.outcome(`DELETE /api/catalog/products/${product.id}`)).toBe("204");
		expect(version).toBeGreaterThan(product.version);
		expect(await lineOf(owner)).toMatchObject({ sku, problem: "UNAVAILABLE", available: 0 });
	});

	it("may want more than there is, and is told so", async () => {
		const { status, body } = await owner.putInCart(skuOf(product), 9);
		expect([status, body.items[0]!.problem]).toEqual([200, "INSUFFICIENT_STOCK"]);
	});

	it("is nobody else's", async () => {
		await owner.putInCart(skuOf(product), 1);
		expect((await cartOf(client())).items).toEqual([]);
		expect((await cartOf(await client().signUp())).items).toEqual([]);
	});
});

describe("a guest's cart", () => {
	const cookieIn = (headers: Record<string, unknown>) =>
		([headers["set-cookie"] ?? []].flat() as string[]).find(cookie => /cart/.test(cookie));

	it("hangs on a cookie that is signed and out of a script's reach", async () => {
		const product = await seller.product(5);
		const guest = client();
		const { headers } = await guest.putInCart(skuOf(product), 1);
		const cookie = cookieIn(headers)!;
		expect(cookie).toMatch(/;\s*HttpOnly/i);
		expect(cookie).toMatch(/;\s*SameSite=(Lax|Strict)/i);
		const [, name, value] = /^([^=]+)=([^;]+)/.exec(cookie)!;
		const peek = async (forged: string) =>
			(await client().ask("GET /api/cart", { headers: { Cookie: `${name}=${forged}` } })).body;
		expect((await peek(value!)).items).toHaveLength(1);
		for (const forged of [`${value}x`, value!.slice(0, -2), `x${value}`, "nonsense", ""])
			expect((await peek(forged)).items).toEqual([]);
	});

	it("comes along at sign-in: the larger quantity wins, never above stock", async () => {
		const buyer = await client().signUp();
		const [more, less, scarce, gone, kept] = await Promise.all(
			[9, 9, 9, 9, 9].map(stock => seller.product(stock))
		);
		const guest = client();
		const put = async (by: CheckedClient, product: Product | undefined, quantity: number) =>
			expect((await by.putInCart(skuOf(product!), quantity)).status).toBe(200);
		await put(buyer, more, 1);
		await put(guest, more, 3);
		await put(buyer, less, 3);
		await put(guest, less, 1);
		await put(guest, scarce, 6);
		await put(guest, gone, 2);
		await put(buyer, kept, 2);
		await adjust(skuOf(scarce!), -5);
		await adjust(skuOf(gone!), -9);

		const { email } = buyer.user!;
		const body = { email, password: "correct horse battery" };
		const session = await guest.ask("POST /api/auth/login", { body });
		expect(session.status).toBe(200);
		expect(Object.keys(session.body).sort()).toEqual(["accessToken", "expiresIn", "user"]);
		guest.token = session.body.accessToken;
		const quantities = async (by: CheckedClient) =>
			Object.fromEntries(
				(await cartOf(by)).items.map(({ sku, quantity }: { sku: string; quantity: number }) => [
					sku,
					quantity
				])
			);
		const merged = {
			[skuOf(more!)]: 3,
			[skuOf(less!)]: 3,
			[skuOf(scarce!)]: 4,
			[skuOf(kept!)]: 2
		};
		expect(await quantities(guest)).toMatchObject(merged);
		expect(await quantities(buyer)).toEqual(await quantities(guest));
		expect((await quantities(guest))[skuOf(gone!)] ?? 0).toBe(0);
		guest.token = undefined;
		expect((await cartOf(guest)).items).toEqual([]);
	});

	it("comes along to a new account as well", async () => {
		const product = await seller.product(5);
		const guest = client();
		await guest.putInCart(skuOf(product), 2);
		await guest.signUp();
		expect((await cartOf(guest)).items).toMatchObject([{ sku: skuOf(product), quantity: 2 }]);
	});
});

it("takes what was ordered out of the buyer's cart", async () => {
	const buyer = await client().signUp();
	const [bought, other] = [await seller.product(5), await seller.product(5)];
	await buyer.putInCart(skuOf(bought), 2);
	await buyer.putInCart(skuOf(other), 1);
	expect((await buyer.place([{ sku: skuOf(bought), quantity: 2 }])).status).toBe(201);
	const cart = await until(
		() => cartOf(buyer),
		({ items }) => items.length === 1
	);
	expect(cart.items[0].sku).toBe(skuOf(other));
});
