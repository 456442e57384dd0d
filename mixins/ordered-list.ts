/** Most items of a leaf, and most children of a branch. */
const WIDTH = 64;

type Compare<T> = (a: T, b: T) => number;
/** Is it before some place in the order? All that are come first. */
type IsBefore<T> = (item: T) => boolean;

/** A piece of the list that knows how much it holds. */
interface Part<T> {
	size: number;
	/** Items of a leaf, children of a branch. */
	readonly width: number;
	add(item: T, compare: Compare<T>): boolean;
	remove(item: T, compare: Compare<T>): boolean;
	rank(isBefore: IsBefore<T>): number;
	take(from: number, count: number, into: T[]): void;
	/** Gives its later half away; the item begins it. */
	split(): [T, Part<T>];
	/** Takes in the part after it; all there are at or after `key`, all here before it. */
	absorb(key: T, next: Part<T>): void;
}

class Leaf<T> implements Part<T> {
	constructor(private readonly items: T[] = []) {}

	get size() {
		return this.items.length;
	}
	get width() {
		return this.items.length;
	}
	add(item: T, compare: Compare<T>) {
		const at = search(this.items, known => compare(known, item) < 0);
		if (at < this.items.length && compare(this.items[at]!, item) === 0) return false;
		this.items.splice(at, 0, item);
		return true;
	}
	remove(item: T, compare: Compare<T>) {
		const at = search(this.items, known => compare(known, item) < 0);
		if (at === this.items.length || compare(this.items[at]!, item) !== 0) return false;
		this.items.splice(at, 1);
		return true;
	}
	rank(isBefore: IsBefore<T>) {
		return search(this.items, isBefore);
	}
	take(from: number, count: number, into: T[]) {
		for (let i = from; i < Math.min(from + count, this.items.length); i++)
			into.push(this.items[i]!);
	}
	split(): [T, Leaf<T>] {
		const later = this.items.splice(this.items.length >> 1);
		return [later[0]!, new Leaf(later)];
	}
	absorb(_key: T, next: Leaf<T>) {
		this.items.push(...next.items);
	}
}

class Branch<T> implements Part<T> {
	size: number;

	/** @param keys between each two children: all before are less, none after is */
	constructor(
		private readonly keys: T[],
		private readonly parts: Part<T>[]
	) {
		this.size = parts.reduce((sum, { size }) => sum + size, 0);
	}
	get width() {
		return this.parts.length;
	}
	add(item: T, compare: Compare<T>) {
		const at = search(this.keys, key => compare(key, item) <= 0);
		const part = this.parts[at]!;
		if (!part.add(item, compare)) return false;
		this.size++;
		if (part.width > WIDTH) {
			const [key, later] = part.split();
			this.keys.splice(at, 0, key);
			this.parts.splice(at + 1, 0, later);
		}
		return true;
	}
	remove(item: T, compare: Compare<T>) {
		const at = search(this.keys, key => compare(key, item) <= 0);
		if (!this.parts[at]!.remove(item, compare)) return false;
		this.size--;
		if (this.parts[at]!.width < WIDTH / 4) this.join(Math.max(0, at - 1));
		return true;
	}
	rank(isBefore: IsBefore<T>) {
		const at = search(this.keys, isBefore);
		let rank = this.parts[at]!.rank(isBefore);
		for (let i = 0; i < at; i++) rank += this.parts[i]!.size;
		return rank;
	}
	take(from: number, count: number, into: T[]) {
		let skip = from;
		const enough = into.length + count;
		for (const part of this.parts) {
			if (skip < part.size) part.take(skip, enough - into.length, into);
			skip = Math.max(0, skip - part.size);
			if (into.length === enough) return;
		}
	}
	split(): [T, Branch<T>] {
		const half = this.parts.length >> 1;
		const later = new Branch(this.keys.splice(half), this.parts.splice(half));
		this.size -= later.size;
		return [this.keys.pop()!, later];
	}
	absorb(key: T, next: Branch<T>) {
		this.keys.push(key, ...next.keys);
		this.parts.push(...next.parts);
		this.size += next.size;
	}
	/** The child, when there is but one. */
	only(): Part<T> {
		return this.parts[0]!;
	}

	/** Makes one of two neighbours that fit into one: always, when one is empty. */
	private join(at: number) {
		const [first, next] = [this.parts[at]!, this.parts[at + 1]];
		if (!next || first.width + next.width > WIDTH) return;
		first.absorb(this.keys[at]!, next);
		this.keys.splice(at, 1);
		this.parts.splice(at + 1, 1);
	}
}

/**
 * Different items in order: adding, removing, finding out how many come before something, and going to the n-th all
 * take a time that grows with the logarithm of their number. A B+ tree whose branches know how much is below them.
 */
export class OrderedList<T> {
	private root: Part<T> = new Leaf();

	/** @param compare tells any two items apart */
	constructor(private readonly compare: Compare<T>) {}

	get size(): number {
		return this.root.size;
	}
	/** False when it is there already. */
	add(item: T): boolean {
		if (!this.root.add(item, this.compare)) return false;
		if (this.root.width > WIDTH) {
			const [key, later] = this.root.split();
			this.root = new Branch([key], [this.root, later]);
		}
		return true;
	}
	/** False when it isn't there. */
	remove(item: T): boolean {
		if (!this.root.remove(item, this.compare)) return false;
		while (this.root instanceof Branch && this.root.width === 1) this.root = this.root.only();
		return true;
	}
	/** How many come before some place. */
	rank(isBefore: IsBefore<T>): number {
		return this.root.rank(isBefore);
	}
	/** The `count` items that follow the first `from`, or as many as there are. */
	slice(from: number, count: number): T[] {
		const found: T[] = [];
		if (count > 0) this.root.take(from, count, found);
		return found;
	}
}

/** How many of the first elements are so; none after the first that isn't. */
function search<T>(list: readonly T[], isBefore: IsBefore<T>): number {
	let low = 0;
	let high = list.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (isBefore(list[middle]!)) low = middle + 1;
		else high = middle;
	}
	return low;
}
