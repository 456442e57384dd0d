import { z } from "zod";

export const Role = z.enum(["buyer", "seller", "admin"]);
/** Who asks, as the access token says. */
export const Identity = z.strictObject({ id: z.string(), role: Role, sid: z.string() });
export type Role = z.infer<typeof Role>;
export type Identity = z.infer<typeof Identity>;

/** Who may call an action. `user` is anybody signed in; `internal` is for our own services only and has no route. */
export type Access = "public" | "user" | Role | "internal";

const GRANTS: Record<Role, readonly Access[]> = {
	buyer: ["user", "buyer"],
	seller: ["user", "buyer", "seller"],
	admin: ["user", "buyer", "seller", "admin"]
};

/** Our own services need no role, yet where a role is asked there is always a user. */
export function mayCall(
	access: Access,
	user: Identity | null | undefined,
	inside = false
): boolean {
	if (access === "public") return true;
	if (access === "internal") return inside;
	return user != null && (inside || GRANTS[user.role].includes(access));
}
