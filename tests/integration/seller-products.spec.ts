import type { ServiceBroker } from "moleculer";
import AuthService from "../../services/auth/auth.service";
import type { Methods } from "../../services/catalog/catalog.methods";
import CatalogService from "../../services/catalog/catalog.service";
import { publishDue } from "../../services/catalog/schedule";
import InventoryService from "../../services/inventory/inventory.service";
import { newId } from "../../services/id";
import type { Params } from "../../services/shared/contract";
import { caller, newProduct } from "../helpers/callers";
import { cluster } from "../helpers/cluster";
import { identity, until } from "../helpers/shop";

const told: { name: string; id: string; status: string }[] = [];
const note = (ctx: { eventName: string | null; params: { id: string; status: string } }) =>
	void told.push({ name: ctx.eventName!, id: ctx.params.id, status: ctx.params.status });
const { broker } = cluster([
	AuthService,
	InventoryService,
	CatalogService,
	{ name: "listener", events: { "product.updated": note, "product.created": note } } as never
]);
const someone = () => caller(broker, identity("seller"));
const ada = someone();
const bob = someone();
const guest = caller(broker, null);
const catalog = () =>
	(broker as unknown as ServiceBroker).getLocalService("catalog") as unknown as Methods;
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const draft = (changes: Partial<Params<"catalog.create">> = {}) =>
	newProduct({ status: "draft", ...changes } as never);

describe("a seller's list", () => {
	const list = async (who: ReturnType<typeof caller>, asked: object = {}) => {
		const { items, total } = await who("catalog.mine", asked);
		return { titles: items.map(({ title }) => title), total };
	};
	const thing = (title: string, category: string, price: number, stock: number) =>
		newProduct({ title, category, variants: [{ price, stock }] });

	it("is narrowed by category, with what is below it, and sorted by price both ways", async () => {
		const eve = someone();
		await eve("catalog.create", thing("Ash bowl", "home/bowls", 300, 9));
		await eve("catalog.create", thing("Beech bowl", "home/bowls/salad", 100, 9));
		await eve("catalog.create", thing("Cork mat", "homely", 200, 9));
		expect(await list(eve, { sort: "price" })).toEqual({
			titles: ["Beech bowl", "Cork mat", "Ash bowl"],
			total: 3
		});
		expect((await list(eve, { sort: "-price" })).titles[0]).toBe("Ash bowl");
		expect(await list(eve, { category: "home", sort: "title" })).toEqual({
			titles: ["Ash bowl", "Beech bowl"],
			total: 2
		});
		expect(await list(eve, { category: "home/none" })).toEqual({ titles: [], total: 0 });
		expect(await eve("catalog.counts", {})).toMatchObject({
			total: 3,
			statuses: { published: 3, draft: 0, archived: 0 },
			categories: [{ count: 1 }, { count: 1 }, { count: 1 }]
		});
	});

	it("stays in order when prices, titles and stock change after it was looked at", async () => {
		const eve = someone();
		const made = [];
		for (const n of [1, 2, 3])
			made.push(await eve("catalog.create", thing(`Item ${n}`, "x", n * 100, n)));
		for (const sort of ["price", "title", "stock", "updated", "newest"])
			expect((await list(eve, { sort })).total).toBe(3);
		const [one] = made;
		const { sku } = one!.variants[0]!;
		await eve("catalog.update", {
			id: one!.id,
			version: 1,
			title: "Zebra",
			variants: [{ sku, price: 999 }]
		});
		await eve("inventory.adjust", { sku, delta: 50, reason: "found" });
		const last = async (sort: string) => (await list(eve, { sort })).titles.at(-1);
		expect(await last("price")).toBe("Zebra");
		expect(await last("title")).toBe("Zebra");
		await until(
			() => last("stock"),
			title => title === "Zebra"
		);
		expect((await list(eve, { sort: "updated" })).titles[0]).toBe("Zebra");
		expect((await list(eve, { sort: "newest", pageSize: 2, page: 2 })).titles).toEqual(["Zebra"]);
	});

	it("has nothing of anybody else's", async () => {
		await ada("catalog.create", newProduct({ title: "Only Ada's" }));
		const none = { items: [], total: 0 };
		expect(await someone()("catalog.mine", { q: "only" })).toMatchObject(none);
		expect(await someone()("catalog.shelf", {})).toMatchObject(none);
		expect(await someone()("catalog.counts", {})).toMatchObject({ total: 0, categories: [] });
	});
});

describe("a draft with a time", () => {
	it("is published when its time has come, once, and everybody sees it", async () => {
		const publishAt = inMs(150);
		const { id } = await ada("catalog.create", draft({ title: "Tomorrow's lamp", publishAt }));
		expect(await ada("catalog.mineOne", { id })).toMatchObject({ status: "draft", publishAt });
		await expect(guest("catalog.product", { idOrSlug: id })).rejects.toMatchObject({ code: 404 });
		const shown = await until(
			() => guest("catalog.product", { idOrSlug: id }).catch(() => null),
			Boolean
		);
		expect(shown).toMatchObject({ status: "published", version: 2 });
		expect(shown).not.toHaveProperty("publishAt");
		await until(() => told.some(event => event.id === id && event.status === "published"));
		expect((await guest("catalog.search", { q: "tomorrow" })).items).toHaveLength(1);
	});

	it("is published by one of many that look at once", async () => {
		const { id } = await ada("catalog.create", draft({ publishAt: inMs(60_000) }));
		const { products, live } = catalog();
		const emitted: string[] = [];
		const wire = { emit: async (name: string) => void emitted.push(name) };
		const host = { wire: wire as never, products, live };
		await Promise.all(Array.from({ length: 8 }, () => publishDue(host, Date.now() + 61_000)));
		expect(emitted).toEqual(["product.updated"]);
		expect(await ada("catalog.mineOne", { id })).toMatchObject({ status: "published", version: 2 });
	});

	it("forgets its time when it is taken back, published or archived before", async () => {
		const make = async () => (await ada("catalog.create", draft({ publishAt: inMs(60_000) }))).id;
		const [kept, shown, left] = [await make(), await make(), await make()];
		const now = await ada("catalog.update", { id: kept, version: 1, publishAt: null });
		expect(now).not.toHaveProperty("publishAt");
		expect(
			await ada("catalog.update", { id: shown, version: 1, status: "published" })
		).not.toHaveProperty("publishAt");
		await ada("catalog.archive", { id: left });
		const { products, live } = catalog();
		await publishDue({ wire: broker, products, live }, Date.now() + 61_000);
		expect(await ada("catalog.mineOne", { id: kept })).toMatchObject({ status: "draft" });
		expect(await ada("catalog.mineOne", { id: left })).toMatchObject({ status: "archived" });
	});

	it("is the only thing that can have one", async () => {
		const refusal = {
			type: "VALIDATION_FAILED",
			data: { errors: [{ path: "publishAt" }] }
		};
		await expect(
			ada("catalog.create", newProduct({ publishAt: inMs(1000) }))
		).rejects.toMatchObject(refusal);
		const { id } = await ada("catalog.create", newProduct());
		await expect(
			ada("catalog.update", { id, version: 1, publishAt: inMs(1000) })
		).rejects.toMatchObject(refusal);
	});
});

describe("making a product", () => {
	it("happens once for a key, however often and however fast it comes", async () => {
		const asked = { ...newProduct({ title: "Once only" }), idempotencyKey: newId() };
		const made = await Promise.all([1, 2, 3, 4].map(() => ada("catalog.create", asked)));
		expect(new Set(made.map(({ id }) => id)).size).toBe(1);
		expect(await ada("catalog.create", asked)).toMatchObject({ id: made[0]!.id, replayed: true });
		expect((await ada("catalog.mine", { q: "once only" })).total).toBe(1);
		await expect(ada("catalog.create", { ...asked, title: "Another" })).rejects.toMatchObject({
			type: "IDEMPOTENCY_KEY_REUSED"
		});
		// a key is its seller's own
		const bobs = await bob("catalog.create", {
			...newProduct(),
			idempotencyKey: asked.idempotencyKey
		});
		expect(bobs.id).not.toBe(made[0]!.id);
	});

	it("like another one gives a draft with SKUs of its own and nothing in stock", async () => {
		const like = await ada(
			"catalog.create",
			newProduct({
				title: "Shawl",
				tags: ["warm"],
				options: [{ name: "Size", values: ["S", "L"] }],
				variants: [
					{ options: { Size: "S" }, price: 100, compareAtPrice: 150, stock: 5 },
					{ options: { Size: "L" }, price: 200, stock: 6 }
				]
			})
		);
		const key = newId();
		const copy = await ada("catalog.duplicate", { id: like.id, idempotencyKey: key });
		expect(copy).toMatchObject({
			title: "Shawl (2)",
			status: "draft",
			tags: ["warm"],
			options: like.options,
			variants: [
				{ options: { Size: "S" }, price: 100, compareAtPrice: 150, stock: { available: 0 } },
				{ options: { Size: "L" }, price: 200, stock: { available: 0 } }
			]
		});
		expect(copy.slug).not.toBe(like.slug);
		for (const { sku } of copy.variants)
			expect(like.variants.map(variant => variant.sku)).not.toContain(sku);
		const again = await ada("catalog.duplicate", { id: like.id, idempotencyKey: key });
		expect(again).toMatchObject({ id: copy.id, replayed: true });
		await expect(bob("catalog.duplicate", { id: like.id })).rejects.toMatchObject({ code: 404 });
	});
});

describe("views", () => {
	const view = (name: string, query = "status=draft") => ({
		list: "products" as const,
		name,
		query,
		columns: ["status", "price"]
	});

	it("are kept for their seller alone, one of a name", async () => {
		const eve = someone();
		expect(await eve("catalog.views", {})).toEqual({ items: [] });
		const saved = await eve("catalog.saveView", view("Drafts"));
		const renewed = await eve("catalog.saveView", view("Drafts", "status=draft&sort=title"));
		expect(renewed.id).toBe(saved.id);
		expect(await eve("catalog.views", {})).toEqual({ items: [renewed] });
		expect(await bob("catalog.views", {})).toEqual({ items: [] });
		await expect(bob("catalog.removeView", { id: saved.id })).rejects.toMatchObject({ code: 404 });
		expect(await eve("catalog.removeView", { id: saved.id })).toBeNull();
		await expect(eve("catalog.removeView", { id: saved.id })).rejects.toMatchObject({ code: 404 });
		expect(await eve("catalog.views", {})).toEqual({ items: [] });
	});

	it("are thirty at most, also when they come at once", async () => {
		const eve = someone();
		const results = await Promise.allSettled(
			Array.from({ length: 40 }, (_, n) => eve("catalog.saveView", view(`View ${n}`)))
		);
		const refused = results.filter(({ status }) => status === "rejected");
		expect(refused).toHaveLength(10);
		for (const one of refused)
			expect(one).toMatchObject({ reason: { type: "INVALID_STATE", code: 409 } });
		const { items } = await eve("catalog.views", {});
		expect(items).toHaveLength(30);
		// one that is there can still be changed
		const { id: _id, ...kept } = items[0]!;
		expect(await eve("catalog.saveView", { ...kept, query: "" })).toMatchObject({ query: "" });
	});
});

it("shows a seller's SKUs with their stock, by title or by a number", async () => {
	const eve = someone();
	const make = (title: string, stocks: number[]) =>
		eve(
			"catalog.create",
			newProduct({
				title,
				options: [{ name: "Size", values: stocks.map((_, n) => `S${n}`) }],
				variants: stocks.map((stock, n) => ({ options: { Size: `S${n}` }, price: 100, stock }))
			})
		);
	const pear = await make("Pear", [40, 0]);
	await make("Apple", [3, 30]);
	const shelf = (asked: object) => eve("catalog.shelf", asked);
	const numbers = async (asked: object) =>
		(await shelf(asked)).items.map(({ available }) => available);
	const { items, total } = await shelf({});
	expect(total).toBe(4);
	expect(items.map(({ title, options }) => `${title} ${options.Size}`)).toEqual([
		"Apple S0",
		"Apple S1",
		"Pear S0",
		"Pear S1"
	]);
	expect(items[0]).toMatchObject({ available: 3, held: 0, sold: 0, threshold: 5 });
	expect(await numbers({ sort: "available" })).toEqual([0, 3, 30, 40]);
	expect(await numbers({ sort: "-available", pageSize: 2, page: 2 })).toEqual([3, 0]);
	expect(await numbers({ state: "out" })).toEqual([0]);
	expect(await numbers({ state: "low" })).toEqual([3]);
	expect(await numbers({ q: "pear" })).toEqual([40, 0]);
	expect(await numbers({ state: "held" })).toEqual([]);
	await eve("catalog.archive", { id: pear.id });
	expect(await numbers({})).toEqual([3, 30]);
});

it("gives an uploaded picture to whoever has it not, and nothing else", async () => {
	const pictures = catalog().pictures;
	const name = `${"0f".repeat(16)}.webp`;
	await pictures.put(name, Buffer.from("picture"));
	const ask = (asked: string) => broker.call("catalog.picture", { name: asked });
	expect(await ask(name)).toEqual({ data: Buffer.from("picture").toString("base64") });
	expect(await ask(`${"1".repeat(32)}.webp`)).toBeNull();
	await expect(ask("../secret.key")).rejects.toMatchObject({ code: 422 });
});
