const LETTERS: Record<string, string> = {
	ß: "ss",
	æ: "ae",
	œ: "oe",
	ø: "o",
	đ: "d",
	ð: "d",
	ł: "l",
	þ: "th",
	ı: "i"
};

/** Without case and accents: "Crème Brûlée" and "creme brulee" are the same to a searcher. */
export const fold = (text: string) =>
	text
		.normalize("NFKD")
		.replace(/\p{M}+/gu, "")
		.toLowerCase()
		.replace(/[ßæœøđðłþı]/g, letter => LETTERS[letter]!);

/** The folded words of a text. */
export const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

const hyphened = (text: string) => fold(text).replace(/[^a-z0-9]+/g, "-");
const trimmed = (text: string) => text.replace(/^-+|-+$/g, "");

/** "Mug, blue" -> "mug-blue"; "product" where nothing of the title can be written so. */
export const slugOf = (title: string) =>
	trimmed(trimmed(hyphened(title)).slice(0, 70)) || "product";

const LONGEST_SKU = 40;

/** A readable SKU that isn't in `taken`: the values that tell it apart are kept whole as far as they fit. */
export function skuOf(slug: string, values: string[], taken: ReadonlySet<string>): string {
	const tail = trimmed(hyphened(values.join("-"))).slice(0, 24);
	for (let n = 1; ; n++) {
		const end = [tail, n > 1 ? String(n) : ""].filter(Boolean).join("-");
		const head = trimmed(slug.slice(0, LONGEST_SKU - (end ? end.length + 1 : 0)));
		const sku = trimmed([head, end].filter(Boolean).join("-"));
		const long = sku.length < 2 ? `sku-${sku}` : sku;
		if (!taken.has(long)) return long;
	}
}
