import { networkOf } from "../../services/http";
import { MemoryLimits } from "../../services/auth/limits";
import { readRefreshToken, refreshToken } from "../../services/auth/tokens";

describe("refresh tokens", () => {
	it("say which session they are of, and which place they have in it", () => {
		const token = refreshToken("session1", 7);
		expect(readRefreshToken(token)).toEqual({ sid: "session1", generation: 7 });
		expect(refreshToken("session1", 7)).not.toBe(token);
		expect(token).toMatch(/^[A-Za-z0-9_.-]{1,400}$/);
	});

	it.each([
		["another place", (token: string) => token.replace(".7.", ".6.")],
		["another session", (token: string) => token.replace("session1", "session2")],
		["no seal", (token: string) => token.slice(0, token.lastIndexOf("."))],
		["an empty seal", (token: string) => token.slice(0, token.lastIndexOf(".") + 1)],
		["nothing at all", () => ""]
	])("are not ours with %s", (_, change) => {
		expect(readRefreshToken(change(refreshToken("session1", 7)))).toBeNull();
	});
});

describe("limits", () => {
	const limit = { name: "test", most: 3, seconds: 60 };

	it("let so many through within a window, and tell how long to wait", async () => {
		let now = 0;
		const limits = new MemoryLimits(() => now);
		for (let i = 0; i < 3; i++) expect(await limits.take(limit, "a")).toBe(0);
		now = 20_000;
		expect(await limits.take(limit, "a")).toBe(40);
		expect(await limits.take(limit, "b")).toBe(0);
		now = 60_000;
		expect(await limits.take(limit, "a")).toBe(0);
	});

	it("forget the first keys before they fill the memory", async () => {
		const limits = new MemoryLimits();
		for (let i = 0; i < 3; i++) await limits.take(limit, "first");
		expect(await limits.wait(limit, "first")).toBeGreaterThan(0);
		for (let i = 0; i < 20_000; i++) await limits.take(limit, `key${i}`);
		expect(await limits.wait(limit, "first")).toBe(0);
	});
});

it.each([
	["10.1.2.3", "10.1.2.3"],
	["::ffff:10.1.2.3", "10.1.2.3"],
	["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
	["2001:db8::1", "2001:db8:0:0"],
	["::1", "0:0:0:0"],
	["", null],
	[undefined, null]
])("counts %j as the address %j", (ip, address) => {
	expect(networkOf(ip)).toBe(address);
});
