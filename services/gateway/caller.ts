import { fail } from "../errors";
import type { Revoked } from "../revocations";
import { verify } from "../session";
import { mayCall, type Identity } from "../shared/access";
import type { Action } from "../shared/define";

/** Not where one signs in or renews a token, nor for answers that are the same for everybody. */
const looksAtTokens = (name: string, { access, shared }: Action) =>
	access !== "public" || (shared === undefined && !/^(auth|gateway)\./.test(name));

/**
 * Who asks, by the bearer token, if they may call the action. A bad token is refused on public routes too, so that a
 * client notices that it isn't who it thinks.
 */
export function callerOf(
	name: string,
	action: Action,
	header: string | undefined,
	revoked: Revoked
): Identity | null {
	const user = header && looksAtTokens(name, action) ? bearer(header, revoked) : null;
	if (!mayCall(action.access, user)) fail(user ? "FORBIDDEN" : "UNAUTHORIZED");
	return user;
}

function bearer(header: string, revoked: Revoked): Identity {
	const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(header) ?? [];
	if (!token) return fail("UNAUTHORIZED");
	const { user, refused } = verify(token);
	if (refused) return fail(refused);
	return revoked.has(user.sid) ? fail("TOKEN_EXPIRED") : user;
}
