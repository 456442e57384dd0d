import { failField } from "../errors";
import type { Params } from "../shared/contract";
import { Fulfilment, statusOf } from "../shared/order-status";
import { lists } from "./lists";
import { sellerView, type OrderDocument } from "./order-document";
import type { Part } from "./order.methods";
import { idsOf } from "./words";

type Search = Params<"order.incoming">;

/** Which list a seller looks at: orders are looked for in all of them. */
function keyOf(sellerId: string, { status, fulfilment, q }: Search): string {
	const asked = Object.entries({ status, fulfilment, q }).filter(
		([, value]) => value !== undefined
	);
	if (asked.length > 1) failField(asked.at(-1)![0], "Either by status, by fulfilment, or by words");
	if (q !== undefined) return lists.found(sellerId, q);
	if (fulfilment !== undefined) return lists.fulfilled(sellerId, fulfilment);
	return lists.ofSeller(sellerId, status);
}
const msOf = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time));
/** The place of an order in its list, as a client can keep it. */
const placeOf = ({ createdAt, id }: OrderDocument) => `${createdAt}-${id}`;
function afterOf(place: string | undefined) {
	if (place === undefined) return undefined;
	const [sort, id] = place.split("-");
	return { sort: Number(sort), id: id! };
}

/** A seller's view of what has been bought. */
export const queueActions: Part<"incoming" | "incomingOne" | "queue"> = {
	async incoming(ctx) {
		const { id: sellerId } = ctx.meta.user;
		const { q, page, pageSize } = ctx.params;
		const key = keyOf(sellerId, ctx.params);
		const [from, to] = [msOf(ctx.params.from), msOf(ctx.params.to)];
		const after = afterOf(ctx.params.after);
		const view = (order: OrderDocument) => sellerView(order, sellerId);

		const ids = q === undefined ? null : idsOf(q);
		if (ids) {
			const like = await this.orders.find({ id: ids }, { sort: ["id"], limit: MOST_ALIKE });
			const own = like.filter(
				({ sellerIds, state, createdAt }) =>
					sellerIds.includes(sellerId) &&
					statusOf(state) !== "pending" &&
					createdAt >= (from ?? 0) &&
					createdAt < (to ?? Infinity)
			);
			const items = own.slice((page - 1) * pageSize, page * pageSize).map(view);
			return { items, page, pageSize, total: own.length };
		}

		const offset = after ? 0 : (page - 1) * pageSize;
		const [found, size] = await Promise.all([
			this.orders.page(key, { offset, limit: pageSize + 1 }, { from, to, after }),
			this.orders.size(key, { from, to })
		]);
		const shown = found.slice(0, pageSize);
		// what is seen is also counted
		const total = Math.max(size, shown.length && offset + shown.length);
		const next = found.length > pageSize ? { next: placeOf(shown.at(-1)!) } : {};
		return { items: shown.map(view), page, pageSize, total, ...next };
	},

	async incomingOne(ctx) {
		const { id: sellerId } = ctx.meta.user;
		return sellerView(await this.theirs(ctx.params.id, sellerId), sellerId);
	},

	async queue(ctx) {
		const { id: sellerId } = ctx.meta.user;
		const sizes = Fulfilment.options.map(async fulfilment => [
			fulfilment,
			await this.orders.size(lists.fulfilled(sellerId, fulfilment))
		]);
		return Object.fromEntries(await Promise.all(sizes));
	}
};
/** Orders whose numbers begin alike: four digits leave one in 65,536. */
const MOST_ALIKE = 200;
