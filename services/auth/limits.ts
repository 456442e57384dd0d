import { quietly, type Warn } from "../patience";
import { redisUri } from "../settings";

export interface Limit {
	name: string;
	most: number;
	seconds: number;
}

/** Counts by key within windows of time. In memory a node for itself, in Redis all together. */
export interface Limits {
	/** Seconds until the key may go on: 0 while it is below its limit. */
	wait(limit: Limit, key: string): Promise<number>;
	/** The same, and counts one more if it may go on. */
	take(limit: Limit, key: string): Promise<number>;
	clear(limit: Limit, key: string): Promise<void>;
	close(): void;
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

	close(): void {
		this.windows.clear();
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

/** Redis counts for all nodes where there is one; its client is loaded only then. */
export function limitsOf(warn: Warn): Limits {
	if (!redisUri) return new MemoryLimits();
	const { connectRedis } = require("../redis") as typeof import("../redis");
	const { RedisLimits } = require("./redis-limits") as typeof import("./redis-limits");
	return new RedisLimits(connectRedis(warn), quietly(warn, "Limits hold a node meanwhile:"));
}
