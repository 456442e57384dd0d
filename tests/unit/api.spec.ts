import { api, ApiError, credentials } from "@common/api";

interface Call {
	url: string;
	method: string;
	headers: Headers;
	body: unknown;
}
const real = fetch;
let calls: Call[] = [];

/** The next answers, in order; a number alone is a refusal by that status. */
function answers(...next: (Response | Error)[]) {
	calls = [];
	globalThis.fetch = async (url, { method, headers, body } = {}) => {
		calls.push({ url: String(url), method: method!, headers: headers as Headers, body });
		const answer = next.shift();
		if (answer instanceof Error) throw answer;
		return answer!;
	};
}
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
	new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
const problem = (code: string, status: number, headers?: Record<string, string>) =>
	json({ code, status, title: code }, status, headers);

beforeEach(() => {
	delete credentials.token;
	delete credentials.renew;
});
afterAll(() => {
	globalThis.fetch = real;
});

it("puts each part in its place", async () => {
	answers(json({}), json({}));
	credentials.token = "t";
	await api("PUT /cart/items/:sku", { path: { sku: "a mug" }, body: { quantity: 2 } });
	await api("GET /catalog/products", { query: { q: "tea & cake", page: 2, category: undefined } });

	expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
		"PUT /api/cart/items/a%20mug",
		"GET /api/catalog/products?q=tea+%26+cake&page=2"
	]);
	expect(calls[0]!.body).toBe('{"quantity":2}');
	expect(calls[0]!.headers.get("Authorization")).toBe("Bearer t");
	expect(calls[0]!.headers.get("Content-Type")).toBe("application/json");
	expect(calls[1]!.headers.get("Content-Type")).toBeNull();
});

it("sends the idempotency key as a header and a file as a form", async () => {
	answers(json({}, 201), json({}, 201));
	const address = { name: "A", line1: "B", city: "C", postalCode: "1", country: "DE" };
	await api("POST /orders", {
		key: "k1",
		body: { items: [{ sku: "mug", quantity: 1 }], shippingAddress: address }
	});
	await api("POST /catalog/products/:id/images", {
		path: { id: "abcdefgh" },
		body: { alt: "A mug" },
		file: new Blob(["x"])
	});
	expect(calls[0]!.headers.get("Idempotency-Key")).toBe("k1");
	const form = calls[1]!.body as FormData;
	expect(form.get("alt")).toBe("A mug");
	expect(form.get("file")).toBeInstanceOf(Blob);
	expect(calls[1]!.headers.get("Content-Type")).toBeNull();
});

it("answers null where there is no content", async () => {
	answers(json(null, 204));
	expect(await api("POST /auth/logout")).toBeNull();
});

it("says what the gateway refused, and when to ask again", async () => {
	answers(problem("TOO_MANY_REQUESTS", 429, { "Retry-After": "3" }));
	const refusal = await api("POST /auth/logout").catch((error: unknown) => error);
	expect(refusal).toBeInstanceOf(ApiError);
	expect(refusal).toMatchObject({ code: "TOO_MANY_REQUESTS", status: 429, retryAfter: 3000 });
});

it("repeats a read that met no answer, and no other call", async () => {
	answers(new TypeError("fetch failed"), problem("SERVICE_UNAVAILABLE", 503), json({ items: [] }));
	await api("GET /catalog/categories");
	expect(calls).toHaveLength(3);

	answers(new TypeError("fetch failed"));
	await expect(api("DELETE /cart")).rejects.toMatchObject({ code: "OFFLINE", passing: true });
	expect(calls).toHaveLength(1);
});

it("gives up a read after two more tries, and at once where a repeat can't help", async () => {
	const away = () => problem("SERVICE_UNAVAILABLE", 503);
	answers(away(), away(), away());
	await expect(api("GET /catalog/categories")).rejects.toMatchObject({ status: 503 });
	expect(calls).toHaveLength(3);

	answers(problem("NOT_FOUND", 404));
	await expect(api("GET /orders/:id", { path: { id: "abcdefgh" } })).rejects.toMatchObject({
		code: "NOT_FOUND",
		passing: false
	});
	expect(calls).toHaveLength(1);
});

it("renews a token that has run out once, and asks again with the new one", async () => {
	credentials.token = "old";
	credentials.renew = async () => {
		credentials.token = "new";
		return true;
	};
	answers(problem("TOKEN_EXPIRED", 401), json({ items: [] }));
	await api("POST /notifications/read", { body: {} });
	expect(calls.map(({ headers }) => headers.get("Authorization"))).toEqual([
		"Bearer old",
		"Bearer new"
	]);

	answers(problem("TOKEN_EXPIRED", 401), problem("TOKEN_EXPIRED", 401));
	await expect(api("POST /notifications/read", { body: {} })).rejects.toMatchObject({
		status: 401
	});
	expect(calls).toHaveLength(2);
});

it("doesn't take a cancelled call for a broken line", async () => {
	const controller = new AbortController();
	controller.abort();
	answers(Object.assign(new Error("aborted"), { name: "AbortError" }));
	const call = api("GET /cart", {}, { signal: controller.signal });
	await expect(call).rejects.toMatchObject({ name: "AbortError" });
	expect(calls).toHaveLength(1);
});
