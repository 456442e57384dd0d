export const nameOf = ({ title, options }: { title: string; options?: string }) =>
	options ? `${title}, ${options}` : title;

/** A whole number as somebody types it; undefined if it is none. */
export function wholeOf(typed: string): number | undefined {
	const bare = typed.trim();
	return /^[+-]?\d{1,7}$/.test(bare) ? Number(bare) : undefined;
}
