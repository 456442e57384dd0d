import type { Part } from "./catalog.methods";

const MOST = 1000;

/** What the sales service wants to know of products: from the index, so that it costs nothing. */
export const salesActions: Part<"filed" | "resting"> = {
	filed(ctx) {
		return ctx.params.ids.map(id => this.live.index.known(id)?.category.split("/", 1)[0] ?? null);
	},
	resting(ctx) {
		const { sellerId, before } = ctx.params;
		return this.live.index
			.ownedBy(sellerId, "created")
			.parts.flat()
			.filter(
				({ published, available, card }) => published && available > 0 && card.createdAt < before
			)
			.map(({ id, available, price, card: { title } }) => ({
				productId: id,
				title,
				available,
				worth: available * price
			}))
			.sort((a, b) => b.worth - a.worth || (a.productId < b.productId ? -1 : 1))
			.slice(0, MOST);
	}
};
