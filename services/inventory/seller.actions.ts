import { fail } from "../errors";
import type { Part } from "./inventory.methods";
import { viewOf } from "./stock-update";

/** Holds of a SKU that are told at once. */
const MOST_HOLDS = 100;

/** What a seller sees and sets of their stock. */
export const sellerActions: Part<
	"mine" | "setThreshold" | "threshold" | "setDefaultThreshold" | "sellerHolds"
> = {
	async mine(ctx) {
		const { id: sellerId } = ctx.meta.user;
		const skus = [...new Set(ctx.params.skus.split(","))];
		const found = await Promise.all(skus.map(sku => this.stock.get(sku)));
		const own = found.flatMap(stock => (stock?.sellerId === sellerId ? [stock] : []));
		return { items: own.map(viewOf) };
	},

	async setThreshold(ctx) {
		const { sku, threshold } = ctx.params;
		const { id: sellerId } = ctx.meta.user;
		const changed = await this.stock.change(
			{ id: sku, sellerId },
			{ $set: { threshold }, $unset: { follows: true } }
		);
		if (!changed) return fail("NOT_FOUND");
		await this.alerts.raise(changed);
		this.announce(changed);
		return viewOf(changed);
	},

	async threshold(ctx) {
		const { threshold } = await this.thresholds.of(ctx.meta.user.id);
		return { threshold };
	},
	async setDefaultThreshold(ctx) {
		const { threshold } = ctx.params;
		const set = await this.thresholds.set(ctx.meta.user.id, threshold);
		this.inBackground(this.thresholds.spread(set), "thresholds");
		return { threshold };
	},

	/** Orders know until when; while they are away the holds are told without. */
	async sellerHolds(ctx) {
		const { held } = await this.owned(ctx.params.sku, ctx.meta.user.id);
		const holds = Object.entries(held);
		const orderIds = holds.slice(0, MOST_HOLDS).map(([orderId]) => orderId);
		const known = orderIds.length
			? await ctx.call("order.holders", { orderIds }).catch((err: Error) => {
					this.logger.warn(`Holds are told without their orders: ${err.message}`);
					return [];
				})
			: [];
		const byId = new Map(known.map(({ id, ...order }) => [id, order]));
		const items = orderIds.map(orderId => ({
			orderId,
			quantity: held[orderId]!,
			...byId.get(orderId)
		}));
		items.sort((a, b) => ((a.expiresAt ?? "~") < (b.expiresAt ?? "~") ? -1 : 1));
		return { items, total: holds.length };
	}
};
