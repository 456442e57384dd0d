import { unique, type Session } from "../helpers/client";
import { CheckedClient } from "../helpers/client-checked";
import { ADDRESS, until } from "../helpers/shop";
import { target, type Target } from "../helpers/target";

const PASSWORD = "correct horse battery";
/** Within so long the access token of an ended session is refused. */
const REVOKED_WITHIN = 5000;

let shop: Target;
beforeAll(async () => void (shop = await target()));
afterAll(() => shop?.discard());

const nobody = () => new CheckedClient(shop.baseUrl);
const somebody = (role: "buyer" | "seller" = "buyer") => nobody().signUp(role);
const person = (changes: object = {}) => ({
	email: `${unique("p")}@test.example`,
	password: PASSWORD,
	name: "Ada Example",
	role: "buyer",
	...changes
});
const register = (body: object, by = nobody()) => by.ask("POST /api/auth/register", { body });
const login = (email: string, password = PASSWORD, by = nobody()) =>
	by.ask("POST /api/auth/login", { body: { email, password } });
const cookieOf = ({ headers }: { headers: Record<string, unknown> }, name = "refresh_token") =>
	([headers["set-cookie"] ?? []].flat() as string[]).find(cookie => cookie.startsWith(`${name}=`));
const valueOf = (cookie?: string) => /^[^=]+=([^;]*)/.exec(cookie!)![1]!;
const refresh = (token: string) =>
	nobody().ask("POST /api/auth/refresh", { headers: { Cookie: `refresh_token=${token}` } });
const isEnded = (client: CheckedClient) =>
	until(
		() => client.outcome("GET /api/auth/me"),
		outcome => outcome === "401 TOKEN_EXPIRED" || outcome === "401 UNAUTHORIZED",
		REVOKED_WITHIN
	);
/** Somebody with a second session of the same account. */
async function twoSessions() {
	const first = await somebody();
	const second = nobody();
	const session = (await login(first.user!.email, PASSWORD, second)).body as Session;
	second.token = session.accessToken;
	return [first, second] as const;
}

describe("who registers", () => {
	it("as a buyer is signed in: a user, an access token and a cookie", async () => {
		const wanted = person();
		const answer = await register(wanted);
		const { status, body, headers, text } = answer;
		expect(status).toBe(201);
		expect(body).toEqual({
			user: {
				id: expect.any(String),
				email: wanted.email,
				name: wanted.name,
				role: "buyer",
				emailVerified: false,
				createdAt: expect.any(String)
			},
			accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
			expiresIn: expect.any(Number)
		});
		expect(body.expiresIn).toBeGreaterThan(60);
		const cookie = cookieOf(answer)!;
		expect(cookie).toMatch(/;\s*HttpOnly/i);
		expect(cookie).toMatch(/;\s*SameSite=Strict/i);
		expect(cookie).toMatch(/;\s*Path=\/api\/auth(;|$)/i);
		expect(text).not.toContain(valueOf(cookie));
		expect(headers["cache-control"]).toBe("no-store");
	});

	it("as a seller names the shop", async () => {
		const shopName = unique("Shop");
		const { status, body } = await register(person({ role: "seller", shopName }));
		expect([status, body.user.role, body.user.shopName]).toEqual([201, "seller", shopName]);
		const without = await register(person({ role: "seller" }));
		expect([without.status, without.body.errors[0].path]).toEqual([422, "shopName"]);
	});

	it.each([
		["email", { email: "nonsense" }],
		["email", { email: { $ne: null } }],
		["email", { email: `${"a".repeat(250)}@test.example` }],
		["password", { password: "seven77" }],
		["password", { password: "a".repeat(73) }],
		["password", { password: "ä".repeat(37) }],
		["name", { name: "" }],
		["name", { name: "a\u0000b" }],
		["role", { role: "admin" }],
		["role", { role: undefined }],
		["emailVerified", { emailVerified: true }],
		["id", { id: "chosenbyme01" }]
	])("is refused %s of %j", async (path, changes) => {
		const { status, body } = await register(person(changes));
		expect([status, body.code]).toEqual([422, "VALIDATION_FAILED"]);
		expect(body.errors.map((error: { path: string }) => error.path)).toContain(path);
	});

	it.each(["eight888", "a".repeat(72), "ä".repeat(36)])(
		"may have a password of 8 characters to 72 bytes: %s",
		async password => {
			const wanted = person({ password });
			expect((await register(wanted)).status).toBe(201);
			expect((await login(wanted.email, password)).status).toBe(200);
		}
	);

	it("is told that an address is taken, in any case of its letters, even at the same moment", async () => {
		const wanted = person();
		const both = await Promise.all([register(wanted), register(wanted)]);
		expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
		const again = await register({ ...wanted, email: wanted.email.toUpperCase() });
		expect([again.status, again.body.code]).toEqual([409, "EMAIL_TAKEN"]);
	});
});

describe("who signs in", () => {
	it("gets the same as who registers", async () => {
		const { user } = await somebody();
		const answer = await login(user!.email.toUpperCase());
		expect([answer.status, answer.body.user]).toEqual([200, user]);
		expect(Object.keys(answer.body).sort()).toEqual(["accessToken", "expiresIn", "user"]);
		expect(cookieOf(answer)).toMatch(/HttpOnly/i);
	});

	it("isn't told whether there is such an account", async () => {
		const { user } = await somebody();
		const [wrong, unknown] = [
			await login(user!.email, "not the password"),
			await login(`${unique("none")}@test.example`, "not the password")
		];
		const { requestId: _one, ...told } = wrong.body;
		const { requestId: _two, ...same } = unknown.body;
		expect([wrong.status, told.code]).toEqual([401, "INVALID_CREDENTIALS"]);
		expect([unknown.status, same]).toEqual([401, told]);
	});

	it("may guess ten times, then is told how long to wait", async () => {
		const { email } = (await somebody()).user!;
		const outcomes = [];
		for (let n = 0; n < 11; n++) outcomes.push((await login(email, `wrong password ${n}`)).status);
		expect(outcomes.slice(0, 5)).toEqual(Array(5).fill(401));
		const { status, body, headers } = await login(email, "wrong password again");
		expect([status, body.code]).toEqual([429, "TOO_MANY_REQUESTS"]);
		expect(Number(headers["retry-after"])).toBeGreaterThan(0);
	});
});

describe("a session", () => {
	it("is renewed by its cookie alone, and each token is good once", async () => {
		const first = valueOf(cookieOf(await register(person())));
		const second = await refresh(first);
		expect(second.status).toBe(200);
		expect(Object.keys(second.body).sort()).toEqual(["accessToken", "expiresIn", "user"]);
		const next = valueOf(cookieOf(second));
		expect(next).not.toBe(first);
		const third = await refresh(next);
		expect(third.status).toBe(200);

		const reused = await refresh(first);
		expect([reused.status, reused.body.code]).toEqual([401, "TOKEN_REUSED"]);
		const newest = await refresh(valueOf(cookieOf(third)));
		expect([newest.status, newest.body.code]).toEqual([401, "TOKEN_REUSED"]);
		const robbed = nobody();
		robbed.token = third.body.accessToken;
		await isEnded(robbed);
	});

	it("gives exactly one of ten refreshes at once the next token", async () => {
		const token = valueOf(cookieOf(await register(person())));
		const all = await Promise.all(Array.from({ length: 10 }, () => refresh(token)));
		expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
		expect(all.filter(({ status }) => status === 401)).toHaveLength(9);
	});

	it.each(["", "forged", "a.b.c", "x".repeat(500)])("isn't renewed by %s", async token =>
		expect((await refresh(token)).status).toBe(401)
	);
	it("isn't renewed without a cookie, nor by an access token, nor by a body", async () => {
		const { body } = await register(person());
		expect((await nobody().ask("POST /api/auth/refresh")).status).toBe(401);
		expect((await refresh(body.accessToken)).status).toBe(401);
		const asked = { body: { refreshToken: "some token" } };
		expect((await nobody().ask("POST /api/auth/refresh", asked)).status).toBe(422);
	});

	it("ends with logout: its cookie goes, its tokens die within 5 s, others live on", async () => {
		const [leaving, staying] = await twoSessions();
		const answer = await leaving.ask("POST /api/auth/logout");
		expect([answer.status, answer.text]).toEqual([204, ""]);
		expect(cookieOf(answer)).toMatch(/^refresh_token=;.*Max-Age=0/i);
		await isEnded(leaving);
		expect((await leaving.ask("POST /api/auth/refresh")).status).toBe(401);
		expect((await staying.ask("GET /api/auth/me")).status).toBe(200);
	});

	it("ends everywhere with logout-all", async () => {
		const [one, other] = await twoSessions();
		expect((await one.ask("POST /api/auth/logout-all")).status).toBe(204);
		await Promise.all([isEnded(one), isEnded(other)]);
		expect((await other.ask("POST /api/auth/refresh")).status).toBe(401);
		expect((await login(one.user!.email)).status).toBe(200);
	});

	it("may not be made up", async () => {
		const { token } = await somebody();
		const [head, payload, signature] = token!.split(".") as [string, string, string];
		const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
		const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
		for (const forged of [
			`${encode({ alg: "none", typ: "JWT" })}.${payload}.`,
			`${head}.${encode({ ...claims, role: "seller" })}.${signature}`,
			`${head}.${encode({ ...claims, exp: claims.exp + 9999 })}.${signature}`,
			`${head}.${payload}.${signature.slice(0, -4)}AAAA`,
			`${token!}x`
		]) {
			const somebodyElse = nobody();
			somebodyElse.token = forged;
			expect(await somebodyElse.outcome("GET /api/auth/me")).toBe("401 UNAUTHORIZED");
			expect(await somebodyElse.outcome("GET /api/seller/products")).toBe("401 UNAUTHORIZED");
		}
		for (const Authorization of ["Basic YTpi", "Bearer", token!, `Bearer ${token} x`])
			expect(await nobody().outcome("GET /api/auth/me", { headers: { Authorization } })).toBe(
				"401 UNAUTHORIZED"
			);
	});
});

describe("an account", () => {
	it("is seen and changed by its owner", async () => {
		const buyer = await somebody();
		const { status, body } = await buyer.ask("GET /api/auth/me");
		expect([status, body]).toEqual([200, buyer.user]);
		const changed = await buyer.ask("PATCH /api/auth/me", {
			body: { name: "Grace Example", locale: "de" }
		});
		expect([changed.status, changed.body]).toEqual([
			200,
			{ ...buyer.user, name: "Grace Example", locale: "de" }
		]);
		expect((await buyer.ask("GET /api/auth/me")).body).toEqual(changed.body);
	});

	it("renames a seller's shop, for everybody who sees it", async () => {
		const seller = await somebody("seller");
		const { id } = await seller.product(1);
		const shopName = unique("Renamed");
		expect((await seller.ask("PATCH /api/auth/me", { body: { shopName } })).body.shopName).toBe(
			shopName
		);
		await until(
			() => nobody().ask(`GET /api/catalog/products/${id}`),
			({ body }) => body.seller.shopName === shopName
		);
	});

	it.each([{ role: "seller" }, { email: "b@test.example" }, { emailVerified: true }, { name: "" }])(
		"keeps to itself what may not be changed: %j",
		async body =>
			expect(await (await somebody()).outcome("PATCH /api/auth/me", { body })).toBe(
				"422 VALIDATION_FAILED"
			)
	);

	it("gets a new password for the old one, and its other sessions end", async () => {
		const [here, elsewhere] = await twoSessions();
		const change = (currentPassword: string, newPassword: string) =>
			here.outcome("POST /api/auth/password", { body: { currentPassword, newPassword } });
		expect(await change("not the password", "another horse")).toBe("401 INVALID_CREDENTIALS");
		expect(await change(PASSWORD, "short")).toBe("422 VALIDATION_FAILED");
		expect(await change(PASSWORD, "another horse")).toBe("204");
		await isEnded(elsewhere);
		expect((await elsewhere.ask("POST /api/auth/refresh")).status).toBe(401);
		expect((await here.ask("GET /api/auth/me")).status).toBe(200);
		expect((await here.ask("POST /api/auth/refresh")).status).toBe(200);
		const { email } = here.user!;
		expect((await login(email)).status).toBe(401);
		expect((await login(email, "another horse")).status).toBe(200);
	});

	it("may be forgotten by anybody, without a word whether it exists", async () => {
		const { email } = (await somebody()).user!;
		const forgot = (of: string) =>
			nobody().ask("POST /api/auth/password/forgot", { body: { email: of } });
		const [known, unknown] = [await forgot(email), await forgot(`${unique("x")}@test.example`)];
		expect([known.status, unknown.status, unknown.text]).toEqual([202, 202, known.text]);
		for (const body of [{ token: "x".repeat(40), password: PASSWORD }])
			expect(await nobody().outcome("POST /api/auth/password/reset", { body })).toBe(
				"401 UNAUTHORIZED"
			);
		const body = { token: "x".repeat(40) };
		expect(await nobody().outcome("POST /api/auth/verify", { body })).toBe("401 UNAUTHORIZED");
	});
});

describe("an address book", () => {
	it("keeps addresses, one of them the default", async () => {
		const buyer = await somebody();
		const add = (body: object) => buyer.ask("POST /api/auth/addresses", { body });
		const first = await add(ADDRESS);
		expect([first.status, first.body]).toEqual([
			201,
			{ ...ADDRESS, id: expect.any(String), default: true }
		]);
		const full = { ...ADDRESS, line2: "Attic", region: "HB", phone: "+49 421 0000", default: true };
		const second = await add(full);
		expect(second.body).toEqual({ ...full, id: expect.any(String) });

		const list = async () => (await buyer.ask("GET /api/auth/addresses")).body;
		const { items, total } = await list();
		expect(total).toBe(2);
		expect(items.filter((item: { default: boolean }) => item.default)).toEqual([second.body]);

		const at = `/api/auth/addresses/${first.body.id}`;
		const patched = await buyer.ask(`PATCH ${at}`, { body: { city: "Kiel", default: true } });
		expect([patched.status, patched.body]).toEqual([
			200,
			{ ...first.body, city: "Kiel", default: true }
		]);
		expect((await list()).items.filter((item: { default: boolean }) => item.default)).toEqual([
			patched.body
		]);
		expect(await buyer.outcome(`DELETE ${at}`)).toBe("204");
		expect(await buyer.outcome(`DELETE ${at}`)).toBe("404 NOT_FOUND");
		expect((await list()).total).toBe(1);
	});

	it.each([
		["country", { country: "DEU" }],
		["country", { country: "de" }],
		["name", { name: "" }],
		["line1", { line1: undefined }],
		["city", { city: "a".repeat(101) }],
		["postalCode", { postalCode: 28195 }],
		["geo", { geo: {} }]
	])("refuses a %s of %j", async (path, changes) => {
		const body = { ...ADDRESS, ...changes };
		const answer = await (await somebody()).ask("POST /api/auth/addresses", { body });
		expect([answer.status, answer.body.errors[0].path]).toEqual([422, path]);
	});

	it("is nobody else's", async () => {
		const [owner, other] = [await somebody(), await somebody()];
		const { body } = await owner.ask("POST /api/auth/addresses", { body: ADDRESS });
		const at = `/api/auth/addresses/${body.id}`;
		expect(await other.outcome(`PATCH ${at}`, { body: { city: "Kiel" } })).toBe("404 NOT_FOUND");
		expect(await other.outcome(`DELETE ${at}`)).toBe("404 NOT_FOUND");
		expect((await other.ask("GET /api/auth/addresses")).body.total).toBe(0);
		expect((await owner.ask("GET /api/auth/addresses")).body.items).toEqual([body]);
	});
});
