import {
	createHash,
	createHmac,
	createSecretKey,
	hkdfSync,
	timingSafeEqual,
	type KeyObject
} from "node:crypto";
import jwt from "jsonwebtoken";
import { Identity } from "./shared/access";
import { formerKeys, secretKey } from "./settings";

/** Seconds that an access token lives. */
export const ACCESS_SECONDS = 900;
const ISSUER = "commercify";
const AUDIENCE = "commercify:api";
/** Seconds that the clocks of two machines may differ. */
const LEEWAY = 30;

interface Key {
	kid: string;
	access: KeyObject;
	seal: KeyObject;
	bus: KeyObject;
}
const derive = (secret: string, purpose: string) =>
	createSecretKey(Buffer.from(hkdfSync("sha256", secret, "commercify", purpose, 32)));
const keyOf = (secret: string): Key => ({
	kid: createHash("sha256").update(`kid ${secret}`).digest("hex").slice(0, 8),
	access: derive(secret, "access"),
	seal: derive(secret, "seal"),
	bus: derive(secret, "bus")
});

let keys: Key[] | undefined;
/** Made once: verifying with a string in place of a key object costs 35 times as much. */
const ring = () => (keys ??= [secretKey(), ...formerKeys].map(keyOf));

export const accessToken = ({ id, role, sid }: Identity): string => {
	const { kid, access } = ring()[0]!;
	return jwt.sign({ role, sid }, access, {
		algorithm: "HS256",
		keyid: kid,
		subject: id,
		issuer: ISSUER,
		audience: AUDIENCE,
		expiresIn: ACCESS_SECONDS
	});
};

export type Verified =
	| { user: Identity; expiresAt: number; refused?: never }
	| { user: null; refused: "UNAUTHORIZED" | "TOKEN_EXPIRED" };

/** Tokens lately found genuine: asked for again with each of their owner's requests. */
const genuine = new Map<string, Extract<Verified, { refused?: never }>>();
const MOST_GENUINE = 20_000;

/** Who a bearer token speaks for, until when in milliseconds, or why it doesn't. */
export function verify(token: string): Verified {
	const known = genuine.get(token);
	if (known && Date.now() < known.expiresAt) return known;
	const verified = examine(token);
	if (verified.user) {
		if (genuine.size >= MOST_GENUINE) genuine.delete(genuine.keys().next().value!);
		genuine.set(token, verified);
	} else genuine.delete(token);
	return verified;
}

function examine(token: string): Verified {
	try {
		const header = JSON.parse(Buffer.from(token.split(".")[0]!, "base64url").toString()) as {
			kid?: unknown;
		};
		const key = ring().find(({ kid }) => kid === header.kid);
		if (!key) return { user: null, refused: "UNAUTHORIZED" };
		const { sub, role, sid, exp } = jwt.verify(token, key.access, {
			algorithms: ["HS256"],
			issuer: ISSUER,
			audience: AUDIENCE,
			clockTolerance: LEEWAY
		}) as jwt.JwtPayload;
		if (typeof exp !== "number") return { user: null, refused: "UNAUTHORIZED" };
		return { user: Identity.parse({ id: sub, role, sid }), expiresAt: (exp + LEEWAY) * 1000 };
	} catch (err) {
		const expired = err instanceof jwt.TokenExpiredError;
		return { user: null, refused: expired ? "TOKEN_EXPIRED" : "UNAUTHORIZED" };
	}
}

const sealOf = (key: Key, purpose: string, value: string) =>
	createHmac("sha256", key.seal).update(`${purpose}\0${value}`).digest("base64url").slice(0, 32);

/** `value` with a seal that only this shop can make, for one purpose: cookies that a client may keep but not make up. */
export const seal = (purpose: string, value: string) =>
	`${value}.${sealOf(ring()[0]!, purpose, value)}`;

/** The value again, or null when the seal isn't ours. */
export function unseal(purpose: string, sealed: string): string | null {
	const at = sealed.lastIndexOf(".");
	const value = sealed.slice(0, at);
	const given = Buffer.from(sealed.slice(at + 1));
	const genuine = ring().some(key => {
		const right = Buffer.from(sealOf(key, purpose, value));
		return right.length === given.length && timingSafeEqual(right, given);
	});
	return at > 0 && genuine ? value : null;
}

/** Bytes of a message's mark on the bus. */
export const BUS_MARK = 32;
const markBy = (key: Key, message: Buffer) =>
	createHmac("sha256", key.bus).update(message).digest();
/** The mark of a message that this shop's nodes send each other. */
export const markOf = (message: Buffer) => markBy(ring()[0]!, message);
export const isGenuine = (mark: Buffer, message: Buffer) =>
	mark.length === BUS_MARK && ring().some(key => timingSafeEqual(markBy(key, message), mark));
