import { csvLine, guessMapping, type Mapping } from "@shared/csv";
import type { RowError } from "@shared/import.contract";

/** Bytes that are looked at for the headings and the first row. */
const HEAD = 64 * 1024;
export const LARGEST = 50_000_000;

/** A file that was chosen, and what its first lines look like. */
export interface CsvFile {
	file: File;
	headings: string[];
	/** Of the first row, below each heading. */
	sample: string[];
	guessed: Mapping;
}

/** The first lines of a text as cells; the server's reading decides, this one is only shown. */
export function firstLines(text: string, most = 2): string[][] {
	const [head = ""] = text.split(/\r\n|\r|\n/, 1);
	const often = (mark: string) => head.split(mark).length;
	const mark = [",", ";", "\t"].reduce((best, next) => (often(next) > often(best) ? next : best));
	const lines: string[][] = [[]];
	let cell = "";
	let quoted = false;
	const endCell = () => {
		lines.at(-1)!.push(cell.trim());
		cell = "";
	};
	for (let i = 0; i < text.length && lines.length <= most; i++) {
		const letter = text[i]!;
		if (quoted && letter === '"' && text[i + 1] === '"') cell += text[++i];
		else if (letter === '"') quoted = !quoted;
		else if (!quoted && letter === mark) endCell();
		else if (!quoted && /[\r\n]/.test(letter)) {
			if (letter === "\r" && text[i + 1] === "\n") i++;
			endCell();
			lines.push([]);
		} else cell += letter;
	}
	if (cell || lines.at(-1)!.length) endCell();
	return lines.filter(line => line.some(Boolean)).slice(0, most);
}

/** What the bytes say in UTF-8; undefined where they are something else, such as a spreadsheet's own file (a zip). */
export function textOf(bytes: ArrayBuffer, goesOn = false): string | undefined {
	try {
		const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: goesOn });
		return text.includes("\0") || text.startsWith("PK\x03\x04") ? undefined : text;
	} catch {
		return undefined;
	}
}

/** Undefined if the file is no text. */
export async function lookInto(file: File): Promise<CsvFile | undefined> {
	const text = textOf(await file.slice(0, HEAD).arrayBuffer(), file.size > HEAD);
	if (text === undefined) return undefined;
	const [headings = [], sample = []] = firstLines(text);
	return { file, headings, sample, guessed: guessMapping(headings) };
}

/** The errors as a file, for whoever mends them in a spreadsheet. */
export const errorsCsv = (errors: readonly RowError[]) =>
	csvLine(["line", "column", "code", "message"]) +
	errors
		.map(({ line, column = "", code, message }) => csvLine([String(line), column, code, message]))
		.join("");
