/**
 * What the reading thread runs: as text, so that the same runs from TypeScript, from dist and under Jest. It asks for
 * the file's parts and gives its rows as a question too, so that it goes on when they are done with: no more than a few
 * parts and a batch are ever under way.
 */
export const THREAD = `
const { parentPort, workerData } = require("node:worker_threads");
const { Readable, pipeline } = require("node:stream");
const { parse } = require(workerData.parser);
const { mostRows, mostInGroup, batchSize, batchLength, skip } = workerData;
const { longestRecord, longestMistake } = workerData;

const asked = new Map();
let last = 0;
const ask = question =>
	new Promise(resolve => {
		asked.set(++last, resolve);
		parentPort.postMessage({ id: last, ...question });
	});
parentPort.on("message", ({ id, answer }) => {
	asked.get(id)(answer);
	asked.delete(id);
});
class Problem extends Error {
	constructor(code, line, message) {
		super(message);
		Object.assign(this, { code, line });
	}
}

async function* text() {
	const decoder = new TextDecoder("utf-8", { fatal: true });
	const decoded = (...bytes) => {
		try {
			return decoder.decode(...bytes);
		} catch {
			throw new Problem("ENCODING", 0, "The file isn't text in UTF-8");
		}
	};
	for (let n = 0; n < workerData.parts; n++)
		yield decoded(await ask({ kind: "part", n }), { stream: true });
	yield decoded();
}

/** The delimiter that the first line has most of. */
function delimiterOf(head) {
	const counts = { ",": 0, ";": 0, "\\t": 0 };
	let inQuotes = false;
	for (const letter of head) {
		if (letter === '"') inQuotes = !inQuotes;
		else if (!inQuotes && (letter === "\\n" || letter === "\\r")) break;
		else if (!inQuotes && letter in counts) counts[letter]++;
	}
	return Object.keys(counts).reduce((best, next) => (counts[next] > counts[best] ? next : best));
}

const PROBLEMS = {
	CSV_QUOTE_NOT_CLOSED: ["QUOTES", "A quotation mark opens here and never closes"],
	CSV_INVALID_CLOSING_QUOTE: ["QUOTES", "Something follows a closing quotation mark"],
	INVALID_OPENING_QUOTE: ["QUOTES", "A quotation mark stands in the middle of a cell without them"],
	CSV_MAX_RECORD_SIZE: ["ROW_TOO_LONG", "This row is too long"]
};

/** The records of the file with the line that each begins on; empty lines are left out. */
async function* records() {
	const pieces = text();
	let first = await pieces.next();
	const delimiter = delimiterOf(first.value);
	async function* all() {
		yield first.value;
		first = undefined;
		yield* pieces;
	}
	let line = 1;
	const parser = parse({
		delimiter,
		relax_column_count: true,
		record_delimiter: ["\\r\\n", "\\n", "\\r"],
		max_record_size: longestMistake,
		on_record(cells) {
			const begins = line++;
			let length = 0;
			for (const cell of cells) {
				length += cell.length;
				for (const _ of cell.matchAll(/\\r\\n|\\r|\\n/g)) line++;
			}
			if (length > longestRecord) return { cells: [], line: begins, tooLong: true };
			return cells.some(cell => cell.trim() !== "") ? { cells, line: begins } : null;
		}
	});
	pipeline(Readable.from(all()), parser, () => {});
	try {
		yield* parser;
	} catch (err) {
		const [code, message] = PROBLEMS[err.code] ?? [];
		throw code ? new Problem(code, line, message) : err;
	}
}

async function read() {
	let counts = new Map();
	let places = null;
	let width = 0;
	let rows = 0;
	const pick = cells => places.map(i => (i < 0 ? null : (cells[i] ?? "").trim()));
	const PRODUCT = workerData.columns.indexOf("product");
	const SKU = workerData.columns.indexOf("sku");
	/** Rows of one product; each without a product's name is one by itself. */
	const keyOf = cells => cells[PRODUCT] || "\\0" + cells[SKU].toLowerCase();

	for await (const { cells, line, tooLong } of records()) {
		if (!places) {
			if (tooLong) throw new Problem("ROW_TOO_LONG", line, "This row is too long");
			width = cells.length;
			places = await ask({ kind: "headings", headings: cells.map(cell => cell.trim()) });
			continue;
		}
		if (++rows > mostRows)
			throw new Problem("TOO_MANY_ROWS", 0, "A file has at most " + mostRows + " rows");
		const key = keyOf(pick(cells));
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	if (!rows) throw new Problem("EMPTY", 0, "The file has no rows");
	await ask({ kind: "counted", rows });

	const skus = new Map();
	/** Products of which there are more rows to come. */
	const open = new Map();
	let batch = [];
	let length = 0;
	let from = 0;
	const flush = async () => {
		const to = from + batch.length;
		if (to > skip && batch.length)
			await ask({
				kind: "batch",
				from: Math.max(from, skip),
				rows: batch.slice(Math.max(0, skip - from))
			});
		from = to;
		batch = [];
		length = 0;
	};
	let isHeading = true;
	for await (const { cells, line, tooLong } of records()) {
		if (isHeading) {
			isHeading = false;
			continue;
		}
		const row = { line, cells: pick(cells) };
		if (tooLong) row.tooLong = true;
		if (cells.slice(width).some(cell => cell.trim() !== "")) row.tooWide = true;
		const sku = row.cells[SKU].toLowerCase();
		if (skus.has(sku)) row.sameAs = skus.get(sku);
		else if (sku) skus.set(sku, line);
		const key = keyOf(row.cells);
		const left = counts.get(key) - 1;
		counts.set(key, left);
		const group = open.get(key) ?? { rows: [], sent: 0 };
		if (group.sent + group.rows.length >= mostInGroup) row.tooMany = true;
		group.rows.push(row);
		if (left > 0 && group.rows.length < mostInGroup) {
			open.set(key, group);
			continue;
		}
		batch.push(...group.rows);
		for (const { cells } of group.rows) for (const cell of cells) length += cell?.length ?? 0;
		group.sent += group.rows.length;
		group.rows = [];
		if (left > 0) open.set(key, group);
		else {
			open.delete(key);
			counts.delete(key);
		}
		if (batch.length >= batchSize || length >= batchLength) await flush();
	}
	await flush();
}

read().then(
	() => parentPort.postMessage({ kind: "end" }),
	err => {
		const { code, line, message } = err;
		parentPort.postMessage(
			err instanceof Problem
				? { kind: "problem", problem: { code, line, message } }
				: { kind: "broken", message: String(err && err.stack) }
		);
	}
);
`;
