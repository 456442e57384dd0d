import AuthService from "../../services/auth/auth.service";
import CatalogService from "../../services/catalog/catalog.service";
import InventoryService from "../../services/inventory/inventory.service";
import type { Methods } from "../../services/catalog/catalog.methods";
import type { Payload } from "../../services/shared/contract";
import { cluster } from "../helpers/cluster";
import { caller, newProduct } from "../helpers/callers";
import { identity } from "../helpers/shop";

const told: { name: string; payload: Payload<"product.updated"> }[] = [];
const note = (ctx: { eventName: string | null; params: Payload<"product.updated"> }) => {
	told.push({ name: ctx.eventName!, payload: ctx.params });
};
const Listener = {
	name: "listener",
	events: { "product.created": note, "product.updated": note, "product.archived": note }
};
const { broker } = cluster([AuthService, InventoryService, CatalogService, Listener]);
const ada = caller(broker, identity("seller"));
const bob = caller(broker, identity("seller"));
const guest = caller(broker, null);
const toldOf = (id: string) =>
	told.filter(({ payload }) => payload.id === id).map(({ name }) => name);
const refusal = (errors: object[]) => ({ type: "VALIDATION_FAILED", data: { errors } });
const service = () => broker.getLocalService("catalog") as unknown as Methods;

describe("a new product", () => {
	it("is there for everybody in the very next answer, with its stock", async () => {
		const product = await ada(
			"catalog.create",
			newProduct({ title: "Crème brûlée dish", tags: ["oven", "oven"], description: "Holds two." })
		);
		expect(product).toMatchObject({
			slug: "creme-brulee-dish",
			status: "published",
			tags: ["oven"],
			variants: [{ price: 1900, options: {}, stock: { available: 10, held: 0, low: false } }],
			rating: { average: 0, count: 0 },
			version: 1
		});
		const found = await guest("catalog.search", { q: "creme brulee" });
		expect(found.items).toMatchObject([{ id: product.id, priceFrom: 1900, available: 10 }]);
		expect(await guest("catalog.product", { idOrSlug: product.slug })).toEqual(product);
		expect(await guest("catalog.product", { idOrSlug: product.id })).toEqual(product);
		expect(toldOf(product.id)).toEqual(["product.created"]);
	});

	it("gets a slug and SKUs of its own when the seller names none", async () => {
		const twice = { title: "Linen apron", variants: [{ price: 3900, stock: 1 }] };
		const first = await ada("catalog.create", newProduct(twice));
		const second = await bob("catalog.create", newProduct(twice));
		expect(first).toMatchObject({ slug: "linen-apron", variants: [{ sku: "linen-apron" }] });
		expect(second.slug).toMatch(/^linen-apron-[a-z0-9]{6}$/);
		expect(second.variants[0]!.sku).toMatch(/^linen-apron-[a-z0-9]{6}$/);
	});

	it("takes a SKU once, also when ten ask for it at once", async () => {
		const wanted = newProduct();
		const results = await Promise.allSettled(
			Array.from({ length: 10 }, (_, i) => (i % 2 ? ada : bob)("catalog.create", wanted))
		);
		const refused = results.filter(result => result.status === "rejected");
		expect(refused).toHaveLength(9);
		for (const { reason } of refused)
			expect(reason).toMatchObject({
				type: "SKU_TAKEN",
				code: 409,
				data: { errors: [{ path: "variants.0.sku", code: "SKU_TAKEN" }] }
			});
	});

	const sizes = [{ name: "Size", values: ["S", "L"] }];
	const variant = (options: Record<string, string>, more = {}) => ({
		options,
		price: 100,
		stock: 1,
		...more
	});
	it.each([
		["two variants without options", { variants: [variant({}), variant({})] }, "variants.1"],
		[
			"a variant without its option",
			{ options: sizes, variants: [variant({})] },
			"variants.0.options.Size"
		],
		[
			"a value that isn't listed",
			{ options: sizes, variants: [variant({ Size: "M" })] },
			"variants.0.options.Size"
		],
		[
			"an option that isn't listed",
			{ options: sizes, variants: [variant({ Size: "S", Hue: "red" })] },
			"variants.0.options.Hue"
		],
		[
			"the same options twice",
			{ options: sizes, variants: [variant({ Size: "S" }), variant({ Size: "S" })] },
			"variants.1.options"
		],
		[
			"the same SKU twice",
			{
				options: sizes,
				variants: [
					variant({ Size: "S" }, { sku: "same-1" }),
					variant({ Size: "L" }, { sku: "same-1" })
				]
			},
			"variants.1.sku"
		],
		["an option twice", { options: [...sizes, { name: "size", values: ["1"] }] }, "options.1.name"],
		[
			"an option named __proto__",
			{ options: [{ name: "__proto__", values: ["1"] }] },
			"options.0.name"
		],
		[
			"a comparison below the price",
			{ variants: [variant({}, { compareAtPrice: 100 })] },
			"variants.0.compareAtPrice"
		],
		[
			"a picture outside of the media folder",
			{ images: [{ url: "/media/../secret.key" }] },
			"images.0.url"
		]
	])("refuses %s, naming the field", async (_what, changes, path) => {
		await expect(ada("catalog.create", newProduct(changes))).rejects.toMatchObject(
			refusal([{ path }])
		);
	});

	it("stays out of sight as a draft, but for its seller", async () => {
		const { id } = await ada(
			"catalog.create",
			newProduct({ title: "Secret teapot", status: "draft" })
		);
		await expect(guest("catalog.product", { idOrSlug: id })).rejects.toMatchObject({
			type: "NOT_FOUND"
		});
		expect((await guest("catalog.search", { q: "secret teapot" })).total).toBe(0);
		await expect(bob("catalog.mineOne", { id })).rejects.toMatchObject({ type: "NOT_FOUND" });
		expect(await ada("catalog.mineOne", { id })).toMatchObject({ status: "draft" });
		expect((await ada("catalog.mine", { q: "teap" })).items).toMatchObject([{ id }]);
	});

	it("is finished by the worker when the node died before its stock was made", async () => {
		const { products, live } = service();
		const id = "halfway00product";
		const made = (await products.get((await ada("catalog.create", newProduct())).id))!;
		const left = {
			...made,
			id,
			slug: "halfway",
			title: "Halfway house",
			skus: ["halfway-1"],
			variants: [{ sku: "halfway-1", options: {}, price: 500 }],
			unlisted: true,
			openingAt: Date.now() - 20_000,
			unopened: [{ sku: "halfway-1", stock: 7, threshold: 9 }]
		};
		await products.create(left);
		expect((await guest("catalog.search", { q: "halfway" })).total).toBe(0);
		await Promise.all([service().heal(), service().heal()]);
		expect((await guest("catalog.search", { q: "halfway" })).items).toMatchObject([
			{ available: 7 }
		]);
		expect(await products.get(id)).not.toHaveProperty("openingAt");
		expect(toldOf(id)).toEqual(["product.created"]);
		expect(live.index.stockOf("halfway-1")).toMatchObject({ threshold: 9 });
	});
});

describe("a changed product", () => {
	it("shows its new title and price in the very next answer", async () => {
		const { id, version, variants } = await ada(
			"catalog.create",
			newProduct({ title: "Old kettle" })
		);
		const { sku } = variants[0]!;
		const changed = await ada("catalog.update", {
			id,
			version,
			title: "New samovar",
			variants: [{ sku, price: 2500, compareAtPrice: 2900 }]
		});
		expect(changed).toMatchObject({
			version: 2,
			variants: [{ sku, price: 2500, stock: { available: 10 } }]
		});
		expect((await guest("catalog.search", { q: "kettle", seller: changed.seller.id })).total).toBe(
			0
		);
		expect((await guest("catalog.search", { q: "samovar" })).items).toMatchObject([
			{ id, priceFrom: 2500, compareAtPrice: 2900 }
		]);
		expect(await broker.call("catalog.sellables", { skus: [sku, "no-such"] })).toMatchObject([
			{ sku, unitPrice: 2500, title: "New samovar", status: "published" }
		]);
		const dearer = await ada("catalog.update", {
			id,
			version: 2,
			variants: [{ sku, price: 3000 }]
		});
		expect(dearer.variants[0]).not.toHaveProperty("compareAtPrice");
	});

	it("refuses the second of two changes of one version, and shows the first", async () => {
		const { id, version } = await ada("catalog.create", newProduct());
		const results = await Promise.allSettled(
			["One", "Two"].map(title => ada("catalog.update", { id, version, title }))
		);
		const [won] = results.filter(result => result.status === "fulfilled");
		const [lost] = results.filter(result => result.status === "rejected");
		expect(lost!.reason).toMatchObject({
			type: "VERSION_CONFLICT",
			code: 409,
			data: { current: { id, version: 2, title: won!.value.title } }
		});
	});

	it("is nobody else's to change", async () => {
		const { id, version } = await ada("catalog.create", newProduct());
		for (const change of [
			() => bob("catalog.update", { id, version, title: "Mine" }),
			() => bob("catalog.archive", { id }),
			() => bob("catalog.removeImage", { id, imageId: "anything" })
		])
			await expect(change()).rejects.toMatchObject({ type: "NOT_FOUND" });
	});

	it("answers an empty change with what is there", async () => {
		const product = await ada("catalog.create", newProduct());
		expect(await ada("catalog.update", { id: product.id, version: 1 })).toEqual(product);
	});

	it("adds, keeps and drops variants; a dropped SKU comes back with its stock", async () => {
		const options = [{ name: "Size", values: ["S", "L"] }];
		const { id, variants } = await ada(
			"catalog.create",
			newProduct({
				title: "Tray",
				options,
				variants: [
					{ options: { Size: "S" }, price: 100, stock: 5 },
					{ options: { Size: "L" }, price: 200, stock: 6 }
				]
			})
		);
		const [small, large] = variants.map(({ sku }) => sku);
		const wide = { name: "Size", values: ["S", "L", "XL"] };
		const next = await ada("catalog.update", {
			id,
			version: 1,
			options: [wide],
			variants: [
				{ sku: small!, lowStockThreshold: 5 },
				{ options: { Size: "XL" }, price: 300, stock: 2 }
			]
		});
		expect(next.variants).toMatchObject([
			{ sku: small, price: 100, stock: { available: 5, low: true } },
			{ options: { Size: "XL" }, stock: { available: 2 } }
		]);
		expect(await broker.call("catalog.sellables", { skus: [large!] })).toEqual([]);
		await expect(
			bob("catalog.create", newProduct({ variants: [{ sku: large!, price: 1, stock: 1 }] }))
		).rejects.toMatchObject({ type: "SKU_TAKEN" });
		const back = [
			...next.variants.map(({ sku }) => ({ sku })),
			{ sku: large!, options: { Size: "L" }, price: 250 }
		];
		const again = await ada("catalog.update", { id, version: 2, variants: back });
		expect(again.variants[2]).toMatchObject({ sku: large, price: 250, stock: { available: 6 } });
		await expect(
			ada("catalog.update", { id, version: 3, variants: [{ sku: small!, stock: 9 }] })
		).rejects.toMatchObject(refusal([{ path: "variants.0.stock" }]));
		await expect(
			ada("catalog.update", { id, version: 3, options: [{ name: "Size", values: ["S"] }] })
		).rejects.toMatchObject({ type: "VALIDATION_FAILED" });
	});

	it("refuses another product's SKU", async () => {
		const other = await bob("catalog.create", newProduct());
		const { id } = await ada("catalog.create", newProduct());
		const { sku } = other.variants[0]!;
		await expect(
			ada("catalog.update", { id, version: 1, variants: [{ sku, price: 1, stock: 1 }] })
		).rejects.toMatchObject({ type: "SKU_TAKEN", data: { errors: [{ path: "variants.0.sku" }] } });
	});

	it("gives a new SKU to one of two products that ask for it at once", async () => {
		const products = await Promise.all(
			[ada, bob].map(seller => seller("catalog.create", newProduct()))
		);
		const sku = `wanted-${products[0]!.id}`.slice(0, 40);
		const results = await Promise.allSettled(
			[ada, bob].map((seller, i) =>
				seller("catalog.update", {
					id: products[i]!.id,
					version: 1,
					variants: [{ sku, price: 1, stock: 1 }]
				})
			)
		);
		const refused = results.filter(result => result.status === "rejected");
		expect(refused).toHaveLength(1);
		expect(refused[0]!.reason).toMatchObject({ type: "SKU_TAKEN", code: 409 });
	});

	it("leaves the shop as a draft or archived, and comes back", async () => {
		const { id, slug } = await ada("catalog.create", newProduct({ title: "Comes and goes" }));
		const seen = async () => (await guest("catalog.search", { q: "comes and goes" })).total;
		await ada("catalog.update", { id, version: 1, status: "draft" });
		expect(await seen()).toBe(0);
		await ada("catalog.update", { id, version: 2, status: "published" });
		expect(await seen()).toBe(1);
		await expect(ada("catalog.archive", { id, version: 1 })).rejects.toMatchObject({
			type: "VERSION_CONFLICT"
		});
		expect(await ada("catalog.archive", { id })).toBeNull();
		expect(await ada("catalog.archive", { id })).toBeNull();
		expect(await seen()).toBe(0);
		await expect(guest("catalog.product", { idOrSlug: slug })).rejects.toMatchObject({
			type: "NOT_FOUND"
		});
		await ada("catalog.update", { id, version: 4, status: "published" });
		expect(await seen()).toBe(1);
		expect(toldOf(id)).toEqual([
			"product.created",
			"product.archived",
			"product.updated",
			"product.archived",
			"product.updated"
		]);
	});
});

describe("stock in the catalogue", () => {
	it("is that of now, in lists and details", async () => {
		const { id, variants } = await ada("catalog.create", newProduct({ title: "Counted cup" }));
		const { sku } = variants[0]!;
		await ada("inventory.adjust", { sku, delta: -7, reason: "damaged" });
		expect((await guest("catalog.search", { q: "counted cup" })).items).toMatchObject([
			{ available: 3 }
		]);
		expect(await guest("catalog.product", { idOrSlug: id })).toMatchObject({
			variants: [{ stock: { available: 3, low: true } }]
		});
		expect(await guest("catalog.stock", { skus: `${sku},no-such` })).toMatchObject({
			items: [{ sku, available: 3 }]
		});
		await ada("inventory.adjust", { sku, delta: -3, reason: "damaged" });
		expect((await guest("catalog.search", { q: "counted cup", inStock: true })).total).toBe(0);
		expect((await ada("catalog.mine", { lowStock: true, q: "counted" })).total).toBe(1);
	});

	it("changes the catalogue's version, told once until somebody asks again", async () => {
		const { variants } = await ada("catalog.create", newProduct());
		const { sku } = variants[0]!;
		const { version } = await broker.call("catalog.version");
		expect(await broker.call("catalog.version")).toMatchObject({ version });
		await ada("inventory.adjust", { sku, delta: 1, reason: "found" });
		expect(await broker.call("catalog.version")).not.toMatchObject({ version });
	});
});

it("counts its categories in a tree", async () => {
	await ada("catalog.create", newProduct({ category: "table-linen/napkins" }));
	await ada("catalog.create", newProduct({ category: "table-linen" }));
	const { items } = await guest("catalog.categories", {});
	expect(items.find(({ value }) => value === "table-linen")).toEqual({
		value: "table-linen",
		label: "Table Linen",
		count: 2,
		children: [{ value: "table-linen/napkins", label: "Napkins", count: 1, children: [] }]
	});
});

it("calls a shop by its new name", async () => {
	const { id, seller } = await ada("catalog.create", newProduct({ title: "Signed bowl" }));
	await broker.emit("shop.renamed", { id: seller.id, shopName: "Fernweh" });
	expect(await guest("catalog.product", { idOrSlug: id })).toMatchObject({
		seller: { shopName: "Fernweh" },
		version: 1
	});
	expect((await guest("catalog.search", { q: "fernweh signed" })).items).toMatchObject([{ id }]);
	expect((await guest("catalog.search", {})).facets.sellers).toContainEqual(
		expect.objectContaining({ value: seller.id, label: "Fernweh" })
	);
});
