import { fail } from "../errors";
import { idOf, newId } from "../id";
import { amend, type Move } from "./drive";
import { hashOf, sellerView, type OrderDocument } from "./order-document";
import type { Methods, Part } from "./order.methods";
import { deliver, ship } from "./parcels";
import { refund } from "./refunds";

/** Refuses what only an order can take that was sold and isn't on its way back as a whole. */
export function mustBeSold({ state }: OrderDocument): void {
	// paid, and about to be sold: nothing leaves the house before it is
	if (state === "CONFIRMED") fail("CHECKOUT_PENDING", { retryAfter: 2 });
	if (state !== "COMPLETED") fail("INVALID_STATE");
}
export const isoOf = (now: number) => new Date(now).toISOString();

type Parcels = OrderDocument["parcels"];
const moved =
	(
		type: "shipped" | "delivered",
		sellerId: string,
		change: (parcels: Parcels, at: string) => Parcels
	): Parameters<Methods["changed"]>[1] =>
	(order, now, told): Move => {
		mustBeSold(order);
		const parcels = change(order.parcels, isoOf(now));
		return amend(order, { parcels }, [{ type, sellerId }], now, told);
	};

/** What a seller does with the own part of an order. */
export const fulfilmentActions: Part<"ship" | "deliver" | "refund"> = {
	async ship(ctx) {
		const { id: sellerId } = ctx.meta.user;
		const { id, ...shipment } = ctx.params;
		const order = await this.changed(
			() => this.theirs(id, sellerId),
			moved("shipped", sellerId, (parcels, at) => ship(parcels, sellerId, shipment, at))
		);
		return sellerView(order, sellerId);
	},

	async deliver(ctx) {
		const { id: sellerId } = ctx.meta.user;
		const order = await this.changed(
			() => this.theirs(ctx.params.id, sellerId),
			moved("delivered", sellerId, (parcels, at) => deliver(parcels, sellerId, at))
		);
		return sellerView(order, sellerId);
	},

	/** What is given back leaves the parcels first, in the update that decides; the saga does the rest. */
	async refund(ctx) {
		const { id: sellerId } = ctx.meta.user;
		const { id, operationId = newId(), ...wish } = ctx.params;
		const refundId = idOf("r", id, sellerId, operationId);
		const hash = hashOf(wish);
		const order = await this.changed(
			() => this.theirs(id, sellerId),
			(order, now, told) => {
				const known = order.refunds?.[refundId];
				if (known) return known.hash === hash ? null : fail("IDEMPOTENCY_KEY_REUSED");
				mustBeSold(order);
				const asked = { ...wish, id: refundId, hash, sellerId };
				const { parcels, refunds } = refund(order, asked, isoOf(now));
				return amend(order, { parcels, refunds }, [], now, told);
			}
		);
		return sellerView(await this.saga.attempt(ctx, order), sellerId);
	}
};
