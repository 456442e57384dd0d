import { type Collection, db } from "../../mixins/db.mixin";
import { health } from "../../mixins/health.mixin";
import { fail, failField } from "../errors";
import { ACCESS_SECONDS, accessToken } from "../session";
import type { Payload, Result } from "../shared/contract";
import type { Ctx, Schema } from "../typed";
import { type Account, Accounts, normalise, toUser } from "./accounts";
import { AddressBook, type Book } from "./addresses";
import { Guards } from "./guards";
import { limitsOf, type Limits } from "./limits";
import { type MailToken, MailTokens } from "./mail-tokens";
import { Passwords } from "./password";
import { prune, type SessionDoc, Sessions } from "./sessions";

type Session = Result<"auth.login">;
type MailKind = Payload<"mail.requested">["kind"];
interface Methods {
	accounts: Collection<Account>;
	people: Accounts;
	sessions: Collection<SessionDoc>;
	mailTokens: Collection<MailToken>;
	addressBooks: Collection<Book>;
	families: Sessions;
	links: MailTokens;
	book: AddressBook;
	guards: Guards;
	limits: Limits;
	passwords: Passwords;
	sweeper: NodeJS.Timeout;
	signIn(ctx: Ctx<object>, account: Account, guestToken?: string): Promise<Session>;
	/** In the background: its time must not tell whether there is such an account. */
	send(kind: MailKind, account: Account): void;
	sweep(): Promise<void>;
}

const expiring = [{ fields: ["expiresAt"] }, { fields: ["userId"] }];

const AuthService: Schema<"auth", Methods> = {
	name: "auth",
	mixins: [
		db({
			accounts: { indexes: [{ fields: ["email"], unique: true }] },
			sessions: { indexes: [...expiring, { fields: ["revokedAt"], sparse: true }] },
			mailTokens: { indexes: expiring },
			addressBooks: {}
		}),
		health
	],
	actions: {
		async register(ctx) {
			const { guestToken, ...wanted } = ctx.params;
			await this.guards.register(ctx.meta.ip);
			const account = await this.people.open(wanted);
			this.send("verify", account);
			return this.signIn(ctx, account, guestToken);
		},

		async login(ctx) {
			const email = normalise(ctx.params.email);
			const attempt = this.guards.attempt(email, ctx.meta.ip);
			await attempt.admit();
			const account = await this.people.byEmail(email);
			const { password, guestToken } = ctx.params;
			const right = await this.passwords.matches(password, account?.passwordHash, attempt.admit);
			if (!account || !right) {
				await attempt.failed();
				fail("INVALID_CREDENTIALS");
			}
			await attempt.succeeded();
			return this.signIn(ctx, account, guestToken);
		},

		async refresh(ctx) {
			const { session, refreshToken } = await this.families.rotate(
				ctx.params.refreshToken ?? fail("UNAUTHORIZED")
			);
			const account = await this.people.own(session.userId);
			if (account.epoch !== session.epoch) {
				await this.families.end(session.id);
				fail("UNAUTHORIZED");
			}
			return sessionOf(account, session.id, refreshToken);
		},

		async logout(ctx) {
			await this.families.end(ctx.meta.user.sid);
			return null;
		},

		async logoutAll(ctx) {
			const { id } = ctx.meta.user;
			await this.people.renew({ id });
			await this.families.endAll(id);
			return null;
		},

		async me(ctx) {
			return toUser(await this.people.own(ctx.meta.user.id));
		},

		async updateMe(ctx) {
			const { id, role } = ctx.meta.user;
			const { shopName } = ctx.params;
			if (shopName !== undefined && role === "buyer")
				failField("shopName", "Only a seller's account has a shop");
			const account =
				Object.keys(ctx.params).length > 0
					? await this.people.change({ id }, ctx.params)
					: await this.people.own(id);
			if (!account) fail("UNAUTHORIZED");
			if (shopName !== undefined) await ctx.emit("shop.renamed", { id, shopName });
			return toUser(account);
		},

		async changePassword(ctx) {
			const { id, sid } = ctx.meta.user;
			const { currentPassword, newPassword } = ctx.params;
			const { email, epoch, passwordHash } = await this.people.own(id);
			const attempt = this.guards.attempt(email, ctx.meta.ip);
			await attempt.admit();
			if (!(await this.passwords.matches(currentPassword, passwordHash, attempt.admit))) {
				await attempt.failed();
				fail("INVALID_CREDENTIALS");
			}
			const changes = { passwordHash: await this.passwords.hash(newPassword) };
			const changed = await this.people.renew({ id, epoch }, changes);
			if (!changed) fail("INVALID_CREDENTIALS");
			await this.families.keep(sid, changed.epoch);
			await this.families.endAll(id, sid);
			return null;
		},

		async forgotPassword(ctx) {
			const email = normalise(ctx.params.email);
			const may = await this.guards.forgot(email, ctx.meta.ip);
			const account = await this.people.byEmail(email);
			if (account && may) this.send("reset", account);
			return {};
		},

		async resetPassword(ctx) {
			const { token, password } = ctx.params;
			await this.links.check("reset", token);
			const passwordHash = await this.passwords.hash(password);
			const id = await this.links.use("reset", token);
			// Who reads the mailbox has shown that it is theirs.
			const account = await this.people.renew({ id }, { passwordHash, emailVerified: true });
			if (!account) fail("UNAUTHORIZED");
			await this.links.forget(id, "reset");
			await this.families.endAll(id);
			await this.guards.attempt(account.email, ctx.meta.ip).succeeded();
			return null;
		},

		async verify(ctx) {
			const id = await this.links.use("verify", ctx.params.token);
			await this.people.change({ id }, { emailVerified: true });
			return null;
		},

		addresses(ctx) {
			const { page, pageSize } = ctx.params;
			return this.book.list(ctx.meta.user.id, page, pageSize);
		},

		addAddress(ctx) {
			const { default: chosen, ...address } = ctx.params;
			return this.book.add(ctx.meta.user.id, address, chosen);
		},

		updateAddress(ctx) {
			const { id, default: chosen, ...changed } = ctx.params;
			return this.book.update(ctx.meta.user.id, id, changed, chosen);
		},

		async removeAddress(ctx) {
			await this.book.remove(ctx.meta.user.id, ctx.params.id);
			return null;
		},

		shops(ctx) {
			return this.people.shops(ctx.params.ids);
		},

		async contact(ctx) {
			const account = await this.accounts.get(ctx.params.id);
			return (
				account && { email: account.email, name: account.name, locale: account.locale ?? "en" }
			);
		},

		async timeZone(ctx) {
			return (await this.accounts.get(ctx.params.id))?.timeZone ?? null;
		},

		revocations(ctx) {
			return this.families.revocations(ctx.params.since);
		},

		async grantRole(ctx) {
			const { role } = ctx.params;
			const known = (await this.people.byEmail(normalise(ctx.params.email))) ?? fail("NOT_FOUND");
			const shopName = role === "seller" ? (known.shopName ?? known.name) : undefined;
			const changes = { role, ...(shopName && { shopName }) };
			const account = await this.people.renew({ id: known.id }, changes);
			await this.families.endAll(known.id);
			return toUser(account ?? fail("NOT_FOUND"));
		},

		async open(ctx) {
			return toUser(await this.people.open(ctx.params));
		}
	},

	methods: {
		async signIn(ctx, account, guestToken) {
			const { sid, refreshToken } = await this.families.open(account);
			// A new password or role meanwhile has not ended this session, which wasn't there yet.
			if ((await this.people.own(account.id)).epoch !== account.epoch) {
				await this.families.end(sid);
				fail("INVALID_CREDENTIALS");
			}
			const session = sessionOf(account, sid, refreshToken);
			if (!guestToken) return session;
			try {
				await ctx.call("cart.merge", { userId: account.id, guestToken });
				return { ...session, guestToken: null };
			} catch (err) {
				this.logger.warn(`A guest's cart was not merged: ${(err as Error).message}`);
				return session;
			}
		},

		send(kind, { id: userId, email: to, name }) {
			const sent = this.links
				.make(kind, userId)
				.then(made => this.broker.emit("mail.requested", { ...made, kind, to, name }));
			sent.catch((err: Error) => this.logger.error(`No ${kind} mail: ${err.message}`));
		},

		async sweep() {
			await prune(this.sessions);
			await prune(this.mailTokens);
		}
	},

	created() {
		this.passwords = new Passwords();
		this.people = new Accounts(this.accounts, this.passwords);
		this.limits = limitsOf((...args) => this.logger.warn(...args));
		this.guards = new Guards(this.limits);
		this.families = new Sessions(this.sessions, sids =>
			this.broker.broadcast("session.revoked", { sids })
		);
		this.links = new MailTokens(this.mailTokens);
		this.book = new AddressBook(this.addressBooks);
	},

	async started() {
		await this.passwords.ready();
		this.sweeper = setInterval(() => {
			this.sweep().catch((err: Error) => this.logger.warn(`Sessions not pruned: ${err.message}`));
		}, 60_000).unref();
	},

	async stopped() {
		clearInterval(this.sweeper);
		this.limits.close();
		await this.passwords.close();
	}
};
export default AuthService;

function sessionOf(account: Account, sid: string, refreshToken: string): Session {
	const { id, role } = account;
	return {
		user: toUser(account),
		accessToken: accessToken({ id, role, sid }),
		expiresIn: ACCESS_SECONDS,
		refreshToken
	};
}
