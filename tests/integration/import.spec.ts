import AuthService from "../../services/auth/auth.service";
import CatalogService from "../../services/catalog/catalog.service";
import GatewayService from "../../services/gateway/gateway.service";
import ImportService from "../../services/import/import.service";
import InventoryService from "../../services/inventory/inventory.service";
import { COLUMNS, csvLine } from "../../services/shared/csv";
import type { Payload, Result } from "../../services/shared/contract";
import { Client } from "../helpers/client";
import { exported, formOf, imported, startImport } from "../helpers/csv";
import { cluster } from "../helpers/cluster";
import { until } from "../helpers/shop";

// a thousand durable writes, also on a machine that has much else to do
jest.setTimeout(240_000);

type Progress = Payload<"import.progressed">;
type Mine = Result<"catalog.mine">;

const told: Progress[] = [];
const Listener = {
	name: "listener",
	events: {
		"import.progressed": (ctx: { params: Progress }) => void told.push(ctx.params)
	}
};
const { urlOf } = cluster([
	AuthService,
	CatalogService,
	InventoryService,
	ImportService,
	GatewayService,
	Listener
]);
const seller = () => new Client(urlOf("gateway")).signUp("seller");
const productsOf = async (who: Client) =>
	(await who.must<Mine>("GET /api/seller/products?pageSize=100&sort=title")).items;

let made = 0;
/** SKUs that no other test has. */
const skuOf = () => `csv-${process.pid}-${++made}`;
const fileOf = (rows: Partial<Record<(typeof COLUMNS)[number], string>>[]) =>
	[COLUMNS, ...rows.map(row => COLUMNS.map(column => row[column] ?? ""))].map(csvLine).join("");
const mug = (sku: string, changes = {}) => ({
	sku,
	title: `Mug ${sku}`,
	category: "kitchen/mugs",
	price: "19.90",
	stock: "5",
	...changes
});

describe("an import", () => {
	it("adds products of several variants, and changes them by their SKUs", async () => {
		const ada = await seller();
		const [small, large] = [skuOf(), skuOf()];
		const jacket = { product: "jacket", title: "Jacket", category: "clothes", option1: "Size" };
		const file = fileOf([
			{ ...jacket, sku: small, value1: "S", price: "80", stock: "3", tags: "rain, warm" },
			mug(skuOf()),
			{ ...jacket, sku: large, value1: "L", price: "85,5", stock: "4", lowStockThreshold: "2" }
		]);
		const first = await imported(ada, await startImport(ada, file));
		expect(first).toMatchObject({ status: "done", dryRun: false, rows: 3, done: 3, created: 3 });
		expect(first).toMatchObject({ updated: 0, errorCount: 0, errors: [] });
		const [product, other] = await productsOf(ada);
		expect(product).toMatchObject({
			title: "Jacket",
			status: "published",
			tags: ["rain", "warm"],
			options: [{ name: "Size", values: ["S", "L"] }],
			variants: [
				{ sku: small, price: 8000, options: { Size: "S" }, stock: { available: 3 } },
				{ sku: large, price: 8550, options: { Size: "L" }, stock: { available: 4 } }
			]
		});
		expect(other!.title).toMatch(/^Mug/);

		const medium = skuOf();
		const second = await imported(
			ada,
			await startImport(
				ada,
				`sku;product;option1;value1;price;stock;title\n${small};;;;79,00;1;\n` +
					`${medium};jacket;Size;M;82;9;Rain jacket\n`
			)
		);
		expect(second).toMatchObject({ status: "done", created: 1, updated: 1, errors: [] });
		const [changed] = (await productsOf(ada)).filter(({ id }) => id === product!.id);
		expect(changed).toMatchObject({
			title: "Rain jacket",
			options: [{ values: ["S", "L", "M"] }],
			variants: [
				{ sku: small, price: 7900, stock: { available: 1 } },
				{ sku: large, price: 8550, stock: { available: 4 } },
				{ sku: medium, price: 8200, stock: { available: 9 } }
			]
		});
	});

	it("says which line and which column is wrong, and does the rest", async () => {
		const [ada, bob] = [await seller(), await seller()];
		const [taken, twice] = [(await bob.product(1)).variants[0]!.sku, skuOf()];
		const file = fileOf([
			mug(skuOf(), { description: "Two\nlines" }),
			mug(taken),
			mug(skuOf(), { price: "cheap" }),
			mug(skuOf(), { title: "" }),
			mug(twice),
			mug(twice),
			mug(skuOf(), { product: "pair", title: "Pair" }),
			mug(skuOf(), { product: "pair", title: "Pair" }),
			mug("No SKU!"),
			mug(skuOf(), { compareAtPrice: "1" }),
			mug(skuOf(), { description: "x".repeat(2_000_000) }),
			mug(skuOf())
		]);
		const { created, errors, done, errorCount } = await imported(ada, await startImport(ada, file));
		expect(errors.map(({ line, column, code }) => [line, column, code])).toEqual([
			[4, "sku", "SKU_TAKEN"],
			[5, "price", "INVALID_TYPE"],
			[6, "title", "REQUIRED"],
			[8, "sku", "DUPLICATE_SKU"],
			[10, undefined, "INVALID"],
			[11, "sku", "INVALID_FORMAT"],
			[12, "compareAtPrice", "INVALID"],
			[13, undefined, "ROW_TOO_LONG"]
		]);
		expect([created, done, errorCount]).toEqual([4, 12, 8]);
		expect(await productsOf(ada)).toHaveLength(4);
	});

	it("refuses a row that names another product than its SKU's, and groups by other names", async () => {
		const ada = await seller();
		const [one, two, added] = [skuOf(), skuOf(), skuOf()];
		const sized = (size: string) => ({ product: "first", option1: "Size", value1: size });
		const rows = [mug(one, { ...sized("S"), title: "First" }), mug(two, { title: "Second" })];
		await imported(ada, await startImport(ada, fileOf(rows)));
		const before = await productsOf(ada);
		const wrong = [
			{ product: before[0]!.slug, sku: two, title: "By its slug" },
			{ product: "first", sku: two, title: "By its name" }
		];
		for (const row of wrong)
			for (const dryRun of ["true", "false"]) {
				const file = fileOf([row]);
				const refused = await imported(ada, await startImport(ada, file, { dryRun }));
				expect(refused).toMatchObject({ created: 0, updated: 0, errorCount: 1 });
				expect(refused.errors).toMatchObject([{ line: 2, column: "product", code: "CONFLICT" }]);
			}
		const joining = mug(added, { ...sized("L"), title: "" });
		const file = fileOf([wrong[1]!, joining]);
		const mixed = await imported(ada, await startImport(ada, file));
		expect(mixed).toMatchObject({ created: 1, updated: 0, errors: [{ line: 2 }] });

		const again = await imported(ada, await startImport(ada, await exported(ada)));
		expect(again).toMatchObject({ rows: 3, created: 0, updated: 0, errors: [] });
		const groups = [
			{ product: "my own group", sku: one, price: "5" },
			{ product: "my own group", sku: two, price: "6" }
		];
		const grouped = await imported(ada, await startImport(ada, fileOf(groups)));
		expect(grouped).toMatchObject({ updated: 2, errors: [] });
		const after = await productsOf(ada);
		expect(after.map(({ title, variants }) => [title, variants.length])).toEqual([
			["First", 2],
			["Second", 1]
		]);
		expect(after[0]!.variants.map(({ sku }) => sku)).toEqual([one, added]);
	});

	it("changes nothing in a dry run, and says what it would do", async () => {
		const ada = await seller();
		const known = skuOf();
		await imported(ada, await startImport(ada, fileOf([mug(known)])));
		const before = await exported(ada);
		const file = fileOf([mug(known, { price: "5" }), mug(skuOf()), mug(skuOf(), { stock: "x" })]);
		const ways: Record<string, string>[] = [{ query: "?dryRun" }, { dryRun: "true" }];
		for (const how of ways) {
			const tried = await imported(ada, await startImport(ada, file, how));
			expect(tried).toMatchObject({ status: "done", dryRun: true, created: 1, updated: 1 });
			expect(tried.errors).toMatchObject([{ line: 4, column: "stock" }]);
			expect(await exported(ada)).toBe(before);
		}
	});

	it("undoes an export exactly, formulas and all", async () => {
		const ada = await seller();
		const skus = [skuOf(), skuOf(), skuOf()];
		const nasty = '=HYPERLINK("http://x";"y")';
		const two = { product: "two", title: nasty, category: "a/b", option1: "Größe" };
		await imported(
			ada,
			await startImport(
				ada,
				fileOf([
					{
						...two,
						sku: skus[0]!,
						value1: "+1",
						price: "1",
						compareAtPrice: "2.50",
						tags: "@x, a\\,b"
					},
					{ ...two, sku: skus[1]!, value1: "-1", price: "1", stock: "7" },
					mug(skus[2]!, { description: '\'=1\r\n"x"; y', status: "draft", lowStockThreshold: "9" })
				])
			)
		);
		const file = await exported(ada);
		expect(file.split("\r\n")[0]).toBe(COLUMNS.join(","));
		expect(file).not.toMatch(/(^|[,"\n])[=+@-]/m);
		expect((await productsOf(ada)).map(({ title }) => title)).toContain(nasty);
		const again = await imported(ada, await startImport(ada, file));
		expect(again).toMatchObject({ rows: 3, done: 3, created: 0, updated: 0, errors: [] });
		expect(await exported(ada)).toBe(file);

		// and where nothing of it is there yet
		const renamed = skus.reduce((text, sku) => text.replaceAll(sku, `${sku}b`), file);
		const bob = await seller();
		await imported(bob, await startImport(bob, renamed));
		// but for its address, which is taken
		const without = (text: string) =>
			text
				.split("\r\n")
				.map(line => line.slice(line.indexOf(",")))
				.sort();
		expect(without(await exported(bob))).toEqual(without(renamed));
	});

	it("reads headings as it is told", async () => {
		const ada = await seller();
		const sku = skuOf();
		const file = `Nr,Wort,Gruppe,Geld\n${sku},Krug,haus,3\n`;
		const mapping = { sku: "Nr", title: "Wort", category: "Gruppe", price: "Geld" };
		const done = await imported(
			ada,
			await startImport(ada, file, { mapping: JSON.stringify(mapping) })
		);
		expect(done).toMatchObject({ status: "done", created: 1 });
		const wrong = await imported(
			ada,
			await startImport(ada, file, { mapping: JSON.stringify({ ...mapping, sku: "No" }) })
		);
		expect(wrong).toMatchObject({
			status: "failed",
			errors: [{ line: 1, column: "sku", code: "MISSING_COLUMN" }]
		});
		const { status } = await ada.ask("POST /api/seller/products/import", {
			...formOf(file, { mapping: "{" })
		});
		expect(status).toBe(422);
	});

	it("is its seller's alone", async () => {
		const [ada, bob] = [await seller(), await seller()];
		const id = await startImport(ada, fileOf([mug(skuOf())]));
		await imported(ada, id);
		expect((await bob.ask(`GET /api/seller/imports/${id}`)).status).toBe(404);
		const { items } = await bob.must<Result<"import.list">>("GET /api/seller/imports");
		expect(items).toEqual([]);
		expect(await exported(bob)).toBe(`${COLUMNS.join(",")}\r\n`);
		const buyer = await new Client(urlOf("gateway")).signUp("buyer");
		const guest = new Client(urlOf("gateway"));
		for (const route of [
			"GET /api/seller/products/export",
			"GET /api/seller/imports",
			`GET /api/seller/imports/${id}`
		]) {
			expect([route, (await buyer.ask(route)).status]).toEqual([route, 403]);
			expect([route, (await guest.ask(route)).status]).toEqual([route, 401]);
		}
		const form = formOf(fileOf([mug(skuOf())]));
		expect((await buyer.ask("POST /api/seller/products/import", form)).status).toBe(403);
		expect((await guest.ask("POST /api/seller/products/import", form)).status).toBe(401);
		for (const { sellerId } of told.filter(({ importId }) => importId === id))
			expect(sellerId).toBe(ada.user!.id);
	});

	it("tells how far it is, up to its end", async () => {
		const ada = await seller();
		const id = await startImport(
			ada,
			fileOf(Array.from({ length: 250 }, () => mug(skuOf(), { stock: "" })))
		);
		expect(await imported(ada, id)).toMatchObject({ created: 250, done: 250 });
		const stepsOf = () => told.filter(({ importId }) => importId === id);
		const steps = await until(stepsOf, list => list.at(-1)?.status === "done");
		const counts = steps.map(({ done }) => done);
		expect(counts).toEqual(counts.toSorted((a, b) => a - b));
		expect(new Set(counts).size).toBeGreaterThan(2);
		expect(steps.at(-1)).toEqual({
			sellerId: ada.user!.id,
			importId: id,
			done: 250,
			rows: 250,
			errors: 0,
			status: "done"
		});
	});

	it("keeps a thousand errors, and counts them all", async () => {
		const ada = await seller();
		const lines = Array.from({ length: 1200 }, (_, i) => `bad sku ${i}`);
		const done = await imported(ada, await startImport(ada, ["sku", ...lines].join("\n")));
		expect(done).toMatchObject({ status: "done", done: 1200, errorCount: 1200 });
		expect(done.errors.map(({ line }) => line)).toEqual(
			Array.from({ length: 1000 }, (_, i) => i + 2)
		);
	});

	it("fails as a whole where the file can't be read, and changes nothing", async () => {
		const ada = await seller();
		const good = csvLine(["sku", "title", "category", "price"]) + `${skuOf()},x,y,1\n`;
		const failed = await imported(ada, await startImport(ada, `${good}"open,x,y,1\n`));
		expect(failed).toMatchObject({ status: "failed", created: 0, errors: [{ line: 3 }] });
		expect(await productsOf(ada)).toEqual([]);
	});
});

describe("an upload", () => {
	const route = "POST /api/seller/products/import";

	it("is refused where it is too large, whether it says so or not", async () => {
		const ada = await seller();
		const said = await ada.ask(route, {
			...formOf("sku\n"),
			headers: { ...formOf("").headers, "Content-Length": "60000000" }
		});
		expect(said.status).toBe(413);
		const form = formOf(Buffer.alloc(55_000_000, "a"));
		const headers = { ...form.headers, "Transfer-Encoding": "chunked" };
		// the line may be cut before the answer is read
		const unsaid = await ada.ask(route, { ...form, headers }).catch(() => null);
		expect([413, undefined]).toContain(unsaid?.status);
		expect((await ada.must<Result<"import.list">>("GET /api/seller/imports")).total).toBe(0);
	});

	it.each([
		["no form", { body: { file: "x" } }, 415],
		["a form without a file", { ...formOf("x"), body: "------shop-tests--\r\n" }, 422],
		["a form that breaks off", { ...formOf("x"), body: "------shop-tests\r\nContent-" }, 400],
		["another field", formOf("sku\n", { other: "1" }), 422],
		["a field twice", formOf("sku\n", { dryRun: "", file: "x" }), 422]
	])("is refused as %s", async (_what, form, status) => {
		const ada = await seller();
		expect((await ada.ask(route, form)).status).toBe(status);
	});

	it("gives its place back at once where it is refused", async () => {
		const ada = await seller();
		const file = `sku,title,category,price\n${skuOf()},x,y,1\n`;
		const { body, headers } = formOf(file);
		const text = body.toString();
		const part = text.slice(0, text.lastIndexOf("------shop-tests--"));
		const refused = [
			formOf(file, { mapping: "nonsense" }),
			formOf(file, { dryRun: "perhaps" }),
			formOf(file, { other: "1" }),
			{ body: Buffer.from(part + text), headers },
			{ body: Buffer.from(`${part}------shop-tests\r\nContent-`), headers }
		];
		for (const form of refused) expect([400, 422]).toContain((await ada.ask(route, form)).status);
		expect(await imported(ada, await startImport(ada, file))).toMatchObject({ created: 1 });
		expect((await ada.must<Result<"import.list">>("GET /api/seller/imports")).total).toBe(1);
	});

	it("has its bounds: so many at a time, and the same rows are made once", async () => {
		const ada = await seller();
		const file = fileOf(Array.from({ length: 200 }, () => mug(skuOf())));
		const answers = await Promise.all(
			Array.from({ length: 12 }, () => ada.ask(route, formOf(file)))
		);
		const started = answers.filter(({ status }) => status === 202);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 429]));
		for (const { body } of started)
			expect(await imported(ada, body.importId)).toMatchObject({ done: 200, errors: [] });
		expect((await ada.must<Mine>("GET /api/seller/products")).total).toBe(200);
	});
});
