/** Token buckets by key: so many a second in the long run, so many at once; bounded, the longest known go first. */
export class Buckets {
	private readonly buckets = new Map<string, { tokens: number; at: number }>();

	constructor(
		private readonly perSecond: number,
		private readonly burst: number,
		private readonly most = 50_000
	) {}

	/** Takes a token of this key; false when there is none. */
	take(key: string, now = Date.now()): boolean {
		const bucket = this.buckets.get(key) ?? this.add(key, now);
		const earned = ((now - bucket.at) / 1000) * this.perSecond;
		bucket.tokens = Math.min(this.burst, bucket.tokens + earned);
		bucket.at = now;
		if (bucket.tokens < 1) return false;
		bucket.tokens--;
		return true;
	}

	private add(key: string, at: number) {
		if (this.buckets.size >= this.most) {
			const [oldest] = this.buckets.keys();
			this.buckets.delete(oldest!);
		}
		const bucket = { tokens: this.burst, at };
		this.buckets.set(key, bucket);
		return bucket;
	}
}
