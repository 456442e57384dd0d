import fc from "fast-check";
import { FileProblem, readRows, type RawRow } from "../../services/import/reader";
import { placesOf } from "../../services/import/documents";
import { rowOf } from "../../services/import/rows";
import {
	centsOf,
	COLUMNS,
	csvLine,
	decimalOf,
	guarded,
	guessMapping,
	joinTags,
	splitTags,
	templateCsv,
	unguarded
} from "../../services/shared/csv";

interface Reading {
	rows?: number;
	batches: { from: number; rows: RawRow[] }[];
}
/** Reads a text as the import does, in parts of so many bytes. */
async function read(file: string | Buffer, { size = 7, skip = 0 } = {}): Promise<Reading> {
	const bytes = Buffer.from(file);
	const reading: Reading = { batches: [] };
	await readRows(
		{
			parts: Math.max(1, Math.ceil(bytes.length / size)),
			skip,
			part: async n => bytes.subarray(n * size, (n + 1) * size),
			headings: headings => placesOf(headings),
			counted: async rows => void (reading.rows = rows),
			batch: async (from, rows) => void reading.batches.push({ from, rows })
		},
		new AbortController().signal
	);
	return reading;
}
const cellOf = (row: RawRow | undefined, column: (typeof COLUMNS)[number]) =>
	row?.cells[COLUMNS.indexOf(column)];
const rowsOf = ({ batches }: Reading) => batches.flatMap(batch => batch.rows);
const problemOf = async (file: string | Buffer, size = 7) => {
	const err = await read(file, { size }).then(
		() => null,
		(reason: unknown) => reason
	);
	return err instanceof FileProblem ? err.problem : err;
};

describe("cells", () => {
	it("lets no spreadsheet run one, and gives back exactly what went in", () => {
		for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''-2", "＝1"])
			expect(guarded(text)).toBe(`'${text}`);
		for (const text of ["'tis", "''", "a=b", "", "5-6"]) expect(guarded(text)).toBe(text);
		const wild = fc.string({ unit: fc.constantFrom(..."'=+-@\t\r\n ab,;\"") });
		fc.assert(fc.property(wild, text => unguarded(guarded(text)) === text));
		fc.assert(fc.property(wild, text => !/^[=+\-@\t\r\n]/.test(guarded(text))));
	});

	it("reads amounts that can be read in one way only", () => {
		for (const [text, cents] of Object.entries({
			"19.99": 1999,
			"19,9": 1990,
			"19": 1900,
			"€ 5.00": 500,
			"5,00 €": 500,
			"0": 0,
			"1.234": null,
			"1,234.50": null,
			"-3": null,
			abc: null
		}))
			expect([text, centsOf(text)]).toEqual([text, cents]);
		fc.assert(fc.property(fc.nat(100_000_000), cents => centsOf(decimalOf(cents)) === cents));
	});

	it("keeps tags whole, whatever is in them", () => {
		expect(splitTags("red,  blue ,, warm\\, soft")).toEqual(["red", "blue", "warm, soft"]);
		const tag = fc
			.string({ unit: fc.constantFrom(..."ab ,\\;'"), minLength: 1 })
			.map(text => text.trim())
			.filter(Boolean);
		fc.assert(
			fc.property(fc.array(tag), tags => {
				expect(splitTags(joinTags(tags))).toEqual(tags);
			})
		);
	});

	it("knows columns by what others call them", () => {
		expect(guessMapping(["Artikelnummer", "Preis", "Bestand", "Farbe"])).toEqual({
			sku: "Artikelnummer",
			price: "Preis",
			stock: "Bestand"
		});
		expect(
			guessMapping(["Handle", "Variant SKU", "Title", "Option1 Name", "Option1 Value"])
		).toEqual({
			product: "Handle",
			sku: "Variant SKU",
			title: "Title",
			option1: "Option1 Name",
			value1: "Option1 Value"
		});
		expect(guessMapping(COLUMNS)).toEqual(Object.fromEntries(COLUMNS.map(name => [name, name])));
	});
});

describe("a file", () => {
	it.each([
		["commas", 'sku,title,price\na-1,"x, y",1\n'],
		["semicolons", 'sku;title;price\na-1;"x, y";1\n'],
		["tabs", "sku\ttitle\tprice\na-1\tx, y\t1\n"],
		["CRLF", 'sku,title,price\r\na-1,"x, y",1\r\n'],
		["lone CRs", 'sku,title,price\ra-1,"x, y",1\r'],
		["a mark of its encoding", '\ufeffsku,title,price\na-1,"x, y",1'],
		["everything in quotes", '"sku","title","price"\n"a-1","x, y","1"']
	])("is read with %s", async (_what, file) => {
		const reading = await read(file);
		expect(reading.rows).toBe(1);
		const [row] = rowsOf(reading);
		expect([cellOf(row, "sku"), cellOf(row, "title"), cellOf(row, "price")]).toEqual([
			"a-1",
			"x, y",
			"1"
		]);
		expect(cellOf(row, "stock")).toBeNull();
		expect(row!.line).toBe(2);
	});

	it("says which line a row begins on, whatever was before it", async () => {
		const file = 'sku,title\r\n\r\na-1,"one\r\ntwo\r\n\r\nfour"\r\n,\r\nb-1,ß\r\n';
		expect(rowsOf(await read(file, { size: 3 })).map(({ line }) => line)).toEqual([3, 8]);
	});

	it("comes out as it went in", async () => {
		const letters = fc.constantFrom(..."ab,;\"'=+-@\t\r\nß€𝒳 ");
		const cell = fc.string({ unit: letters }).map(text => text.trim());
		const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 });
		await fc.assert(
			fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (rows, size) => {
				const file = [["sku", "title", "description"], ...rows.map((row, i) => [`s-${i}`, ...row])]
					.map(csvLine)
					.join("");
				const read1 = rowsOf(await read(file, { size }));
				expect(
					read1.map(row => [cellOf(row, "title")!, cellOf(row, "description")!].map(unguarded))
				).toEqual(rows);
			}),
			{ numRuns: 10 }
		);
	});

	it("brings the rows of a product together, in batches that are the same each time", async () => {
		const file = ["product,sku", ...Array.from({ length: 450 }, (_, i) => `p${i % 150},s-${i}`)];
		const reading = await read(file.join("\n"), { size: 1000 });
		expect(reading.rows).toBe(450);
		const rows = rowsOf(reading);
		expect(rows.map(row => cellOf(row, "product"))).toEqual(
			Array.from({ length: 450 }, (_, i) => `p${Math.floor(i / 3)}`)
		);
		for (const { rows: batch } of reading.batches) expect(batch.length % 3).toBe(0);
		const second = reading.batches[1]!;
		const resumed = await read(file.join("\n"), { size: 1000, skip: second.from });
		expect(resumed.batches).toEqual(reading.batches.slice(1));
		const midway = await read(file.join("\n"), { size: 1000, skip: second.from + 1 });
		expect(midway.batches[0]).toEqual({ from: second.from + 1, rows: second.rows.slice(1) });
	});

	it("is refused as a whole where it can't be read, with the line", async () => {
		expect(await problemOf('sku\na-1\n"b-1\n')).toMatchObject({ line: 3, code: "QUOTES" });
		expect(await problemOf('sku,title\na-1,"x"y\n')).toMatchObject({ line: 2, code: "QUOTES" });
		expect(await problemOf(Buffer.from([0x73, 0x6b, 0x75, 0x0a, 0xff, 0xfe]))).toMatchObject({
			code: "ENCODING"
		});
		expect(await problemOf("sku\n")).toMatchObject({ code: "EMPTY" });
		expect(await problemOf("")).toMatchObject({ code: "EMPTY" });
		expect(await problemOf("name,price\nx,1\n")).toMatchObject({
			line: 1,
			column: "sku",
			code: "MISSING_COLUMN"
		});
		const long = "x".repeat(200_000);
		expect(await problemOf(`${long},title\na-1,x\n`, 500_000)).toMatchObject({
			line: 1,
			code: "ROW_TOO_LONG"
		});
		const file = `sku,title\na-1,x\nb-1,"${"x\n".repeat(6_000_000)}`;
		expect(await problemOf(file, 500_000)).toMatchObject({ line: 3, code: "ROW_TOO_LONG" });
	});

	it("goes on after a row that is too long, and says its line", async () => {
		const long = "xß\r\n".repeat(700_000);
		const file = `sku,title\na-1,x\nb-1,"${long}"\nc-1,y\n`;
		const { rows, batches } = await read(file, { size: 500_000 });
		expect(rows).toBe(3);
		const results = batches.flatMap(batch => batch.rows).map(rowOf);
		expect(results).toMatchObject([
			{ row: { line: 2, sku: "a-1" } },
			{ errors: [{ line: 3, code: "ROW_TOO_LONG" }] },
			{ row: { line: 700_004, sku: "c-1" } }
		]);
	});

	it("comes with a template that the import takes", async () => {
		const rows = rowsOf(await read(templateCsv(), { size: 50 })).map(rowOf);
		expect(rows).toHaveLength(2);
		for (const result of rows) expect(result).toHaveProperty("row.price", 8990);
	});
});

describe("a row", () => {
	const resultOf = async (file: string) => rowOf(rowsOf(await read(file)).at(-1)!);

	it("leaves out what its cells don't say", async () => {
		expect(await resultOf("sku,price,title,compareAtPrice\nA-1,,,\n")).toEqual({
			row: { line: 2, key: "a-1", sku: "a-1", compareAtPrice: null }
		});
		expect(await resultOf("sku,stock\na-1,7\n")).toEqual({
			row: { line: 2, key: "a-1", sku: "a-1", stock: 7 }
		});
	});

	it.each([
		["sku,price\n,1\n", "sku", "REQUIRED"],
		["sku,price\na b,1\n", "sku", "INVALID_FORMAT"],
		["sku,price\na-1,cheap\n", "price", "INVALID_TYPE"],
		["sku,stock\na-1,-4\n", "stock", "INVALID_TYPE"],
		["sku,stock\na-1,1.5\n", "stock", "INVALID_TYPE"],
		["sku,status\na-1,sold\n", "status", "INVALID_VALUE"],
		["sku,category\na-1,a//b\n", "category", "INVALID_FORMAT"],
		["sku,option1,value1\na-1,Size,\n", "value1", "INCOMPLETE"],
		["sku,option1,value1\na-1,a.b,c\n", "value1", "INVALID_KEY"],
		["sku,title\na-1,x,stray\n", undefined, "TOO_MANY_CELLS"],
		["sku\na-1\nA-1\n", "sku", "DUPLICATE_SKU"]
	])("says what is wrong with it: %j", async (file, column, code) => {
		const result = await resultOf(file);
		expect(result).toMatchObject({ errors: [{ ...(column && { column }), code }] });
	});
});
