/** Part of a list, in its order: from a place on, up to another without it. Places are whole numbers that rise. */
export interface Stretch {
	from: number;
	to: number;
}
/** Where to begin to look in a list that has no known end, and how far to go from there at first. */
interface Start {
	at: number;
	step: number;
}
/** How many of a list are in a stretch, counted up to a limit if there is one. */
type Count = (stretch: Stretch, limit?: number) => Promise<number>;
interface Place {
	at: number;
	/** How many of the stretch come before it. */
	before: number;
}

/** So many more than a page needs may be in its window. */
const SLACK = 300;
/** Each costs a count; a window that is wider than it need be is right too. */
const PROBES = 24;
const STRIDE = 8;
/** So many and more are as good as all. */
const MANY = 5000;

interface Part extends Stretch {
	/** How many are in it. */
	holds: number;
	/** How many of them come before the page. */
	skip: number;
}
/** Where to look for a page. */
export interface Window extends Part {
	limit: number;
	/** The page is read from the end on. */
	backwards: boolean;
}

/**
 * Where in a long list to look for a page, found by counting: to count keys of an index costs less than to sort what they
 * point to. What is counted grows with the distance from the list's nearer end.
 * @param size about how many are in the whole
 */
export async function windowOf(
	count: Count,
	whole: Stretch,
	start: Start,
	{ offset, limit, size }: { offset: number; limit: number; size: number }
): Promise<Window> {
	if (2 * offset <= size) {
		const window = await windowFrom(count, whole, start, offset, limit);
		return { ...window, limit, backwards: false };
	}
	const end = Math.max(0, (await count(whole)) - offset);
	const fromEnd = Math.max(0, end - limit);
	const back: Count = (stretch, most) => count(reversed(stretch), most);
	const backStart = { ...start, at: -start.at };
	const window = await windowFrom(back, reversed(whole), backStart, fromEnd, end - fromEnd);
	return { ...window, ...reversed(window), limit: end - fromEnd, backwards: true };
}
const reversed = ({ from, to }: Stretch): Stretch => ({ from: 1 - to, to: 1 - from });

async function windowFrom(
	count: Count,
	whole: Stretch,
	start: Start,
	offset: number,
	limit: number
): Promise<Part> {
	const begin =
		offset > SLACK
			? await placeNear(count, whole, start, [offset - SLACK, offset])
			: { low: { at: whole.from, before: 0 }, step: start.step };
	const rest = { from: begin.low.at, to: whole.to };
	const skip = offset - begin.low.before;
	const enough = skip + limit;
	const all = enough + SLACK;
	const holds = await count(rest, all + 1);
	if (holds <= all) return { ...rest, holds, skip };
	const { high } = await placeNear(count, rest, { ...start, step: begin.step }, [enough, all]);
	return { from: rest.from, to: high.at, holds: high.before, skip };
}

/**
 * A place with as many before it as is wanted, as both; else the next ones that were found, with less and with more. And
 * how far it is thereabouts to pass as many as are in the slack.
 */
async function placeNear(
	count: Count,
	{ from, to }: Stretch,
	start: Start,
	[least, most]: [number, number]
): Promise<{ low: Place; high: Place; step: number }> {
	const many = 4 * most + MANY;
	let low: Place = { at: from, before: 0 };
	let high: Place = { at: to, before: Infinity };
	let { step } = start;
	let halve = false;
	for (let probe = 0; probe < PROBES && high.at - low.at > 1; probe++) {
		const [left, right, width] = [low.at > -Infinity, high.at < Infinity, high.at - low.at];
		const within = high.before - low.before;
		let at = start.at;
		if (left && right) {
			const share = halve || high.before >= many ? 0.5 : ((least + most) / 2 - low.before) / within;
			at = low.at + width * share;
		} else if (left || right) {
			at = left ? low.at + step : high.at - step;
			step *= STRIDE;
		}
		at = Math.min(Math.max(Math.round(at), low.at + 1), high.at - 1);
		const place = { at, before: await count({ from, to: at }, many) };
		if (left && right && high.before < many) step = Math.ceil((width * SLACK) / within);
		if (place.before >= least && place.before <= most) return { low: place, high: place, step };
		if (place.before < least) low = place;
		else high = place;
		halve = high.at - low.at > width / 2;
	}
	return { low, high, step };
}
