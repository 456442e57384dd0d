import type { Identity } from "../../services/shared/access";
import type { ActionName, Result, Sent } from "../../services/shared/contract";
import type { Broker } from "../../services/typed";

/** Calls actions as somebody, or as nobody, as the gateway would on their behalf. */
export const caller =
	(broker: Broker, user: Identity | null) =>
	<K extends ActionName>(name: K, params: Sent<K>): Promise<Result<K>> =>
		broker.call(name, params as never, { meta: { user } }) as Promise<Result<K>>;

let made = 0;
/** What a seller sends to add a product; each has a SKU of its own. */
export const newProduct = (
	changes: Partial<Sent<"catalog.create">> = {}
): Sent<"catalog.create"> => ({
	title: "Stoneware mug",
	category: "kitchen/mugs",
	variants: [{ sku: `mug-${process.pid}-${++made}`, price: 1900, stock: 10 }],
	...changes
});
