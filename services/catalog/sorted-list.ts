/** Items a part holds: few enough to move about for nothing, enough for few parts. */
const MOST = 512;

/** Items in order, kept in parts so that adding one moves few others. The order must tell any two items apart. */
export class SortedList<T> {
	private kept: T[][] = [];
	private loose: T[] = [];
	private count = 0;

	constructor(private readonly compare: (a: T, b: T) => number) {}

	get length(): number {
		return this.count;
	}
	/** All in order, in parts; not to be changed. */
	get parts(): readonly (readonly T[])[] {
		this.tidy();
		return this.kept;
	}
	/** Adds many: put in order at the next look. */
	load(items: readonly T[]): void {
		this.loose = this.loose.concat(items);
		this.count += items.length;
	}
	add(item: T): void {
		this.tidy();
		const at = this.partOf(item);
		const part = this.kept[at];
		this.count++;
		if (!part) this.kept.push([item]);
		else {
			part.splice(this.placeOf(part, item), 0, item);
			if (part.length > MOST)
				this.kept.splice(at, 1, part.slice(0, MOST / 2), part.slice(MOST / 2));
		}
	}
	/** To be called while the item still has what it was sorted by. */
	remove(item: T): void {
		this.tidy();
		const at = this.partOf(item);
		const part = this.kept[at] ?? [];
		const place = this.placeOf(part, item);
		if (part[place] !== item) return;
		part.splice(place, 1);
		this.count--;
		if (part.length === 0) this.kept.splice(at, 1);
	}

	private tidy(): void {
		if (this.loose.length === 0) return;
		const all = this.kept.flat().concat(this.loose).sort(this.compare);
		this.loose = [];
		this.kept = [];
		for (let i = 0; i < all.length; i += MOST / 2) this.kept.push(all.slice(i, i + MOST / 2));
	}
	/** The first part that doesn't end before the item, or the last. */
	private partOf(item: T): number {
		const { kept, compare } = this;
		const first = search(kept.length, i => compare(kept[i]!.at(-1)!, item) < 0);
		return Math.max(0, Math.min(first, kept.length - 1));
	}
	private placeOf(part: readonly T[], item: T): number {
		return search(part.length, i => this.compare(part[i]!, item) < 0);
	}
}

/** The first number below `length` that isn't too low; all that are too low come first. */
function search(length: number, tooLow: (i: number) => boolean): number {
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (tooLow(middle)) low = middle + 1;
		else high = middle;
	}
	return low;
}
