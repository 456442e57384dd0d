import { Cachers } from "moleculer";
import { PATIENCE, quietly } from "./patience";

/** Answers `instead` when the promise fails or takes longer than anybody should wait for a cache. */
async function boxed<T>(work: Promise<T>, instead: T, failed: (err: unknown) => void): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error("no answer in time")), PATIENCE);
	});
	try {
		return await Promise.race([work, late]);
	} catch (err) {
		failed(err);
		return instead;
	} finally {
		clearTimeout(timer);
	}
}

/** Moleculer's Redis cacher for which a Redis that hangs or is gone is an empty one: calls fall through to their handlers. */
export class FallThroughCacher extends Cachers.Redis {
	private readonly failed = quietly(
		(...args) => this.logger.warn(...args),
		"The cache doesn't answer, we go on without:"
	);

	override get(key: string) {
		return boxed(super.get(key) as Promise<unknown>, undefined, this.failed) as never;
	}
	override set(key: string, data: unknown, ttl?: number) {
		return boxed(super.set(key, data, ttl) as Promise<unknown>, undefined, this.failed) as never;
	}
	override del(keys: string | string[]) {
		return boxed(super.del(keys) as Promise<unknown>, undefined, this.failed) as never;
	}
	override clean(match?: string | string[]) {
		return boxed(super.clean(match) as Promise<unknown>, undefined, this.failed) as never;
	}
}
