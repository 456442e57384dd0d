import { z } from "zod";

/** What a client sees of an order's state. */
export const OrderStatus = z.enum([
	"pending",
	"reserved",
	"paying",
	"paid",
	"rejected",
	"expired",
	"cancelled",
	"refunded"
]);
export type OrderStatus = z.infer<typeof OrderStatus>;

/** Every state of the saga with its legal moves; what is not here is not allowed. */
export const MOVES = {
	NEW: ["RESERVED", "REJECTING", "REJECTED"],
	RESERVED: ["PAYING", "EXPIRING", "CANCELLING"],
	PAYING: ["CONFIRMED", "RESERVED"],
	CONFIRMED: ["COMPLETED", "NEEDS_ATTENTION"],
	// given back line by line, an order is refunded without being taken back as a whole
	COMPLETED: ["REFUNDING", "REFUNDED"],
	REFUNDING: ["REFUNDED"],
	REJECTING: ["REJECTED"],
	EXPIRING: ["EXPIRED"],
	CANCELLING: ["CANCELLED"],
	NEEDS_ATTENTION: ["REFUNDING"],
	REFUNDED: [],
	REJECTED: [],
	EXPIRED: [],
	CANCELLED: []
} as const satisfies Record<string, readonly string[]>;
export type SagaState = keyof typeof MOVES;

export const canMove = (from: SagaState, to: SagaState) =>
	(MOVES[from] as readonly SagaState[]).includes(to);
/** States that `drive` leaves by itself; the others wait for somebody, or for ever. */
export const TRANSIENT: readonly SagaState[] = [
	"NEW",
	"PAYING",
	"CONFIRMED",
	"REJECTING",
	"EXPIRING",
	"CANCELLING",
	"REFUNDING",
	"NEEDS_ATTENTION"
];
export const isFinal = (state: SagaState) => MOVES[state].length === 0;

const STATUS: Record<SagaState, OrderStatus> = {
	NEW: "pending",
	RESERVED: "reserved",
	PAYING: "paying",
	CONFIRMED: "paid",
	COMPLETED: "paid",
	NEEDS_ATTENTION: "paid",
	REFUNDING: "paid",
	REFUNDED: "refunded",
	REJECTING: "rejected",
	REJECTED: "rejected",
	EXPIRING: "expired",
	EXPIRED: "expired",
	CANCELLING: "cancelled",
	CANCELLED: "cancelled"
};
export const statusOf = (state: SagaState): OrderStatus => STATUS[state];

export const ParcelStatus = z.enum([
	"unfulfilled",
	"shipped",
	"delivered",
	"cancelled",
	"returned"
]);
export type ParcelStatus = z.infer<typeof ParcelStatus>;

/** How far a seller's part of a paid order has come. `returning` ones are that besides: somebody wants to send something back. */
export const Fulfilment = z.enum([
	"unfulfilled",
	"partly",
	"shipped",
	"delivered",
	"returned",
	"cancelled",
	"returning"
]);
export type Fulfilment = z.infer<typeof Fulfilment>;

export { fulfilmentOf } from "./order-rules";
