import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { MemoryLimits, type Limit, type Limits } from "./limits";

const keyOf = ({ name }: Limit, key: string) =>
	`commercify:limit:${name}:${createHash("sha256").update(key).digest("base64url").slice(0, 22)}`;

/**
 * Limits that all nodes count together. Each node counts for itself as well, and goes by that while Redis is away or
 * slow: then a limit holds a node.
 */
export class RedisLimits implements Limits {
	private readonly own = new MemoryLimits();

	constructor(
		private readonly redis: Redis,
		private readonly failed: (err: unknown) => void
	) {}

	async wait(limit: Limit, key: string): Promise<number> {
		const own = await this.own.wait(limit, key);
		if (own > 0) return own;
		return this.shared(async () => {
			const [count, left] = await this.ask(limit, key);
			return count >= limit.most ? Math.max(1, left) : 0;
		});
	}

	async take(limit: Limit, key: string): Promise<number> {
		const seconds = Math.max(await this.wait(limit, key), await this.own.take(limit, key));
		if (seconds > 0) return seconds;
		return this.shared(async () => {
			const name = keyOf(limit, key);
			const done = await this.redis.multi().incr(name).expire(name, limit.seconds, "NX").exec();
			return Number(done?.[0]?.[1]) > limit.most ? limit.seconds : 0;
		});
	}

	async clear(limit: Limit, key: string): Promise<void> {
		await this.own.clear(limit, key);
		await this.shared(async () => this.redis.del(keyOf(limit, key)));
	}

	close(): void {
		this.redis.disconnect();
	}

	private async ask(limit: Limit, key: string): Promise<[count: number, left: number]> {
		const name = keyOf(limit, key);
		const [count, left] = (await this.redis.multi().get(name).ttl(name).exec()) ?? [];
		return [Number(count?.[1] ?? 0), Number(left?.[1] ?? 0)];
	}
	private async shared(work: () => Promise<number>): Promise<number> {
		try {
			return await work();
		} catch (err) {
			this.failed(err);
			return 0;
		}
	}
}
