/** "19.99", "19,99" and "1.299,50" as somebody types them -> cents; undefined if nothing is there, NaN if it is no amount. */
export function centsOf(typed: string): number | undefined {
	const bare = typed.replace(/[\s€]/g, "");
	if (!bare) return undefined;
	const [, whole = "", part = ""] = /^([\d.,]*?)(?:[.,](\d{1,2}))?$/.exec(bare) ?? [];
	if (!whole && !part) return NaN;
	if (!/^(\d*|\d{1,3}([.,]\d{3})+)$/.test(whole)) return NaN;
	return Number(whole.replace(/[.,]/g, "") || 0) * 100 + Number(part.padEnd(2, "0"));
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
