import type { z } from "zod";
import { authActions, authEvents } from "./auth.contract";
import { batchActions, batchEvents } from "./batch.contract";
import { bulkActions, bulkEvents } from "./bulk.contract";
import { cartActions, cartEvents } from "./cart.contract";
import { catalogActions, catalogEvents } from "./catalog.contract";
import type { Action, ActionTable } from "./define";
import { gatewayActions, healthActions } from "./gateway.contract";
import { importActions, importEvents } from "./import.contract";
import { inventoryActions, inventoryEvents } from "./inventory.contract";
import { notificationActions, notificationEvents } from "./notification.contract";
import { opsActions } from "./ops.contract";
import { orderActions, orderEvents } from "./order.contract";
import { paymentActions } from "./payment.contract";
import { salesActions, salesEvents } from "./sales.contract";

/** The whole wire of the cluster: who says what to whom. */
export const ACTIONS = {
	...authActions,
	// before the products, whose :id would take "bulk" and "export" for one
	...bulkActions,
	...importActions,
	...catalogActions,
	...batchActions,
	...inventoryActions,
	...cartActions,
	...orderActions,
	...paymentActions,
	...salesActions,
	...notificationActions,
	...gatewayActions,
	...opsActions,
	...healthActions
};
export const EVENTS = {
	...authEvents,
	...catalogEvents,
	...batchEvents,
	...bulkEvents,
	...inventoryEvents,
	...cartEvents,
	...orderEvents,
	...importEvents,
	...notificationEvents,
	...salesEvents
};

/** The entry of a name that comes from outside; own names only, so "constructor" has none. */
export const actionOf = (name: string): Action | undefined =>
	Object.hasOwn(ACTIONS, name) ? (ACTIONS as ActionTable)[name as ActionName] : undefined;
export const payloadOf = (name: string): z.ZodObject | undefined =>
	Object.hasOwn(EVENTS, name) ? EVENTS[name as EventName].payload : undefined;

export type Actions = typeof ACTIONS;
export type ActionName = keyof Actions;
/** What a caller sends, what a handler gets (defaults filled in), what it answers. */
export type Sent<K extends ActionName> = z.input<Actions[K]["params"]>;
export type Params<K extends ActionName> = z.output<Actions[K]["params"]>;
export type Result<K extends ActionName> = z.output<Actions[K]["result"]>;

export type Events = typeof EVENTS;
export type EventName = keyof Events;
export type Payload<K extends EventName> = z.output<Events[K]["payload"]>;
