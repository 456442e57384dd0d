import { toExported } from "./exported";
import type { Part } from "./catalog.methods";
import { importRows } from "./import-rows";

/** What the import service asks of the catalogue. */
export const importActions: Part<"importRows" | "exportPage"> = {
	async importRows(ctx) {
		const { sellerId, rows, ...job } = ctx.params;
		const [shop] = await ctx.call("auth.shops", { ids: [sellerId] });
		const { products, live } = this;
		return importRows(
			{ wire: ctx, products, live },
			{ ...job, sellerId, shopName: shop?.shopName ?? "Our own" },
			rows
		);
	},

	async exportPage(ctx) {
		const { sellerId, after, limit } = ctx.params;
		// as a range, so that NeDB walks the ids instead of sorting all that the seller has
		const owner = { $gte: sellerId, $lte: sellerId };
		const found = await this.products.find(
			{ sellerId: owner, id: { $gt: after } },
			{ sort: ["id"], limit }
		);
		const next = found.length === limit ? found.at(-1)!.id : null;
		if (!found.length) return { items: [], next };
		const productIds = found.map(({ id }) => id);
		const stocks = await ctx.call("inventory.stock", { productIds });
		const seen = found.filter(({ unlisted }) => !unlisted);
		return { items: seen.map(product => toExported(product, stocks)), next };
	}
};
