const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** Chance that is the same each time: between 0 and 1. */
export function dice(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** How much is bought in an hour: little at night, most in the evening and on Sundays, more before Christmas, more each month. */
function demand(at: number, start: number): number {
	const time = new Date(at);
	const hour = time.getUTCHours();
	const ofDay = hour < 5 ? 0.12 : hour < 9 ? 0.6 : hour < 17 ? 1 : hour < 22 ? 1.7 : 0.5;
	const ofWeek = [1.35, 1, 0.9, 0.95, 1, 0.9, 1.15][time.getUTCDay()]!;
	const ofYear = [0.8, 0.85, 0.95, 1, 1, 0.9, 0.8, 0.85, 1, 1.1, 1.6, 1.8][time.getUTCMonth()]!;
	return ofDay * ofWeek * ofYear * (0.6 + (0.8 * (at - start)) / YEAR);
}

/** So many moments of the year before `now`, in their order. */
export function moments(count: number, now: number, random: () => number): number[] {
	const start = Math.floor((now - YEAR) / HOUR) * HOUR;
	const hours = Math.floor((now - start) / HOUR);
	const weights = Array.from({ length: hours }, (_, i) => demand(start + i * HOUR, start));
	const all = weights.reduce((sum, weight) => sum + weight, 0);
	const found: number[] = [];
	let due = 0;
	for (const [i, weight] of weights.entries()) {
		due += (weight / all) * count;
		while (found.length < Math.round(due)) found.push(Math.floor(start + (i + random()) * HOUR));
	}
	return found.sort((a, b) => a - b);
}
