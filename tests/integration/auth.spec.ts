import type { ServiceSchema } from "moleculer";
import AuthService from "../../services/auth/auth.service";
import { codeOf } from "../../services/errors";
import { verify } from "../../services/session";
import type { Identity } from "../../services/shared/access";
import type { Payload } from "../../services/shared/contract";
import { cluster } from "../helpers/cluster";

const mails: Payload<"mail.requested">[] = [];
const revoked: string[] = [];
const renamed: string[] = [];
const merged: string[] = [];
let cartIsDown = false;

const Listener: ServiceSchema = {
	name: "listener",
	events: {
		"mail.requested": (ctx: { params: Payload<"mail.requested"> }) => void mails.push(ctx.params),
		"session.revoked": (ctx: { params: { sids: string[] } }) =>
			void revoked.push(...ctx.params.sids),
		"shop.renamed": (ctx: { params: { shopName: string } }) =>
			void renamed.push(ctx.params.shopName)
	}
};
const Cart: ServiceSchema = {
	name: "cart",
	actions: {
		merge(ctx: { params: { guestToken: string } }) {
			if (cartIsDown) throw new Error("down");
			merged.push(ctx.params.guestToken);
			return null;
		}
	}
};

const { broker } = cluster([AuthService, Listener, Cart]);

let made = 0;
const password = "correct horse";
/** Everybody comes from an address of their own, unless told otherwise. */
const from = (ip = `10.0.${made >> 8}.${made & 255}`) => ({ meta: { ip } });
const newBuyer = async (changes: object = {}) => {
	made++;
	const email = `buyer${made}@example.com`;
	const params = { email, password, name: "Bea", role: "buyer" as const, ...changes };
	return broker.call("auth.register", params, from());
};
const asUser = (session: { accessToken: string }) => {
	const { user } = verify(session.accessToken);
	return { meta: { user: user as Identity } };
};
const login = (email: string, given = password, ip?: string) =>
	broker.call("auth.login", { email, password: given }, from(ip));
const refresh = (refreshToken: string) => broker.call("auth.refresh", { refreshToken });
const refusal = (call: Promise<unknown>) =>
	call.then(
		() => "nothing",
		(err: unknown) => codeOf(err) ?? String(err)
	);
const until = async <T>(what: () => T | undefined): Promise<T> => {
	for (let i = 0; i < 200; i++) {
		const found = what();
		if (found !== undefined) return found;
		await new Promise(resolve => setTimeout(resolve, 10));
	}
	throw new Error("It did not happen");
};
const mailTo = (to: string, kind: "verify" | "reset", nth = 0) =>
	until(() => mails.filter(mail => mail.to === to && mail.kind === kind)[nth]);

describe("accounts", () => {
	it("signs up and signs in, whatever the case of the address", async () => {
		const { user, accessToken, expiresIn } = await newBuyer({ email: "Mixed@Example.com" });
		expect(user).toMatchObject({ email: "mixed@example.com", role: "buyer", emailVerified: false });
		expect(Object.keys(user)).not.toContain("passwordHash");
		expect(expiresIn).toBe(900);
		expect(verify(accessToken).user).toMatchObject({ id: user.id, role: "buyer" });
		expect((await login("MIXED@example.com")).user.id).toBe(user.id);
	});

	it("opens one account per address, also for ten who come at once", async () => {
		const email = "once@example.com";
		const all = await Promise.all(
			Array.from({ length: 10 }, () => newBuyer({ email }).then(() => "made", codeOf))
		);
		expect(all.filter(answer => answer === "made")).toHaveLength(1);
		expect(all.filter(answer => answer === "EMAIL_TAKEN")).toHaveLength(9);
	});

	it("keeps a time zone, if it is one", async () => {
		const seller = await newBuyer({ role: "seller", shopName: "Clay & Co" });
		const { id } = seller.user;
		expect(await broker.call("auth.timeZone", { id })).toBeNull();
		const changed = await broker.call(
			"auth.updateMe",
			{ timeZone: "Asia/Kathmandu" },
			asUser(seller)
		);
		expect(changed).toEqual({ ...seller.user, timeZone: "Asia/Kathmandu" });
		const wrong = broker.call("auth.updateMe", { timeZone: "Nowhere/City" }, asUser(seller));
		expect(await refusal(wrong)).toBe("VALIDATION_FAILED");
		expect(await broker.call("auth.timeZone", { id })).toBe("Asia/Kathmandu");
	});

	it("gives a shop to sellers only, and tells when it is renamed", async () => {
		const seller = await newBuyer({ role: "seller", shopName: "Clay & Co" });
		const buyer = await newBuyer();
		await broker.call("auth.updateMe", { shopName: "Clay Works", locale: "de" }, asUser(seller));
		expect(await broker.call("auth.me", {}, asUser(seller))).toMatchObject({
			shopName: "Clay Works",
			locale: "de"
		});
		expect(await until(() => renamed.find(name => name === "Clay Works"))).toBeTruthy();
		expect(await refusal(broker.call("auth.updateMe", { shopName: "Mine" }, asUser(buyer)))).toBe(
			"VALIDATION_FAILED"
		);
		const ids = [seller.user.id, buyer.user.id];
		expect(await broker.call("auth.shops", { ids })).toEqual([
			{ id: seller.user.id, shopName: "Clay Works" }
		]);
		expect(await broker.call("auth.contact", { id: buyer.user.id })).toEqual({
			email: buyer.user.email,
			name: "Bea",
			locale: "en"
		});
	});

	it("refuses passwords that bcrypt would cut, and takes none for another", async () => {
		expect(await refusal(newBuyer({ password: "ä".repeat(37) }))).toBe("VALIDATION_FAILED");
		const long = "x".repeat(72);
		const { user } = await newBuyer({ password: long });
		expect(await refusal(login(user.email, `${long}y`))).toBe("INVALID_CREDENTIALS");
		expect((await login(user.email, long)).user.id).toBe(user.id);
	});

	it("hands a guest's cart over, and lets people in while the cart is down", async () => {
		const { user } = await newBuyer();
		const signIn = () =>
			broker.call("auth.login", { email: user.email, password, guestToken: "guest" }, from());
		expect((await signIn()).guestToken).toBeNull();
		expect(merged).toEqual(["guest"]);
		cartIsDown = true;
		const session = await signIn();
		cartIsDown = false;
		expect(session.guestToken).toBeUndefined();
	});
});

describe("sessions", () => {
	it("rotates the refresh token, and ends the session when a used one comes back", async () => {
		const first = await newBuyer();
		const second = await refresh(first.refreshToken);
		const third = await refresh(second.refreshToken);
		const { sid } = asUser(third).meta.user;
		expect(asUser(first).meta.user.sid).toBe(sid);
		expect(await refusal(refresh(first.refreshToken))).toBe("TOKEN_REUSED");
		expect(revoked).toContain(sid);
		expect(await refusal(refresh(third.refreshToken))).toBe("TOKEN_REUSED");
		expect((await login(first.user.email)).user.id).toBe(first.user.id);
	});

	it("gives the next token to exactly one of ten at once, and does not end the session", async () => {
		const { refreshToken } = await newBuyer();
		const answers = await Promise.allSettled(
			Array.from({ length: 10 }, () => refresh(refreshToken))
		);
		const won = answers.flatMap(answer => (answer.status === "fulfilled" ? [answer.value] : []));
		expect(won).toHaveLength(1);
		expect(answers.flatMap(a => (a.status === "rejected" ? [codeOf(a.reason)] : []))).toEqual(
			Array(9).fill("UNAUTHORIZED")
		);
		expect((await refresh(won[0]!.refreshToken)).user.id).toBe(won[0]!.user.id);
	});

	it.each(["", "x", "a.1.b.c", "a".repeat(400)])("refuses %j as a refresh token", async token => {
		expect(["UNAUTHORIZED", "VALIDATION_FAILED"]).toContain(await refusal(refresh(token)));
	});

	it("refuses a refresh token whose place in the family was changed", async () => {
		const { refreshToken } = await newBuyer();
		expect(await refusal(refresh(refreshToken.replace(".1.", ".0.")))).toBe("UNAUTHORIZED");
		expect(await refusal(refresh(refreshToken))).toBe("nothing");
	});

	it("ends one session, or all of them", async () => {
		const one = await newBuyer();
		const two = await login(one.user.email);
		const three = await login(one.user.email);
		await broker.call("auth.logout", {}, asUser(one));
		expect(await refusal(refresh(one.refreshToken))).toBe("UNAUTHORIZED");
		const next = await refresh(two.refreshToken);
		await broker.call("auth.logoutAll", {}, asUser(three));
		expect(await refusal(refresh(next.refreshToken))).toBe("UNAUTHORIZED");
		expect(await refusal(refresh(three.refreshToken))).toBe("UNAUTHORIZED");
	});

	it("tells the doors which sessions ended since they asked last", async () => {
		const session = await newBuyer();
		const { sid } = asUser(session).meta.user;
		const { now } = await broker.call("auth.revocations", { since: 0 });
		await broker.call("auth.logout", {}, asUser(session));
		const { sids } = await broker.call("auth.revocations", { since: now });
		expect(sids).toContain(sid);
		const later = await broker.call("auth.revocations", { since: Date.now() + 60_000 });
		expect(later.sids).not.toContain(sid);
	});

	it("ends sessions with a new role, and gives it at the next sign-in", async () => {
		const { user, refreshToken } = await newBuyer();
		const granted = { email: user.email.toUpperCase(), role: "admin" as const };
		expect((await broker.call("auth.grantRole", granted)).role).toBe("admin");
		expect(await refusal(refresh(refreshToken))).toBe("UNAUTHORIZED");
		const admin = await login(user.email);
		expect(asUser(admin).meta.user.role).toBe("admin");
		const nobody = { email: "nobody@example.com", role: "admin" as const };
		expect(await refusal(broker.call("auth.grantRole", nobody))).toBe("NOT_FOUND");
	});
});

it("leaves no session with the old role when somebody signs in while the role changes", async () => {
	const { user } = await newBuyer();
	let role = "buyer" as "buyer" | "admin";
	for (let i = 0; i < 20; i++) {
		const next: "buyer" | "admin" = role === "buyer" ? "admin" : "buyer";
		const granting = new Promise(resolve => setTimeout(resolve, i % 5)).then(() =>
			broker.call("auth.grantRole", { email: user.email, role: next })
		);
		const [session] = await Promise.all([login(user.email).catch(() => null), granting]);
		role = next;
		if (!session || session.user.role === role) continue;
		expect(revoked).toContain(asUser(session).meta.user.sid);
		expect(await refusal(refresh(session.refreshToken))).toBe("UNAUTHORIZED");
	}
});

describe("passwords", () => {
	it("changes with the old one, ends the other sessions and keeps this one", async () => {
		const here = await newBuyer();
		const there = await login(here.user.email);
		const change = (currentPassword: string) =>
			broker.call(
				"auth.changePassword",
				{ currentPassword, newPassword: "battery staple" },
				asUser(here)
			);
		expect(await refusal(change("wrong one"))).toBe("INVALID_CREDENTIALS");
		await change(password);
		expect(await refusal(refresh(there.refreshToken))).toBe("UNAUTHORIZED");
		expect((await refresh(here.refreshToken)).user.id).toBe(here.user.id);
		expect(await refusal(login(here.user.email))).toBe("INVALID_CREDENTIALS");
		expect((await login(here.user.email, "battery staple")).user.id).toBe(here.user.id);
	});

	it("is set anew by mail, once, and ends every session", async () => {
		const { user, refreshToken } = await newBuyer();
		const forgot = (email: string) => broker.call("auth.forgotPassword", { email }, from());
		expect(await forgot("nobody-here@example.com")).toEqual({});
		expect(await forgot(user.email)).toEqual({});
		const { token } = await mailTo(user.email, "reset");
		const reset = (given: string) =>
			broker.call("auth.resetPassword", { token: given, password: "battery staple" });
		expect(await refusal(reset("x".repeat(43)))).toBe("UNAUTHORIZED");
		const both = await Promise.all([refusal(reset(token)), refusal(reset(token))]);
		expect(both.sort()).toEqual(["UNAUTHORIZED", "nothing"]);
		expect(await refusal(refresh(refreshToken))).toBe("UNAUTHORIZED");
		expect((await login(user.email, "battery staple")).user.emailVerified).toBe(true);
		expect(mails.filter(mail => mail.to === "nobody-here@example.com")).toEqual([]);
	});

	it("sends no sixth mail within an hour, and answers as before", async () => {
		const { user } = await newBuyer();
		for (let i = 0; i < 8; i++) {
			expect(await broker.call("auth.forgotPassword", { email: user.email }, from())).toEqual({});
		}
		await mailTo(user.email, "reset", 4);
		await new Promise(resolve => setTimeout(resolve, 50));
		expect(mails.filter(mail => mail.to === user.email && mail.kind === "reset")).toHaveLength(5);
	});

	it("confirms an address with the mail's token, once, and with no other kind's", async () => {
		const { user } = await newBuyer();
		const { token } = await mailTo(user.email, "verify");
		const verifyWith = (given: string) => broker.call("auth.verify", { token: given });
		const set = { token, password: "battery staple" };
		expect(await refusal(broker.call("auth.resetPassword", set))).toBe("UNAUTHORIZED");
		await verifyWith(token);
		expect(await refusal(verifyWith(token))).toBe("UNAUTHORIZED");
		expect((await login(user.email)).user.emailVerified).toBe(true);
	});
});

describe("guessing", () => {
	it("stops after ten wrong passwords from an address, for known and unknown accounts alike", async () => {
		const { user } = await newBuyer();
		for (const email of [user.email, "nobody-there@example.com"]) {
			for (let i = 0; i < 10; i++) {
				expect(await refusal(login(email, "wrong one", "1.1.1.1"))).toBe("INVALID_CREDENTIALS");
			}
			const refused = await login(email, password, "1.1.1.1").catch(err => err);
			expect(codeOf(refused)).toBe("TOO_MANY_REQUESTS");
			expect(refused.data.retryAfter).toBeGreaterThan(800);
		}
		expect((await login(user.email, password, "2.2.2.2")).user.id).toBe(user.id);
	});

	it("lets no more through when all come at once", async () => {
		const { user } = await newBuyer();
		const answers = await Promise.all(
			Array.from({ length: 40 }, () => refusal(login(user.email, "wrong one", "3.3.3.3")))
		);
		const tried = answers.filter(answer => answer === "INVALID_CREDENTIALS").length;
		expect(tried).toBeGreaterThanOrEqual(10);
		expect(tried).toBeLessThanOrEqual(12);
		expect(answers.filter(answer => answer === "TOO_MANY_REQUESTS")).toHaveLength(40 - tried);
	});

	it("lets the owner in where they were before, while many addresses guess", async () => {
		const { user } = await newBuyer();
		await login(user.email, password, "4.4.4.4");
		for (let i = 0; i < 100; i++) {
			await refusal(login(user.email, "wrong one", `5.5.${Math.floor(i / 5)}.5`));
		}
		expect(await refusal(login(user.email, password, "6.6.6.6"))).toBe("TOO_MANY_REQUESTS");
		expect(await refusal(login(user.email, password, "4.4.4.4"))).toBe("nothing");
	});

	it("stops an address that tries many accounts", async () => {
		for (let i = 0; i < 100; i++) {
			await refusal(login(`many${i}@example.com`, "wrong one", "2001:db8::1"));
		}
		const next = refusal(login("many@example.com", "wrong one", "2001:db8:0:0:7::2"));
		expect(await next).toBe("TOO_MANY_REQUESTS");
	});
});

describe("the address book", () => {
	const address = {
		name: "Bea",
		line1: "1 Long Road",
		city: "Bath",
		postalCode: "BA1",
		country: "GB"
	};
	const list = (who: ReturnType<typeof asUser>) => broker.call("auth.addresses", {}, who);

	it("has one default at any time", async () => {
		const who = asUser(await newBuyer());
		const first = await broker.call("auth.addAddress", address, who);
		expect(first).toMatchObject({ ...address, default: true });
		const second = await broker.call("auth.addAddress", { ...address, default: true }, who);
		expect((await list(who)).items.map(one => [one.id, one.default])).toEqual([
			[second.id, true],
			[first.id, false]
		]);
		await broker.call("auth.removeAddress", { id: second.id }, who);
		expect((await list(who)).items.map(one => one.default)).toEqual([true]);
		const moved = { id: first.id, city: "York" };
		expect(await broker.call("auth.updateAddress", moved, who)).toMatchObject({ city: "York" });
	});

	it("is nobody else's", async () => {
		const owner = asUser(await newBuyer());
		const other = asUser(await newBuyer());
		const { id } = await broker.call("auth.addAddress", address, owner);
		await broker.call("auth.addAddress", address, other);
		const update = broker.call("auth.updateAddress", { id, city: "York" }, other);
		expect(await refusal(update)).toBe("NOT_FOUND");
		expect(await refusal(broker.call("auth.removeAddress", { id }, other))).toBe("NOT_FOUND");
		expect((await list(owner)).items[0]).toMatchObject({ id, city: "Bath" });
	});

	it("takes fifty, also when sixty come at once", async () => {
		const who = asUser(await newBuyer());
		const answers = await Promise.all(
			Array.from({ length: 60 }, () => refusal(broker.call("auth.addAddress", address, who)))
		);
		expect(answers.filter(answer => answer === "nothing")).toHaveLength(50);
		expect(answers.filter(answer => answer === "VALIDATION_FAILED")).toHaveLength(10);
		expect((await list(who)).total).toBe(50);
	});
});
