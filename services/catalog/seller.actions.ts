import type { Part } from "./catalog.methods";
import { pageOfOwn } from "./seller-list";

/** A seller's own products, with their stock as inventory has it. */
export const sellerActions: Part<"mine" | "mineOne"> = {
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
	}
};
