import { readFile } from "node:fs/promises";
import { Client, unique } from "../helpers/client";
import { textBecomes, Window } from "../helpers/browser";
import { target, type Target } from "../helpers/target";

/** A seller with a file: checked, mended, imported, and exported again. */
let shop: Target;
let window: Window;

beforeAll(async () => {
	shop = await target();
	window = await Window.open(shop.baseUrl);
});
afterAll(async () => {
	await window?.close();
	await shop.discard();
});

async function signedIn(): Promise<Client> {
	const client = await new Client(shop.baseUrl).signUp("seller");
	await window.signIn(client.user!.email, "/seller");
	await window.at("revenue").waitFor();
	return client;
}
const choose = (name: string, text: string) =>
	window
		.at("csv-file")
		.setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text, "utf8") });
/** What a click makes the browser save. */
async function savedBy(testId: string): Promise<string> {
	const [download] = await Promise.all([
		window.page.waitForEvent("download"),
		window.at(testId).first().click()
	]);
	return readFile(await download.path(), "utf8");
}

it("checks a file, says what is wrong, imports the rest, and exports it all again", async () => {
	const client = await signedIn();
	const [good, bad] = [unique("csv"), unique("csv")];
	const title = unique("Kettle");
	await window.go("/seller/products");
	await window.at("import-open").click();
	expect(await savedBy("template")).toMatch(/^\ufeffproduct,sku,title,/);

	// a spreadsheet's own file is none
	await choose("Kessel.xlsx", "PK\x03\x04\0\0mimetype");
	await window.page.getByText("This is no CSV").waitFor();

	const file = `Artikelnummer;Titel;Kategorie;Preis;Bestand;Farbe\n${good};${title};küche/kessel;19,90;7;rot\n${bad};${title} II;küche;viel;1;blau\n`;
	await choose("Kessel.csv", file);
	const select = (column: string) => window.at(`map-${column}`);
	expect(await select("sku").inputValue()).toBe("Artikelnummer");
	expect(await select("price").inputValue()).toBe("Preis");
	expect(await select("tags").inputValue()).toBe("");
	await select("tags").selectOption("Farbe");

	await window.at("dry-run").click();
	const state = window.page.locator("[data-testid=import][data-status=done]");
	await state.and(window.page.locator("[data-dry=true]")).waitFor();
	await textBecomes(window.at("import-created"), /^1$/);
	await textBecomes(window.at("csv-error").first(), /3.*(Price|Preis)/s);
	expect((await client.must<{ total: number }>("GET /api/seller/products")).total).toBe(0);
	const errors = await savedBy("errors-download");
	expect(errors.split("\r\n")[1]).toMatch(/^3,price,INVALID_TYPE,/);

	await window.at("import-now").click();
	await state.and(window.page.locator("[data-dry=false]")).waitFor();
	await textBecomes(window.at("import-created"), /^1$/);
	await window.page.reload();
	await textBecomes(window.at("import-created"), /^1$/);
	await window.go("/seller/products");
	const row = window.page.getByTestId("product-row").filter({ hasText: title });
	await row.first().waitFor();
	expect(await client.stock(good)).toMatchObject({ available: 7 });

	const exported = await savedBy("export");
	const line = exported.split("\r\n").find(text => text.includes(good))!;
	expect(line).toContain(`${good},${title},,küche/kessel,rot,published,,,,,19.90,,7,`);
	expect(window.complaints).toEqual([]);
	expect(await shop.verify()).toEqual([]);
});

it("shows how far a long import is while it goes on, and the products that come", async () => {
	const before = window.page;
	await window.go("/seller/products/import");
	const prefix = unique("long");
	const rows = Array.from(
		{ length: 1500 },
		(_, i) => `${prefix}-${i},Thing ${prefix} ${i},a/b,1.50,3`
	);
	await choose("long.csv", ["sku,title,category,price,stock", ...rows].join("\n"));
	await window.at("import-start").click();
	await textBecomes(window.at("import-done"), /[1-9]/, 60_000);
	await window.page.locator("[data-testid=import][data-status=done]").waitFor({ timeout: 120_000 });
	await textBecomes(window.at("import-created"), /1.?500/);
	await textBecomes(window.at("import-row").first(), /1.?500/);
	expect(window.page).toBe(before);
	expect(window.complaints).toEqual([]);
});
