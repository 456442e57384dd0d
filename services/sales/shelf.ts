import type { Insights } from "../shared/sales.contract";
import type { Broker } from "../typed";
import type { Line } from "./entries";

const MOST = 10;
const AT_ONCE = 2000;
/** Products whose category is asked for; the takings of the others are nobody's. */
const MOST_FILED = 20_000;
const PATIENCE = { timeout: 2000 };
type Wire = Pick<Broker, "call">;

/** What was sold of each product, by the categories that they are in now. */
export async function categoriesOf(
	wire: Wire,
	products: readonly Line[]
): Promise<NonNullable<Insights["categories"]>> {
	const asked = products
		.toSorted((a, b) => b.revenue - a.revenue)
		.slice(0, MOST_FILED)
		.map(({ productId }) => productId);
	const parts = Array.from({ length: Math.ceil(asked.length / AT_ONCE) }, (_, i) =>
		asked.slice(i * AT_ONCE, (i + 1) * AT_ONCE)
	);
	const filed = await Promise.all(
		parts.map(ids => wire.call("catalog.filed", { ids }, { ...PATIENCE }))
	);
	const categories = filed.flat();
	const ofProduct = new Map(asked.map((id, i) => [id, categories[i]]));
	const sums = new Map<string, { units: number; revenue: number }>();
	for (const { productId, units, revenue } of products) {
		const category = ofProduct.get(productId) ?? "";
		const sum = sums.get(category) ?? { units: 0, revenue: 0 };
		sums.set(category, { units: sum.units + units, revenue: sum.revenue + revenue });
	}
	return [...sums]
		.map(([category, sum]) => ({ category, ...sum }))
		.sort((a, b) => b.revenue - a.revenue);
}

/** Of what lies in stock, the things that sold least since; among equals those in which most money lies. */
export async function slowMovers(
	wire: Wire,
	sellerId: string,
	sold: ReadonlyMap<string, Line>,
	since: number
): Promise<NonNullable<Insights["slowMovers"]>> {
	const before = new Date(since).toISOString();
	const resting = await wire.call("catalog.resting", { sellerId, before }, { ...PATIENCE });
	const items = resting
		.map(thing => ({ ...thing, units: sold.get(thing.productId)?.units ?? 0 }))
		.sort((a, b) => a.units - b.units || b.worth - a.worth)
		.slice(0, MOST);
	return { since: before, items };
}

/** Which of these are for sale. */
export async function offeredOf(wire: Wire, items: { sku: string }[]): Promise<Set<string>> {
	if (!items.length) return new Set();
	const { skus } = await wire.call(
		"catalog.offered",
		{ skus: items.map(({ sku }) => sku) },
		{ ...PATIENCE }
	);
	return new Set(skus);
}
