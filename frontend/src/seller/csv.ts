type Cell = string | number;

/** A text that a spreadsheet would take for a formula is told to be text. */
const safe = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const quoted = (cell: Cell) => {
	if (typeof cell === "number") return String(cell);
	const text = safe(cell);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Rows as a spreadsheet reads them. */
export const csvOf = (rows: readonly (readonly Cell[])[]) =>
	rows.map(row => row.map(quoted).join(",")).join("\r\n") + "\r\n";

/** Gives the browser a text to save; the mark at its beginning tells spreadsheets that it is UTF-8. */
export function save(name: string, text: string): void {
	const url = URL.createObjectURL(new Blob([`\ufeff${text}`], { type: "text/csv;charset=utf-8" }));
	const link = Object.assign(document.createElement("a"), { href: url, download: name });
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
