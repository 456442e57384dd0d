import { PRODUCTS, type SeedProduct } from "./store";

/** Words to the left and right of the first space: a line's name, and what it is. */
const NAMES = PRODUCTS.map(({ title }) => title.split(" ", 1)[0]!);
const things = PRODUCTS.map(product => ({
	product,
	what: product.title.slice(product.title.indexOf(" ") + 1)
}));
const STOCKS = [0, 2, 4, 7, 12, 18, 25, 40, 60, 90, 150, 400];

export type BulkProduct = Omit<SeedProduct, "key" | "seller" | "reviews">;

/** The SKUs of the nth product begin with it. */
export const bulkSku = (n: number) => `b${String(n).padStart(6, "0")}`;

/** The nth of any number of products for load: the demo store's things under each other's names, other prices and stock. */
export function bulkProduct(n: number): BulkProduct {
	const { product, what } = things[n % things.length]!;
	const round = Math.floor(n / things.length);
	const name = NAMES[(n + round) % NAMES.length]!;
	const edition = Math.floor(round / NAMES.length);
	const { description, category, tags, options, images, variants } = product;
	return {
		title: `${name} ${what}${edition ? ` No. ${edition + 1}` : ""}`,
		description,
		category,
		tags,
		options,
		images,
		variants: variants.map(({ options, price }, i) => ({
			sku: `${bulkSku(n)}-${i + 1}`,
			options,
			price: Math.max(1, Math.round((price * (70 + ((n * 37) % 61))) / 10_000)) * 100,
			stock: STOCKS[(n * 7 + i * 5) % STOCKS.length]!
		}))
	};
}
