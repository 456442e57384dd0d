import { Sku } from "../../services/shared/fields";
import { skuOf, slugOf } from "../../services/catalog/text";

it.each([
	["Stoneware mug, 0.3 l", "stoneware-mug-0-3-l"],
	["Crème Brûlée", "creme-brulee"],
	["Straße & Søn", "strasse-son"],
	["日本の湯呑み", "product"],
	["--", "product"],
	["a".repeat(160), "a".repeat(70)]
])("a slug for %s", (title, slug) => expect(slugOf(title)).toBe(slug));

it("makes SKUs that are allowed, readable and apart", () => {
	const taken = new Set<string>();
	const next = (slug: string, values: string[]) => {
		const sku = skuOf(slug, values, taken);
		expect(Sku.safeParse(sku).success).toBe(true);
		expect(taken.has(sku)).toBe(false);
		taken.add(sku);
		return sku;
	};
	expect(next("wool-rug", ["L", "Moss green"])).toBe("wool-rug-l-moss-green");
	expect(next("wool-rug", ["L", "Moss green"])).toBe("wool-rug-l-moss-green-2");
	expect(next("x", [])).toBe("sku-x");
	expect(next("a".repeat(70), ["XL"])).toBe(`${"a".repeat(37)}-xl`);
	for (let n = 0; n < 12; n++) next("b".repeat(70), ["値".repeat(60), "c".repeat(60)]);
});
