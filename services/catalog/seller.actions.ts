import { DEFAULT_THRESHOLD } from "../shared/stock";
import type { Part } from "./catalog.methods";
import { countsOfOwn } from "./counts";
import { pageOfOwn } from "./seller-list";
import { pageOfShelf } from "./shelf";

/** A SKU whose stock document is still being made. */
const NONE = { available: 0, held: 0, sold: 0, threshold: DEFAULT_THRESHOLD, version: 0 };

/** A seller's own products, with their stock as inventory has it. */
export const sellerActions: Part<
	"mine" | "mineOne" | "counts" | "shelf" | "views" | "saveView" | "removeView"
> = {
	async mine(ctx) {
		const { page, pageSize } = ctx.params;
		const { ids, total } = pageOfOwn(this.live.index, ctx.meta.user.id, ctx.params);
		if (!ids.length) return { items: [], page, pageSize, total };
		const [found, stocks] = await Promise.all([
			this.products.find({ id: { $in: ids } }, { limit: ids.length }),
			ctx.call("inventory.stock", { productIds: ids })
		]);
		await this.live.putAll(stocks);
		const byId = new Map(found.map(product => [product.id, product]));
		const items = ids.flatMap(id => byId.get(id) ?? []).map(this.view);
		return { items, page, pageSize, total };
	},
	async mineOne(ctx) {
		const product = await this.own(ctx.params.id, ctx.meta.user.id);
		await this.live.putAll(await ctx.call("inventory.stock", { productIds: [product.id] }));
		return this.view(product);
	},
	counts(ctx) {
		return countsOfOwn(this.live.index, ctx.meta.user.id);
	},

	async shelf(ctx) {
		const { page, pageSize } = ctx.params;
		const { index } = this.live;
		const { skus, total } = pageOfShelf(index, ctx.meta.user.id, ctx.params);
		if (!skus.length) return { items: [], page, pageSize, total };
		const ids = [...new Set(skus.flatMap(sku => index.productOf(sku) ?? []))];
		const [found, stocks] = await Promise.all([
			this.products.find({ id: { $in: ids } }, { limit: ids.length }),
			ctx.call("inventory.stock", { skus })
		]);
		await this.live.putAll(stocks);
		const products = new Map(found.map(product => [product.id, product]));
		const stockOf = new Map(stocks.map(stock => [stock.sku, stock]));
		const items = skus.flatMap(sku => {
			const product = products.get(index.productOf(sku) ?? "");
			const variant = product?.variants.find(known => known.sku === sku);
			if (!product || !variant) return [];
			const stock = stockOf.get(sku) ?? { ...NONE, at: product.updatedAt };
			const { available, held, sold, threshold, version, at } = stock;
			const { id: productId, title, images, status } = product;
			const image = images[0]?.url ?? null;
			const { options } = variant;
			const numbers = { available, held, sold, threshold, version, at };
			return [{ sku, productId, title, options, image, status, ...numbers }];
		});
		return { items, page, pageSize, total };
	},

	async views(ctx) {
		return { items: await this.kept.of(ctx.meta.user.id) };
	},
	saveView(ctx) {
		return this.kept.save(ctx.meta.user.id, ctx.params);
	},
	async removeView(ctx) {
		await this.kept.remove(ctx.meta.user.id, ctx.params.id);
		return null;
	}
};
