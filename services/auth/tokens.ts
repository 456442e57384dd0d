import { createHash, randomBytes } from "node:crypto";
import { seal, unseal } from "../session";

const chance = () => randomBytes(32).toString("base64url");
/** What is kept of a token: enough to know it again, nothing to use it with. */
export const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

/**
 * A session's n-th refresh token. The seal proves that session and generation are as we wrote them, so that any
 * earlier token is recognised without keeping it; what makes the current one valid is its hash.
 */
export const refreshToken = (sid: string, generation: number) =>
	seal("refresh", `${sid}.${generation}.${chance()}`);

/** Which session a refresh token is of, and its place there; null when we didn't write it. */
export function readRefreshToken(token: string): { sid: string; generation: number } | null {
	const [sid, generation] = unseal("refresh", token)?.split(".") ?? [];
	return sid && generation ? { sid, generation: Number(generation) } : null;
}

/** For the links in mails. */
export const mailToken = chance;
