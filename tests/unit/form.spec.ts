import { ApiError } from "@common/api";
import { inWords } from "@common/contract-words";
import { useForm } from "@common/form";
import { locale } from "@common/format";
import { catalogActions } from "@shared/catalog.contract";

const review = { id: "abcdefgh", rating: 5, title: "Good", body: "It holds tea." };
const form = () => useForm(catalogActions["catalog.review"].params);

it("sends only what the service would accept", async () => {
	const { errors, submit } = form();
	const send = jest.fn(async () => "sent");
	expect(await submit({ ...review, title: " ", rating: 6 }, send)).toBeUndefined();
	expect(errors.value).toEqual({ title: "Fill this in", rating: "At most 5" });
	expect(send).not.toHaveBeenCalled();

	expect(await submit(review, send)).toBe("sent");
	expect(send).toHaveBeenCalledWith(review);
	expect(errors.value).toEqual({});
});

it("shows what the service refuses at the same fields", async () => {
	const { errors, refusal, submit } = form();
	const refused = new ApiError(422, "VALIDATION_FAILED", {
		errors: [{ path: "title", code: "SHOUTING", message: "Not so loud" }]
	});
	await submit(review, () => Promise.reject(refused));
	expect(errors.value).toEqual({ title: "Not so loud" });
	expect(refusal.value).toBeUndefined();
});

it("keeps a refusal that belongs to no field apart, and forgets it at the next try", async () => {
	const { refusal, submit } = form();
	await submit(review, () => Promise.reject(new ApiError(403, "FORBIDDEN")));
	expect(refusal.value?.code).toBe("FORBIDDEN");
	await submit(review, async () => null);
	expect(refusal.value).toBeUndefined();
});

it("ignores a second click while the first is under way", async () => {
	const { busy, submit } = form();
	let done = () => {};
	const send = jest.fn(() => new Promise<string>(resolve => (done = () => resolve("sent"))));
	const first = submit(review, send);
	expect(busy.value).toBe(true);
	expect(await submit(review, send)).toBeUndefined();
	done();
	expect(await first).toBe("sent");
	expect(send).toHaveBeenCalledTimes(1);
	expect(busy.value).toBe(false);
});

it("lets a bug through", async () => {
	const { busy, submit } = form();
	await expect(submit(review, () => Promise.reject(new TypeError("bug")))).rejects.toThrow("bug");
	expect(busy.value).toBe(false);
});

describe("in German", () => {
	beforeEach(() => (locale.value = "de"));
	afterEach(() => (locale.value = "en"));

	it("says what is wrong in the page's language", async () => {
		const { errors, submit } = form();
		await submit({ ...review, title: " " }, () => Promise.reject(new Error("not sent")));
		expect(errors.value).toEqual({ title: "Bitte ausfüllen" });
	});
	it.each([
		["At least 8 characters", "Mindestens 8 Zeichen"],
		["At most 160 characters", "Höchstens 160 Zeichen"],
		["2 to 40 lower-case letters, digits and hyphens.", /Kleinbuchstaben/],
		["Not so loud", "Not so loud"]
	])("says “%s” as it is said there", (message, said) => {
		expect(inWords(message)).toEqual(typeof said === "string" ? said : expect.stringMatching(said));
	});
});

it.each([
	[{ price: NaN }, "variants.0.price", "An amount such as 19.90", "Ein Betrag wie 19,90"],
	[{ price: 1e12 }, "variants.0.price", "At most €10,000,000.00", "Höchstens 10.000.000,00\u00a0€"],
	[{ stock: NaN }, "variants.0.stock", "A number, please", "Bitte eine Zahl"],
	[{ stock: -1 }, "variants.0.stock", "At least 0", "Mindestens 0"],
	[{ stock: 2e6 }, "variants.0.stock", "At most 1,000,000", "Höchstens 1.000.000"],
	[{ stock: undefined }, "variants.0.stock", "Fill this in", "Bitte ausfüllen"]
])("says of %j in either language what is wrong", async (wrong, path, english, german) => {
	const variant = { sku: "mug-1", options: {}, price: 1, stock: 1, ...wrong };
	const product = { title: "Mug", category: "mugs", variants: [variant] };
	const { errors, submit } = useForm(catalogActions["catalog.create"].params);
	for (const [language, words] of [["en", english] as const, ["de", german] as const]) {
		locale.value = language;
		await submit(product, async () => null);
		expect(errors.value).toEqual({ [path]: words });
	}
	locale.value = "en";
});
