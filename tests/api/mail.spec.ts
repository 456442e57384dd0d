import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unique } from "../helpers/client";
import { CheckedClient } from "../helpers/client-checked";
import { ShopProcess } from "../helpers/process";
import { until } from "../helpers/shop";

const PASSWORD = "correct horse battery";

/** Mails are files of the shop's own machine, so this shop is always one of ours. */
let shop: ShopProcess;
let buyer: CheckedClient;
let email: string;
beforeAll(async () => void (shop = await ShopProcess.start()));
beforeEach(async () => {
	buyer = await new CheckedClient(shop.baseUrl).signUp();
	email = buyer.user!.email;
});
afterAll(() => shop?.discard());

function mailsTo(address: string): string[] {
	const dir = join(shop.dir, "mail");
	const names = readdirSync(dir, { withFileTypes: true }).filter(({ name }) => /\.eml$/.test(name));
	return names
		.map(({ name }) => readFileSync(join(dir, name), "utf8"))
		.filter(mail => mail.includes(`<${address}>`));
}
/** The token in the newest mail of a kind. */
const tokenFor = (address: string, kind: "verify" | "reset") =>
	until(() => {
		const mail = mailsTo(address).find(text => text.includes(`/${kind}?token=`));
		return mail && decodeURIComponent(/\?token=(\S+)/.exec(mail)![1]!);
	}) as Promise<string>;
const outcome = (route: string, body: object) =>
	new CheckedClient(shop.baseUrl).outcome(route, { body });
const login = (password: string) => outcome("POST /api/auth/login", { email, password });

it("confirms an address with the token of the mail, once", async () => {
	expect(buyer.user!.emailVerified).toBe(false);
	const token = await tokenFor(email, "verify");
	expect(await outcome("POST /api/auth/verify", { token })).toBe("204");
	expect((await buyer.ask("GET /api/auth/me")).body.emailVerified).toBe(true);
	expect(await outcome("POST /api/auth/verify", { token })).toBe("401 UNAUTHORIZED");
});

it("sets a new password with the token of the mail, once, and ends every session", async () => {
	expect(await outcome("POST /api/auth/password/forgot", { email })).toBe("202");
	const token = await tokenFor(email, "reset");
	const reset = (password: string, by = token) =>
		outcome("POST /api/auth/password/reset", { token: by, password });
	expect(await reset("short")).toBe("422 VALIDATION_FAILED");
	expect(await reset("a new horse")).toBe("204");
	expect(await reset("another horse")).toBe("401 UNAUTHORIZED");
	expect([await login(PASSWORD), await login("a new horse")]).toEqual([
		"401 INVALID_CREDENTIALS",
		"200"
	]);
	await until(
		() => buyer.outcome("GET /api/auth/me"),
		told => told.startsWith("401"),
		5000
	);
	expect((await buyer.ask("POST /api/auth/refresh")).status).toBe(401);
});

it("takes a token for what it was made only", async () => {
	expect(await outcome("POST /api/auth/password/forgot", { email })).toBe("202");
	const [verify, reset] = [await tokenFor(email, "verify"), await tokenFor(email, "reset")];
	expect(await outcome("POST /api/auth/verify", { token: reset })).toBe("401 UNAUTHORIZED");
	const body = { token: verify, password: "a new horse" };
	expect(await outcome("POST /api/auth/password/reset", body)).toBe("401 UNAUTHORIZED");
});

it("writes nothing to an address without an account", async () => {
	const stranger = `${unique("none")}@test.example`;
	expect(await outcome("POST /api/auth/password/forgot", { email: stranger })).toBe("202");
	expect(await outcome("POST /api/auth/password/forgot", { email })).toBe("202");
	await tokenFor(email, "reset");
	expect(mailsTo(stranger)).toEqual([]);
});
