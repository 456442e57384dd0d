import { credentials } from "@common/api";
import { useSession } from "@common/session.store";
import { createPinia, setActivePinia } from "pinia";

const real = fetch;
let asked: string[] = [];
/** What the gateway answers next, and how it is asked. */
let answer: () => Response | Promise<Response>;
const kept = new Map<string, string>();
const session = (accessToken: string) =>
	Response.json({ user: { id: "useruser", role: "buyer" }, accessToken, expiresIn: 900 });

beforeAll(() => {
	Object.defineProperty(globalThis, "localStorage", {
		configurable: true,
		value: {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem: (key: string, value: string) => kept.set(key, value),
			removeItem: (key: string) => kept.delete(key)
		}
	});
	globalThis.fetch = async url => {
		asked.push(String(url));
		return answer();
	};
});
afterAll(() => {
	globalThis.fetch = real;
});
beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ["queueMicrotask", "nextTick", "setImmediate"] });
	kept.clear();
	asked = [];
	delete credentials.token;
	setActivePinia(createPinia());
});
afterEach(() => jest.useRealTimers());

it("renews once, however many ask at once", async () => {
	const store = useSession();
	answer = () => session("one");
	expect(await Promise.all([store.renew(), store.renew(), store.renew()])).toEqual([
		true,
		true,
		true
	]);
	expect(asked).toEqual(["/api/auth/refresh"]);
	expect(credentials.token).toBe("one");
	expect(store.user?.id).toBe("useruser");
});

it("renews by itself before the token runs out", async () => {
	const store = useSession();
	answer = () => session("one");
	await store.signIn({ email: "a@example.com", password: "secret" });
	answer = () => session("two");
	await jest.advanceTimersByTimeAsync(830_000);
	expect(asked).toEqual(["/api/auth/login"]);
	await jest.advanceTimersByTimeAsync(11_000);
	expect(asked).toEqual(["/api/auth/login", "/api/auth/refresh"]);
	expect(store.token).toBe("two");
});

it("ends when the server says so, and asks no more", async () => {
	const store = useSession();
	answer = () => session("one");
	await store.signIn({ email: "a@example.com", password: "secret" });
	answer = () => Response.json({ code: "TOKEN_REUSED" }, { status: 401 });
	expect(await store.renew()).toBe(false);
	expect([store.user, credentials.token, kept.size]).toEqual([undefined, undefined, 0]);
	asked = [];
	await jest.advanceTimersByTimeAsync(2_000_000);
	expect(asked).toEqual([]);
});

it("keeps the session while the service is away, and tries again", async () => {
	const store = useSession();
	answer = () => session("one");
	await store.signIn({ email: "a@example.com", password: "secret" });
	answer = () => Response.json({ code: "SERVICE_UNAVAILABLE" }, { status: 503 });
	expect(await store.renew()).toBe(false);
	expect(store.user?.id).toBe("useruser");
	answer = () => session("two");
	await jest.advanceTimersByTimeAsync(12_000);
	expect(store.token).toBe("two");
});
