/** The one currency of a shop. */
export const CURRENCY = "EUR";

/** Splits cents by weights so that the parts add up again: the largest remainders get the odd cents. */
export function split(cents: number, weights: readonly number[]): number[] {
	const sum = weights.reduce((a, b) => a + b, 0);
	if (sum === 0) return weights.map((_, i) => (i === 0 ? cents : 0));
	const exact = weights.map(weight => (cents * weight) / sum);
	const parts = exact.map(Math.floor);
	const odd = cents - parts.reduce((a, b) => a + b, 0);
	exact
		.map((value, i) => ({ i, rest: value - Math.floor(value) }))
		.sort((a, b) => b.rest - a.rest || a.i - b.i)
		.slice(0, odd)
		.forEach(({ i }) => parts[i]!++);
	return parts;
}
