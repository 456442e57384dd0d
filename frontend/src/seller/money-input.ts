const WRITTEN = /^(?:€|EUR)?\s*(.*?)\s*(?:€|EUR)?$/i;
const PLAIN = /^(\d{0,12})(?:[.,](\d{1,2}))?$/;
/** Groups of three that can be nothing else: another mark before the cents, one mark twice, or spaces. */
const GROUPED = [
	/^([1-9]\d{0,2}(?:,\d{3})+)\.(\d{1,2})$/,
	/^([1-9]\d{0,2}(?:\.\d{3})+),(\d{1,2})$/,
	/^([1-9]\d{0,2}(?:,\d{3}){2,}|[1-9]\d{0,2}(?:\.\d{3}){2,})$/,
	/^([1-9]\d{0,2}(?:[\s'’]\d{3})+)(?:[.,](\d{1,2}))?$/
];

/**
 * "19.99", "19,99" and "1.299,50" as somebody types them -> cents; undefined if nothing is there, NaN if it is no amount
 * or could be read in two ways, such as 1.234, as the import has it.
 */
export function centsOf(typed: string): number | undefined {
	if (!typed.trim()) return undefined;
	const bare = WRITTEN.exec(typed.trim())?.[1] ?? "";
	const match = bare && [PLAIN, ...GROUPED].map(form => form.exec(bare)).find(Boolean);
	if (!match) return NaN;
	const [, whole = "", part = ""] = match;
	return Number(whole.replace(/\D/g, "")) * 100 + Number(part.padEnd(2, "0"));
}

/** 1999 -> "19.99": what stands in the field. */
export const typedOf = (cents: number | undefined, mark = "."): string =>
	cents === undefined ? "" : (cents / 100).toFixed(2).replace(".", mark);

/** A whole number as typed; undefined if nothing is there, NaN if it is none. */
export function wholeOf(typed: string): number | undefined {
	const bare = typed.trim();
	if (!bare) return undefined;
	return /^\d{1,9}$/.test(bare) ? Number(bare) : NaN;
}
