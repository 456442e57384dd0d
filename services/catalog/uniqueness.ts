import type { Collection, Query, Update } from "../../mixins/db.mixin";
import { fail } from "../errors";
import { newId } from "../id";
import type { Params } from "../shared/contract";
import { draftOf } from "./draft";
import type { StoredProduct } from "./product";
import type { VariantPlan } from "./variants";

type Products = Collection<StoredProduct>;
type Added = VariantPlan["added"];

const TRIES = 3;

/** Which of these SKUs are another product's. The unique index on `skus` decides; this only says it in words. */
async function takenOf(products: Products, added: Added, id: string): Promise<Added> {
	const skus = added.map(({ sku }) => sku);
	if (!skus.length) return [];
	const others = await products.find({ skus: { $in: skus } }, { limit: skus.length + 1 });
	const taken = new Set(others.filter(other => other.id !== id).flatMap(other => other.skus));
	return added.filter(({ sku }) => taken.has(sku));
}
/** Refuses SKUs that the seller asked for; is one that we made up taken, we make up another. */
function refuse(taken: Added): void {
	const errors = taken.flatMap(({ sku, path }) =>
		path ? [{ path, code: "SKU_TAKEN", message: `${sku} is in use` }] : []
	);
	if (errors.length) fail("SKU_TAKEN", { errors });
}

/**
 * Stores a new product under a slug and SKUs that nobody else has. With an id of its own a repeated request finds
 * what the first has made.
 */
export async function insert(
	products: Products,
	params: Omit<Params<"catalog.create">, "idempotencyKey">,
	owner: Pick<StoredProduct, "sellerId" | "shopName">,
	{ id = newId(), madeFor }: { id?: string; madeFor?: string | undefined } = {}
): Promise<StoredProduct> {
	for (let n = 0; n < TRIES; n++) {
		const { product, plan } = draftOf(id, params, owner, n > 0);
		if (madeFor !== undefined) product.madeFor = madeFor;
		if (await products.create(product)) return product;
		const known = madeFor === undefined ? null : await products.get(id);
		if (known) return known.madeFor === madeFor ? known : fail("IDEMPOTENCY_KEY_REUSED");
		refuse(await takenOf(products, plan.added, product.id));
	}
	return fail("SERVICE_UNAVAILABLE");
}

/** The plan of a change whose new SKUs are free at the moment. */
export async function freePlan<P extends { plan: VariantPlan | null }>(
	products: Products,
	id: string,
	planOf: (salted: boolean) => P
): Promise<P> {
	const plan = planOf(false);
	const taken = await takenOf(products, plan.plan?.added ?? [], id);
	refuse(taken);
	return taken.length ? planOf(true) : plan;
}

/** A conditional change that may add SKUs: loses a race for one in words, not with the store's error. */
export async function changeUnique(
	products: Products,
	id: string,
	query: Query,
	update: Update,
	added: Added
): Promise<StoredProduct | null> {
	try {
		return await products.change(query, update);
	} catch (err) {
		const taken = await takenOf(products, added, id);
		refuse(taken.map(({ sku }) => ({ sku, path: "variants" })));
		throw err;
	}
}
