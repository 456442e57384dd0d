import { textOf } from "../../frontend/src/seller/csv-file";

const bytes = (...parts: (string | number[])[]) =>
	new Uint8Array(parts.flatMap(part => [...Buffer.from(part)])).buffer;
const SHEET = "sku;Größe\nmug-1;groß\n";

it("reads text in UTF-8, and some of it that ends within a letter", () => {
	expect(textOf(bytes(SHEET))).toBe(SHEET);
	expect(textOf(bytes("Grö").slice(0, 3), true)).toBe("Gr");
});
it.each([
	["a spreadsheet's own file", bytes("PK\x03\x04mimetype")],
	["zeros", bytes("sku\0\0price")],
	["UTF-16", bytes([0xff, 0xfe], [...Buffer.from(SHEET, "utf16le")])],
	["Windows-1252", bytes([...Buffer.from(SHEET, "latin1")])]
])("takes %s for no text", (_, file) => expect(textOf(file)).toBeUndefined());
