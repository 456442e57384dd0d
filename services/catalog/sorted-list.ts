/** An array that stays in order. The order must tell any two items apart. */
export class SortedList<T> {
	readonly items: T[] = [];
	private loose = false;

	constructor(private readonly compare: (a: T, b: T) => number) {}

	/** Adds many: put in order at the next look. */
	load(items: Iterable<T>): void {
		for (const item of items) this.items.push(item);
		this.loose = true;
	}
	/** All in order; not to be changed. */
	sorted(): readonly T[] {
		this.tidy();
		return this.items;
	}
	add(item: T): void {
		this.tidy();
		this.items.splice(this.placeOf(item), 0, item);
	}
	/** To be called while the item still has what it was sorted by. */
	remove(item: T): void {
		this.tidy();
		const at = this.placeOf(item);
		if (this.items[at] === item) this.items.splice(at, 1);
	}

	private tidy() {
		if (!this.loose) return;
		this.items.sort(this.compare);
		this.loose = false;
	}
	private placeOf(item: T): number {
		let low = 0;
		let high = this.items.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (this.compare(this.items[middle]!, item) < 0) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
