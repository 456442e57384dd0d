import { Redis } from "ioredis";
import { PATIENCE, quietly, type Warn } from "./patience";
import { redisUri } from "./settings";

/** A connection that fails at once while Redis is away or hangs, and comes back by itself. */
export function connectRedis(warn: Warn, uri = redisUri!): Redis {
	const client = new Redis(uri, {
		commandTimeout: PATIENCE,
		connectTimeout: 2000,
		enableOfflineQueue: false,
		maxRetriesPerRequest: 0,
		retryStrategy: tries =>
			Math.min(3000, 100 * 2 ** Math.min(tries, 5)) * (0.5 + Math.random() / 2)
	});
	client.on("error", quietly(warn, "Redis is away, we go on without:"));
	return client;
}
