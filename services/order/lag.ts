/** For how long a sighting counts: whatever is stuck is seen again before. */
const SIGHT = 30_000;

/** How far behind something is, by what was seen waiting: until it isn't seen any more. */
export class Lag {
	private oldest = Infinity;
	private seen = -Infinity;

	constructor(private readonly now: () => number = Date.now) {}

	/** @param since when it began to wait, in milliseconds */
	note(since: number): void {
		if (!this.holds || since <= this.oldest) {
			this.oldest = since;
			this.seen = this.now();
		}
	}
	/** 0 when nothing waits. */
	get seconds(): number {
		return this.holds ? Math.max(0, this.now() - this.oldest) / 1000 : 0;
	}
	private get holds(): boolean {
		return this.now() - this.seen < SIGHT;
	}
}
