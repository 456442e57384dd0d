import type { ProductChange } from "./catalog.contract";
import type { Payload } from "./contract";
import type { CartProblem } from "./cart.contract";
import type { NotificationKind } from "./notification.contract";
import type { Parcel } from "./order.contract";
import type { OrderStatus } from "./order-status";
import type { Stock } from "./stock";
import type { z } from "zod";

type Alerted = Pick<Payload<"stock.low">, "sku" | "productId" | "available" | "threshold">;
type Announced = Omit<z.output<typeof ProductChange>, "sellerId" | "skus">;

/** Everything the relay sends to browsers. */
export interface Messages {
	"stock.changed": Stock;
	"product.created": Announced;
	"product.updated": Announced;
	"product.archived": Announced;
	/** Many at once, in place of a message each. */
	"products.changed": { items: (Announced & { as: "created" | "updated" | "archived" })[] };
	"bulk.progressed": Omit<Payload<"bulk.progressed">, "sellerId">;
	"cart.changed": { version: number; problems: { sku: string; problem: CartProblem }[] };
	"order.updated": { id: string; status: OrderStatus; version: number; parcels: Parcel[] };
	"stock.low": Alerted;
	"stock.out": Alerted;
	"sales.changed": { at: string };
	"notification.created": {
		id: string;
		kind: z.output<typeof NotificationKind>;
		title: string;
		body: string;
		at: string;
		link: string;
	};
	"import.progressed": Omit<Payload<"import.progressed">, "sellerId">;
	"auth.expired": Record<string, never>;
}
export type MessageName = keyof Messages;
