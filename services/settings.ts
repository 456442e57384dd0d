import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Every setting of the process, read once from the environment. */
const env = process.env;
const number = (name: string, fallback: number) => {
	const value = env[name] === undefined || env[name] === "" ? fallback : Number(env[name]);
	if (!Number.isFinite(value) || value < 0)
		throw new Error(`${name} must be a number, not "${env[name]}"`);
	return value;
};
const list = (name: string) =>
	(env[name] ?? "")
		.split(",")
		.map(value => value.trim())
		.filter(Boolean);

export const production = env.NODE_ENV === "production";
export const dataDir = resolve(env.DATA_DIR || "data");
export const port = number("PORT", 8080);
export const relayPort = number("RELAY_PORT", 8081);
/** The address that the relay and the probes listen on, as the gateway does: by default all. */
export const host = env.IP || undefined;
export const metricsPort = number("METRICS_PORT", 3030);
/** Addresses of other sites whose pages may call the API. */
export const corsOrigins = list("CORS_ORIGINS");
/** Proxies in front of the gateway whose X-Forwarded-For counts, from the nearest; 0 means the header is ignored. */
export const trustedProxies = number("TRUST_PROXY", 0);
/** API requests a second that one address may make, in the long run; 0 is no limit. */
export const rateLimit = number("RATE_LIMIT", 300);
/** Milliseconds between "not ready" and the closed door, for who balances the load by readiness alone. */
export const drainDelay = number("DRAIN_DELAY", 0) * 1000;
/** Sockets that one address may hold open. */
export const socketsPerAddress = number("SOCKETS_PER_ADDRESS", 1000);
/** Milliseconds that an unpaid order holds its stock. */
export const reservationTtl = number("RESERVATION_TTL", 600) * 1000;
/** Milliseconds between two checks of the invariants that nobody asked for; 0 is never. */
export const verifyEvery = number("VERIFY_EVERY", 300) * 1000;
/** Where mails send people: the shop's address as a browser sees it. */
export const publicUrl = (env.PUBLIC_URL || `http://localhost:${port}`).replace(/\/+$/, "");
/** Rounds of bcrypt, as a power of two: below 10 only where nobody is protected by it. */
export const bcryptCost = Math.min(14, Math.max(production ? 10 : 4, number("BCRYPT_COST", 10)));
export const mongoUri = env.MONGO_URI || null;
export const redisUri = env.REDIS_URI || null;
export const natsUrl = env.NATS_URL || null;

/** The secret that signs tokens: from the environment; in development made once and kept in the data folder. */
export function secretKey(): string {
	const given = env.SECRET_KEY;
	if (given) {
		if (Buffer.byteLength(given) < 32) throw new Error("SECRET_KEY must be at least 32 bytes long");
		return given;
	}
	if (production)
		throw new Error("SECRET_KEY must be set in production: at least 32 bytes of chance");
	const file = join(dataDir, "secret.key");
	if (!existsSync(file)) {
		mkdirSync(dataDir, { recursive: true });
		writeFileSync(file, randomBytes(48).toString("base64url"), { mode: 0o600 });
	}
	return readFileSync(file, "utf8");
}
/** Secrets that signed until lately: tokens by them are still accepted. */
export const formerKeys = list("SECRET_KEY_FORMER");
