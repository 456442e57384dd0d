import type { Collection } from "../../mixins/db.mixin";
import type { Order } from "../shared/order.contract";
import type { Schema } from "../typed";
import type { Move } from "./drive";
import type { OrderDocument } from "./order-document";
import type { Outbox } from "./outbox";
import type { Saga } from "./saga";
import type { Worker } from "./worker";

/** What the handlers of orders have to hand. */
export interface Methods {
	orders: Collection<OrderDocument>;
	outbox: Outbox;
	saga: Saga;
	worker: Worker;
	claim(order: OrderDocument): Promise<boolean>;
	answer(order: OrderDocument, hash: string): Order & { replayed: true };
	/** A buyer's order; somebody else's isn't there. */
	mine(id: string, buyerId: string): Promise<OrderDocument>;
	/** An order with parcels of this seller; another isn't there. */
	theirs(id: string, sellerId: string): Promise<OrderDocument>;
	/**
	 * Changes an order, whatever else happens to it at the same time: `change` decides anew by each version that it
	 * is found in. Null from it leaves the order as it is.
	 */
	changed(
		find: () => Promise<OrderDocument>,
		change: (order: OrderDocument, now: number, told: number[]) => Move | null
	): Promise<OrderDocument>;
}
/** A part of the actions of orders, to be spread into the service. */
export type Part<K extends keyof Schema<"order", Methods>["actions"]> = Pick<
	Schema<"order", Methods>["actions"],
	K
>;
