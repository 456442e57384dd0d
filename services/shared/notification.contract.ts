import { z } from "zod";
import { live, type ActionTable } from "./define";
import { Crossing } from "./inventory.contract";
import { OrderStep } from "./order.contract";
import { Id, listOf, paging, Time } from "./fields";

export const NotificationKind = z.enum([
	"order.paid",
	"order.shipped",
	"order.delivered",
	"order.expired",
	"order.cancelled",
	"order.refunded",
	"order.return",
	"sale",
	"sale.refunded",
	"sale.return",
	"stock.low",
	"stock.out"
]);
const common = {
	id: Id,
	kind: NotificationKind,
	title: z.string(),
	body: z.string(),
	at: Time,
	/** A page of the app: "/orders/…". */
	link: z.string()
};
export const Notification = z
	.strictObject({ ...common, read: z.boolean() })
	.meta({ id: "Notification" });

export const notificationActions = {
	"notification.list": {
		about: "Your notifications, newest first",
		access: "user",
		route: "GET /notifications",
		params: z.strictObject({ unread: z.boolean().optional(), ...paging }),
		result: listOf(Notification).extend({ unread: z.int() })
	},
	"notification.read": {
		about: "Marks notifications as read, all of them without ids",
		access: "user",
		route: "POST /notifications/read",
		status: 204,
		params: z.strictObject({ ids: z.array(Id).max(100).optional() }),
		result: z.null()
	},
	"notification.record": {
		about: "Tells buyer and sellers of a step of an order; harmless when repeated",
		access: "internal",
		params: OrderStep,
		result: z.null(),
		timeout: 2000
	},
	"notification.alert": {
		about: "Tells a seller that stock is low or sold out; harmless when repeated",
		access: "internal",
		params: Crossing.extend({ kind: z.enum(["low", "out"]) }),
		result: z.null(),
		timeout: 2000
	}
} satisfies ActionTable;

export const notificationEvents = {
	"notification.created": live(z.strictObject({ userId: Id, ...common }), ({ userId, ...data }) => [
		{ rooms: [`user:${userId}`], event: "notification.created", data }
	])
};

export type Notification = z.infer<typeof Notification>;
