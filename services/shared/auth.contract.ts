import { z } from "zod";
import { Role } from "./access";
import { isTimeZone } from "./calendar";
import { event, type ActionTable } from "./define";
import { Address, addressFields, Id, line, listOf, paging, Time } from "./fields";

/** bcrypt reads 72 bytes and no more: a longer password would be cut silently, so it is refused. */
const bytes = (value: string) =>
	Array.from(value, character => character.codePointAt(0)!).reduce(
		(sum, point) => sum + (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4),
		0
	);
export const Password = z
	.string()
	.min(8, "At least 8 characters")
	.max(72, "At most 72 bytes")
	.refine(value => bytes(value) <= 72, "At most 72 bytes");
export const Email = z.email("Not an e-mail address").max(254, "At most 254 characters");

export const User = z
	.strictObject({
		id: Id,
		email: z.string(),
		name: z.string(),
		role: Role,
		shopName: z.string().optional(),
		locale: z.string().optional(),
		timeZone: z.string().optional(),
		emailVerified: z.boolean(),
		createdAt: Time
	})
	.meta({ id: "User" });
export const Session = z.strictObject({
	user: User,
	accessToken: z.string(),
	/** Seconds. */
	expiresIn: z.int(),
	refreshToken: z.string(),
	guestToken: z.null().optional()
});
export const StoredAddress = Address.extend({ id: Id, default: z.boolean() }).meta({
	id: "StoredAddress"
});
/** What everybody may know of a seller. */
export const Shop = z.strictObject({ id: Id, shopName: z.string() }).meta({ id: "Shop" });

const cookieToken = z.string().min(1).max(400);
const mailToken = z.string().min(20).max(200);
const shopName = line(60, 2);
const locale = z.enum(["en", "de"]);
const timeZone = z
	.string()
	.regex(/^[A-Za-z0-9_+/-]{1,64}$/)
	.refine(isTimeZone, "Not a time zone, such as Europe/Berlin");
const nothing = z.strictObject({});
/** A burst of passwords waits for its turn: each takes 50 to 100 ms of a processor. */
const HASHING = 30_000;

export const authActions = {
	"auth.register": {
		about: "Opens an account and signs in",
		access: "public",
		route: "POST /auth/register",
		status: 201,
		timeout: HASHING,
		params: z
			.strictObject({
				email: Email,
				password: Password,
				name: line(120),
				role: z.enum(["buyer", "seller"]),
				shopName: shopName.optional(),
				guestToken: cookieToken.optional()
			})
			.refine(({ role, shopName }) => role !== "seller" || shopName !== undefined, {
				path: ["shopName"],
				message: "A seller's shop needs a name"
			}),
		result: Session,
		refuses: ["EMAIL_TAKEN", "TOO_MANY_REQUESTS"]
	},
	"auth.login": {
		about: "Signs in",
		access: "public",
		route: "POST /auth/login",
		timeout: HASHING,
		params: z.strictObject({
			email: z.string().min(1).max(254),
			password: z.string().min(1).max(200),
			guestToken: cookieToken.optional()
		}),
		result: Session,
		refuses: ["INVALID_CREDENTIALS", "TOO_MANY_REQUESTS"]
	},
	"auth.refresh": {
		about: "Renews the access token, once per refresh token",
		access: "public",
		route: "POST /auth/refresh",
		params: z.strictObject({ refreshToken: cookieToken.optional() }),
		result: Session,
		refuses: ["UNAUTHORIZED", "TOKEN_REUSED"]
	},
	"auth.logout": {
		about: "Ends this session",
		access: "user",
		route: "POST /auth/logout",
		status: 204,
		clears: ["refreshToken"],
		params: nothing,
		result: z.null()
	},
	"auth.logoutAll": {
		about: "Ends every session of yours",
		access: "user",
		route: "POST /auth/logout-all",
		status: 204,
		clears: ["refreshToken"],
		params: nothing,
		result: z.null()
	},
	"auth.me": {
		about: "Your account",
		access: "user",
		route: "GET /auth/me",
		params: nothing,
		result: User
	},
	"auth.updateMe": {
		about: "Changes your account",
		access: "user",
		route: "PATCH /auth/me",
		params: z.strictObject({
			name: line(120).optional(),
			shopName: shopName.optional(),
			locale: locale.optional(),
			/** Of your own days: the dashboard's, where it isn't told another. */
			timeZone: timeZone.optional()
		}),
		result: User
	},
	"auth.changePassword": {
		about: "Changes your password and ends your other sessions",
		access: "user",
		route: "POST /auth/password",
		status: 204,
		timeout: HASHING,
		params: z.strictObject({ currentPassword: z.string().min(1).max(200), newPassword: Password }),
		result: z.null(),
		refuses: ["INVALID_CREDENTIALS", "TOO_MANY_REQUESTS"]
	},
	"auth.forgotPassword": {
		about: "Sends a link to set a new password, if there is such an account",
		access: "public",
		route: "POST /auth/password/forgot",
		status: 202,
		params: z.strictObject({ email: Email }),
		result: nothing,
		refuses: ["TOO_MANY_REQUESTS"]
	},
	"auth.resetPassword": {
		about: "Sets a new password with a token from the mail",
		access: "public",
		route: "POST /auth/password/reset",
		status: 204,
		timeout: HASHING,
		params: z.strictObject({ token: mailToken, password: Password }),
		result: z.null(),
		refuses: ["UNAUTHORIZED", "TOO_MANY_REQUESTS"]
	},
	"auth.verify": {
		about: "Confirms an e-mail address with a token from the mail",
		access: "public",
		route: "POST /auth/verify",
		status: 204,
		params: z.strictObject({ token: mailToken }),
		result: z.null(),
		refuses: ["UNAUTHORIZED"]
	},
	"auth.addresses": {
		about: "Your address book",
		access: "user",
		route: "GET /auth/addresses",
		params: z.strictObject({ ...paging }),
		result: listOf(StoredAddress)
	},
	"auth.addAddress": {
		about: "Adds an address",
		access: "user",
		route: "POST /auth/addresses",
		status: 201,
		params: z.strictObject({ ...addressFields, default: z.boolean().optional() }),
		result: StoredAddress
	},
	"auth.updateAddress": {
		about: "Changes an address",
		access: "user",
		route: "PATCH /auth/addresses/:id",
		params: z
			.strictObject({ ...addressFields, default: z.boolean() })
			.partial()
			.extend({ id: Id }),
		result: StoredAddress,
		refuses: ["NOT_FOUND"]
	},
	"auth.removeAddress": {
		about: "Removes an address",
		access: "user",
		route: "DELETE /auth/addresses/:id",
		status: 204,
		params: z.strictObject({ id: Id }),
		result: z.null(),
		refuses: ["NOT_FOUND"]
	},
	"auth.shops": {
		about: "Names of sellers' shops",
		access: "internal",
		params: z.strictObject({ ids: z.array(Id).max(1000) }),
		result: z.array(Shop),
		cache: 10
	},
	"auth.contact": {
		about: "Where to write to somebody",
		access: "internal",
		params: z.strictObject({ id: Id }),
		result: z.strictObject({ email: z.string(), name: z.string(), locale: z.string() }).nullable(),
		cache: 10
	},
	"auth.timeZone": {
		about: "In whose days somebody counts, if they have said so",
		access: "internal",
		params: z.strictObject({ id: Id }),
		result: z.string().nullable()
	},
	"auth.revocations": {
		about:
			"Sessions that ended before their access tokens do; asked by the doors every few seconds",
		access: "internal",
		params: z.strictObject({ since: z.int() }),
		result: z.strictObject({ now: z.int(), sids: z.array(z.string()) })
	},
	"auth.grantRole": {
		about: "Makes somebody buyer, seller or admin, and ends the sessions with the old role",
		access: "internal",
		params: z.strictObject({ email: Email, role: Role }),
		result: User,
		refuses: ["NOT_FOUND"]
	},
	"auth.open": {
		about: "Makes an account without a session: the seed and the first admin",
		access: "internal",
		params: z.strictObject({
			email: Email,
			password: Password,
			name: line(120),
			role: Role,
			shopName: shopName.optional(),
			emailVerified: z.boolean().default(false)
		}),
		result: User,
		refuses: ["EMAIL_TAKEN"]
	}
} satisfies ActionTable;

export const authEvents = {
	/** The doors forget the tokens of these sessions at once. */
	"session.revoked": event(z.strictObject({ sids: z.array(z.string()) })),
	"shop.renamed": event(Shop),
	"mail.requested": event(
		z.strictObject({
			id: z.string(),
			kind: z.enum(["verify", "reset"]),
			to: z.string(),
			name: z.string(),
			token: z.string()
		})
	)
};

export type User = z.infer<typeof User>;
export type Session = z.infer<typeof Session>;
export type StoredAddress = z.infer<typeof StoredAddress>;
export type Shop = z.infer<typeof Shop>;
