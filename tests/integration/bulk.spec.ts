import { newId } from "../../services/id";
import AuthService from "../../services/auth/auth.service";
import BulkService from "../../services/bulk/bulk.service";
import CatalogService from "../../services/catalog/catalog.service";
import InventoryService from "../../services/inventory/inventory.service";
import type { Payload, Result, Sent } from "../../services/shared/contract";
import { caller, newProduct } from "../helpers/callers";
import { cluster } from "../helpers/cluster";
import { identity, until } from "../helpers/shop";

const told: Payload<"bulk.progressed">[] = [];
const changes: Payload<"products.changed">[] = [];
const ear = {
	name: "ear",
	events: {
		"bulk.progressed": (ctx: { params: Payload<"bulk.progressed"> }) => void told.push(ctx.params),
		"products.changed": (ctx: { params: Payload<"products.changed"> }) =>
			void changes.push(ctx.params)
	}
};
const { broker } = cluster([AuthService, CatalogService, InventoryService, ear], [BulkService]);

/** A seller of their own for each test, with so many products. */
async function shopOf(count: number, changed: Partial<Sent<"catalog.create">> = {}) {
	const call = caller(broker, identity("seller"));
	const products: Result<"catalog.create">[] = [];
	for (let i = 0; i < count; i++)
		products.push(await call("catalog.create", newProduct({ title: `Mug ${i}`, ...changed })));
	return {
		call,
		products,
		ids: products.map(({ id }) => id),
		now: (id: string) => call("catalog.mineOne", { id }),
		bulk: (params: Omit<Sent<"bulk.change">, "ids" | "filter"> & Partial<Sent<"bulk.change">>) =>
			call("bulk.change", { ids: products.map(({ id }) => id), ...params })
	};
}
const price = async (shop: Awaited<ReturnType<typeof shopOf>>, id: string) =>
	(await shop.now(id)).variants[0]!.price;
const stock = async (shop: Awaited<ReturnType<typeof shopOf>>, id: string) =>
	(await shop.now(id)).variants[0]!.stock.available;

describe("a change of many", () => {
	it("changes each, says how many, and tells of its progress", async () => {
		const shop = await shopOf(60);
		const { bulkId, ...answer } = await shop.bulk({ change: { price: { percent: 10 } } });
		expect(answer).toEqual({
			status: "done",
			dryRun: false,
			matched: 60,
			done: 60,
			changed: 60,
			failed: 0,
			errors: [],
			undoId: bulkId
		});
		for (const id of shop.ids) expect(await price(shop, id)).toBe(2090);
		const steps = await until(
			() => told.filter(step => step.bulkId === bulkId),
			found => found.at(-1)?.status === "done"
		);
		expect(steps.map(({ done }) => done)).toEqual([50, 60, 60]);
		const seen = changes.flatMap(({ items }) => items).filter(({ id }) => shop.ids.includes(id));
		expect(seen.map(({ version }) => version)).toEqual(shop.ids.map(() => 2));
	});

	it("finds what a filter finds, drafts and what came after the page that was looked at", async () => {
		const shop = await shopOf(3);
		const variants = [{ sku: `pot-${newId()}`, price: 4900, stock: 1 }];
		await shop.call("catalog.create", { title: "Teapot", category: "kitchen/pots", variants });
		const change = { status: "draft" as const };
		const { matched, changed } = await shop.call("bulk.change", { filter: { q: "mug" }, change });
		expect([matched, changed]).toEqual([3, 3]);
		const { items } = await shop.call("catalog.mine", { status: "published" });
		expect(items.map(({ title }) => title)).toEqual(["Teapot"]);
	});

	it("changes category and tags, and leaves alone what is so already", async () => {
		const shop = await shopOf(2, { tags: ["old", "kept"] });
		const [first, second] = shop.ids;
		await shop.call("bulk.change", { ids: [first!], change: { category: "sale" } });
		const change = { category: "sale", tags: { add: ["new", "kept"], remove: ["old"] } };
		await shop.bulk({ change });
		expect(await shop.now(first!)).toMatchObject({ category: "sale", tags: ["kept", "new"] });
		const again = await shop.bulk({ change });
		expect([again.changed, again.failed, again.undoId]).toEqual([0, 0, undefined]);
		expect((await shop.now(second!)).version).toBe(2);
	});

	it("reports what isn't the seller's, and changes nothing of it", async () => {
		const ada = await shopOf(1);
		const bob = await shopOf(1);
		const ids = [...ada.ids, ...bob.ids, newId()];
		const answer = await ada.call("bulk.change", { ids, change: { price: { set: 1 } } });
		expect(answer).toMatchObject({ matched: 3, changed: 1, failed: 2 });
		expect(answer.errors).toEqual(ids.slice(1).map(id => ({ id, code: "NOT_FOUND" })));
		expect(await price(bob, bob.ids[0]!)).toBe(1900);
		const others = caller(broker, identity("seller"));
		for (const action of ["bulk.get", "bulk.undo"] as const) {
			const params = { id: answer.bulkId!, undoId: answer.undoId!, wait: 1 };
			const own = action === "bulk.get" ? { id: params.id } : { undoId: params.undoId };
			await expect(others(action, own as never)).rejects.toMatchObject({ type: "NOT_FOUND" });
		}
		expect((await others("bulk.list", {})).items).toEqual([]);
	});

	it("shows before it does, and keeps nothing of that", async () => {
		const shop = await shopOf(25);
		const change = { price: { percent: -50, rounding: "cent99" as const }, stock: { set: 4 } };
		const answer = await shop.bulk({ change, dryRun: true });
		expect(answer).toMatchObject({ dryRun: true, matched: 25, done: 25, changed: 25, failed: 0 });
		expect(answer.preview).toHaveLength(20);
		const { sku } = shop.products[0]!.variants[0]!;
		expect(answer.preview![0]).toEqual({
			id: shop.ids[0],
			title: "Mug 0",
			before: { prices: [{ sku, price: 1900 }], stock: [{ sku, available: 10 }] },
			after: { prices: [{ sku, price: 999 }], stock: [{ sku, available: 4 }] }
		});
		expect(answer.undoId).toBeUndefined();
		expect((await shop.now(shop.ids[0]!)).version).toBe(1);
		expect((await shop.call("bulk.list", {})).total).toBe(0);
	});

	it("takes a former price off when the price has come up to it, and undo puts it back", async () => {
		const shop = await shopOf(1, {
			variants: [{ sku: `was-${newId()}`, price: 1000, compareAtPrice: 1100, stock: 1 }]
		});
		const { undoId } = await shop.bulk({ change: { price: { percent: 10 } } });
		expect((await shop.now(shop.ids[0]!)).variants[0]).not.toHaveProperty("compareAtPrice");
		await shop.call("bulk.undo", { undoId: undoId! });
		const [variant] = (await shop.now(shop.ids[0]!)).variants;
		expect(variant).toMatchObject({ price: 1000, compareAtPrice: 1100 });
	});
});

it("puts a draft back with the moment at which it publishes itself", async () => {
	const publishAt = "2090-01-01T00:00:00.000Z";
	const shop = await shopOf(1, { status: "draft", publishAt });
	const { undoId } = await shop.bulk({ change: { status: "published" } });
	expect(await shop.now(shop.ids[0]!)).not.toHaveProperty("publishAt");
	await shop.call("bulk.undo", { undoId: undoId! });
	expect(await shop.now(shop.ids[0]!)).toMatchObject({ status: "draft", publishAt });
});

describe("stock", () => {
	it("moves by a difference or to a number, with the ledger saying why", async () => {
		const shop = await shopOf(2);
		const { bulkId } = await shop.bulk({ change: { stock: { delta: 5 } } });
		expect(await stock(shop, shop.ids[0]!)).toBe(15);
		await shop.bulk({ change: { stock: { set: 3 } } });
		expect(await stock(shop, shop.ids[1]!)).toBe(3);
		const { sku } = shop.products[0]!.variants[0]!;
		const { items } = await shop.call("inventory.movements", { sku });
		expect(items.map(({ kind, quantity }) => [kind, quantity])).toEqual([
			["remove", 12],
			["restock", 5],
			["initial", 10]
		]);
		expect(items[1]).toMatchObject({ ref: bulkId, reason: "correction: bulk" });
	});

	it("never goes below zero: that product is reported, and left alone as a whole", async () => {
		const shop = await shopOf(2);
		const [short, full] = shop.ids;
		const { sku } = shop.products[0]!.variants[0]!;
		await shop.call("inventory.adjust", { sku, delta: -8, reason: "lost" });
		const change = { stock: { delta: -5 }, category: "sale" };
		const answer = await shop.bulk({ change });
		expect(answer.errors).toEqual([{ id: short, code: "OUT_OF_STOCK", sku }]);
		expect(await shop.now(short!)).toMatchObject({ category: "kitchen/mugs", version: 1 });
		expect(await stock(shop, full!)).toBe(5);
	});

	it("is applied once, however often it is asked for", async () => {
		const shop = await shopOf(1);
		const { sku } = shop.products[0]!.variants[0]!;
		const sellerId = shop.products[0]!.seller.id;
		const twice = { sellerId, operationId: newId(), reason: "test", items: [{ sku, delta: 5 }] };
		const results = await Promise.all(
			[1, 2, 3].map(() => broker.call("inventory.adjustMany", twice))
		);
		expect(results).toEqual([1, 2, 3].map(() => [{ delta: 5 }]));
		expect(await stock(shop, shop.ids[0]!)).toBe(15);
	});
});

describe("undo", () => {
	it("restores exactly what was changed, once", async () => {
		const shop = await shopOf(60, { tags: ["a"] });
		const change = {
			price: { percent: 33.33 },
			stock: { delta: 2 },
			status: "draft" as const,
			tags: { add: ["b"] }
		};
		const { undoId } = await shop.bulk({ change });
		const answer = await shop.call("bulk.undo", { undoId: undoId! });
		expect(answer).toMatchObject({ status: "done", matched: 60, changed: 60, errors: [] });
		expect(answer.undoId).toBeUndefined();
		for (const id of shop.ids) {
			const { status, tags, variants, version } = await shop.now(id);
			expect({ status, tags, version }).toEqual({ status: "published", tags: ["a"], version: 3 });
			expect([variants[0]!.price, variants[0]!.stock.available]).toEqual([1900, 10]);
		}
		const again = await shop.call("bulk.undo", { undoId: undoId! });
		expect(again).toEqual(answer);
		expect((await shop.now(shop.ids[0]!)).version).toBe(3);
		const { items } = await shop.call("bulk.list", {});
		expect(items.map(({ undoes, undoId }) => [undoes, undoId])).toEqual([
			[undoId, undefined],
			[undefined, undefined]
		]);
	});

	it("reports what was changed since, and leaves that alone", async () => {
		const shop = await shopOf(3);
		const [mine, , shut] = shop.ids;
		const { undoId } = await shop.bulk({ change: { price: { set: 500 }, stock: { delta: 1 } } });
		const { variants } = await shop.now(mine!);
		const { sku } = variants[0]!;
		await shop.call("catalog.update", { id: mine!, version: 2, variants: [{ sku, price: 700 }] });
		await shop.call("catalog.archive", { id: shut! });
		const answer = await shop.call("bulk.undo", { undoId: undoId! });
		expect(answer.errors).toEqual([{ id: mine, code: "VERSION_CONFLICT" }]);
		expect(await Promise.all(shop.ids.map(id => price(shop, id)))).toEqual([700, 1900, 1900]);
		expect((await shop.now(shut!)).status).toBe("archived");
		// stock has a history of its own: what was added is taken off, whatever was sold meanwhile
		expect(await stock(shop, mine!)).toBe(10);
	});

	it("takes back what is still so, whatever else of a product was changed since", async () => {
		const skus = [1, 2, 3].map(() => `cup-${newId()}`);
		const variants = skus.map((sku, i) => ({
			sku,
			price: 1000,
			compareAtPrice: 1500,
			stock: 1,
			options: { size: `${i}` }
		}));
		const shop = await shopOf(1, { tags: ["a"], variants });
		const change = { price: { set: 999 }, category: "sale", tags: { add: ["b"] } };
		const { undoId } = await shop.bulk({ change });
		const [id] = shop.ids;
		const description = "Written since.";
		await shop.call("catalog.update", { id: id!, version: 2, description });
		const later = await shop.bulk({ change: { status: "draft" } });
		const answer = await shop.call("bulk.undo", { undoId: undoId! });
		expect(answer).toMatchObject({ status: "done", changed: 1, failed: 0, errors: [] });
		await shop.call("bulk.undo", { undoId: later.undoId! });
		const now = await shop.now(id!);
		expect(now).toMatchObject({ description, category: "kitchen/mugs", tags: ["a"] });
		expect(now).toMatchObject({ status: "published", version: 6 });
		for (const variant of now.variants)
			expect(variant).toMatchObject({ price: 1000, compareAtPrice: 1500 });
	});

	it("leaves a product alone of which one thing that the bulk changed is different now", async () => {
		const shop = await shopOf(1, { tags: ["a"] });
		const [id] = shop.ids;
		const change = { price: { set: 999 }, tags: { add: ["b"] }, stock: { delta: 1 } };
		const { undoId } = await shop.bulk({ change });
		await shop.call("catalog.update", { id: id!, version: 2, tags: ["c"] });
		const answer = await shop.call("bulk.undo", { undoId: undoId! });
		expect(answer.errors).toEqual([{ id, code: "VERSION_CONFLICT" }]);
		expect(await shop.now(id!)).toMatchObject({ tags: ["c"], version: 3 });
		expect([await price(shop, id!), await stock(shop, id!)]).toEqual([999, 10]);
	});

	it("is for finished bulks only, and not for an undo", async () => {
		const shop = await shopOf(1);
		const { undoId } = await shop.bulk({ change: { price: { set: 500 } } });
		const { bulkId } = await shop.call("bulk.undo", { undoId: undoId! });
		await expect(shop.call("bulk.undo", { undoId: bulkId! })).rejects.toMatchObject({
			type: "INVALID_STATE"
		});
		await expect(shop.call("bulk.undo", { undoId: newId() })).rejects.toMatchObject({
			type: "NOT_FOUND"
		});
	});
});

describe("at the same time", () => {
	it("goes on without its request, one bulk of a seller at a time", async () => {
		const shop = await shopOf(120);
		const change = { price: { percent: 1 } };
		const started = await shop.bulk({ change, wait: 0 });
		expect(started).toMatchObject({ status: "running", matched: 120 });
		expect(started.undoId).toBeUndefined();
		await expect(shop.bulk({ change })).rejects.toMatchObject({ type: "INVALID_STATE" });
		const id = started.bulkId!;
		await until(
			() => shop.call("bulk.get", { id }),
			({ status }) => status === "done"
		);
		expect((await shop.bulk({ change })).changed).toBe(120);
	});

	it("takes the same operation once, and another one by its name not at all", async () => {
		const shop = await shopOf(5);
		const operationId = newId();
		const once = { change: { price: { percent: 10 } }, operationId };
		const [one, two] = await Promise.all([
			shop.bulk(once),
			until(
				() => shop.call("bulk.list", {}),
				({ total }) => total > 0
			).then(() => shop.bulk(once))
		]);
		expect(two).toEqual(one);
		for (const id of shop.ids) expect(await price(shop, id)).toBe(2090);
		await expect(shop.bulk({ ...once, change: { stock: { set: 1 } } })).rejects.toMatchObject({
			type: "IDEMPOTENCY_KEY_REUSED"
		});
	});

	it("loses no edit that its seller makes meanwhile", async () => {
		const shop = await shopOf(100);
		const running = shop.bulk({ change: { price: { percent: 100 } } });
		const edited = await Promise.all(
			shop.ids.map(async id => {
				for (;;) {
					const { version } = await shop.now(id);
					try {
						return await shop.call("catalog.update", { id, version, title: `Edited ${id}` });
					} catch (err) {
						if ((err as { type?: string }).type !== "VERSION_CONFLICT") throw err;
					}
				}
			})
		);
		const answer = await running;
		const refused = new Set(answer.errors.map(({ id }) => id));
		expect(answer.errors.every(({ code }) => code === "VERSION_CONFLICT")).toBe(true);
		expect(answer.changed + refused.size).toBe(100);
		for (const { id } of edited) {
			const { title, variants } = await shop.now(id);
			expect([title, variants[0]!.price]).toEqual([`Edited ${id}`, refused.has(id) ? 1900 : 3800]);
		}
	});
});
