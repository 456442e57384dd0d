import { contract } from "../../services/contract.middleware";
import InventoryService from "../../services/inventory/inventory.service";
import OpsService from "../../services/ops/ops.service";
import OrderService from "../../services/order/order.service";
import PaymentService from "../../services/payment/payment.service";
import type { Identity } from "../../services/shared/access";
import { TABLES } from "./saga-store";

interface Schema {
	name: string;
	actions: Record<string, unknown>;
	methods?: Record<string, (...args: never[]) => unknown>;
	started?: () => unknown;
}
const SCHEMAS = [OrderService, InventoryService, PaymentService, OpsService] as unknown as Schema[];
/** Which services each machine runs. */
export const NODES = {
	one: [["order", "inventory", "payment", "ops"]],
	many: [["order"], ["order"], ["inventory"], ["inventory"], ["payment"], ["ops"]]
};

export interface Context {
	params: object;
	meta: { user: Identity | null };
	call(action: string, params?: object): Promise<unknown>;
}
export type Handler = (ctx: Context) => unknown;
export type Services = Map<string, Handler>;

export const SELLERS = ["usellera0", "usellerb0"] as const;
export const sellerOf = (i: number) => SELLERS[i % 2]!;
export const PRICES = [1999, 450, 12_345];
export const sellableOf = (sku: string) => {
	const i = Number(sku.slice(4));
	return {
		sku,
		productId: `product0${i}`,
		slug: sku,
		title: `Thing ${i}`,
		options: {},
		image: null,
		unitPrice: PRICES[i % PRICES.length]!,
		sellerId: sellerOf(i),
		shopName: `Shop of ${sellerOf(i)}`,
		status: "published" as const
	};
};
/** Who must hear of every step of an order. */
export const KEEPERS = ["sales.record", "notification.record"];
/** What orders need of the rest of the shop. */
export const REST_OF_SHOP: Record<string, Handler> = {
	"catalog.sellables": ({ params }) => (params as { skus: string[] }).skus.map(sellableOf),
	"catalog.offered": ({ params }) => ({
		skus: (params as { skus: string[] }).skus,
		productIds: []
	}),
	"cart.bought": () => null,
	"notification.alert": () => null
};

/** What a service is given by its machine. */
export interface Ground {
	broker: object;
	logger: object;
	table(name: string): object;
}
/** Starts a real service on simulated ground; answers when `started` is done, and puts its guarded actions into `to`. */
async function host(
	{ name, actions, methods = {}, started }: Schema,
	ground: Ground,
	to: Services
) {
	const { broker, logger } = ground;
	const service: Record<string, unknown> = { name, broker, logger };
	for (const table of TABLES[name] ?? []) service[table] = ground.table(table);
	for (const [key, method] of Object.entries(methods)) service[key] = method.bind(service as never);
	for (const [key, handler] of Object.entries(actions)) {
		const action = { name: `${name}.${key}` };
		const guarded = contract.localAction!.call({} as never, handler as never, action as never);
		to.set(action.name, guarded.bind(service as never) as unknown as Handler);
	}
	await started?.call(service);
}
/** Starts services by their names. */
export const hosted = (names: string[], ground: Ground, to: Services) =>
	Promise.all(
		SCHEMAS.filter(({ name }) => names.includes(name)).map(schema => host(schema, ground, to))
	);
