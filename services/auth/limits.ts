export interface Limit {
	name: string;
	most: number;
	seconds: number;
}

/** Counts by key within windows of time. In memory here, a node for itself; asynchronous for the day it is Redis. */
export interface Limits {
	/** Seconds until the key may go on: 0 while it is below its limit. */
	wait(limit: Limit, key: string): Promise<number>;
	/** The same, and counts one more if it may go on. */
	take(limit: Limit, key: string): Promise<number>;
	clear(limit: Limit, key: string): Promise<void>;
}

interface Window {
	count: number;
	endsAt: number;
}
/** Of one limit: beyond it those that came first are forgotten. */
const MOST_KEYS = 20_000;

export class MemoryLimits implements Limits {
	private readonly windows = new Map<string, Map<string, Window>>();

	constructor(private readonly now: () => number = Date.now) {}

	async wait({ name, most }: Limit, key: string): Promise<number> {
		const window = this.windowOf(name, key);
		return window && window.count >= most ? Math.ceil((window.endsAt - this.now()) / 1000) : 0;
	}

	async take(limit: Limit, key: string): Promise<number> {
		const seconds = await this.wait(limit, key);
		if (seconds > 0) return seconds;
		const window = this.windowOf(limit.name, key);
		if (window) window.count++;
		else this.open(limit, key);
		return 0;
	}

	async clear({ name }: Limit, key: string): Promise<void> {
		this.windows.get(name)?.delete(key);
	}

	private windowOf(name: string, key: string): Window | undefined {
		const window = this.windows.get(name)?.get(key);
		return window && window.endsAt > this.now() ? window : undefined;
	}

	private open({ name, seconds }: Limit, key: string): void {
		const windows = this.windows.get(name) ?? new Map<string, Window>();
		this.windows.set(name, windows);
		windows.delete(key);
		if (windows.size >= MOST_KEYS) windows.delete(windows.keys().next().value!);
		windows.set(key, { count: 1, endsAt: this.now() + seconds * 1000 });
	}
}
