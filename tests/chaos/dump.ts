import type { Result } from "../../services/shared/contract";
import type { Client } from "../helpers/client";
import { times } from "../helpers/client";
import type { Charges, Finding, SeenMovement, SeenOrder, SeenStock } from "./check/evidence";
import type { Shop } from "./shops";

export interface Dump {
	orders: SeenOrder[];
	stock: SeenStock[];
	charges: Charges[];
	findings: Finding[];
}
const FACTS = 500;
const PAGE = 100;

/** Orders that have one of these SKUs. */
export async function factsOf(shop: Shop, skus: string[]): Promise<Result<"order.facts">> {
	const facts: Result<"order.facts"> = [];
	for (let after = "", page: Result<"order.facts">; ; after = page.at(-1)!.id) {
		page = await shop.call<Result<"order.facts">>("order.facts", { after, limit: FACTS });
		facts.push(...page.filter(({ lines }) => lines.some(({ sku }) => skus.includes(sku))));
		if (page.length < FACTS) return facts;
	}
}
/** The whole ledger of a SKU, by its seller. */
async function movementsOf(seller: Client, sku: string): Promise<SeenMovement[]> {
	const all: SeenMovement[] = [];
	for (let page = 1; ; page++) {
		const { items, total } = await seller.must<Result<"inventory.movements">>(
			`GET /api/seller/stock/${sku}/movements?pageSize=${PAGE}&page=${page}`
		);
		all.push(...items);
		if (page * PAGE >= total) return all;
	}
}

/** What the stores and the provider's log say of these SKUs. */
export async function dump(shop: Shop, seller: Client, skus: string[]): Promise<Dump> {
	const ids = (await factsOf(shop, skus)).map(({ id }) => id);
	const found = await times(
		ids.length,
		n => shop.call<SeenOrder | null>("order.inspect", { name: ids[n] }),
		8
	);
	const orders = found.flatMap(order => order ?? []);
	const stock: SeenStock[] = [];
	for (const sku of skus) {
		const seen = await shop.call<Result<"inventory.inspect">>("inventory.inspect", { sku });
		if (seen) stock.push({ ...seen, movements: await movementsOf(seller, sku) });
	}
	const charges: Charges[] = [];
	for (let n = 0; n < ids.length; n += FACTS)
		charges.push(
			...(await shop.call<Charges[]>("payment.ledger", { orderIds: ids.slice(n, n + FACTS) }))
		);
	const { findings } = await shop.call<Result<"ops.verify">>("ops.verify", { settled: true });
	return { orders, stock, charges, findings };
}
