import type { Collection } from "../../mixins/db.mixin";
import type { Params, Result } from "../shared/contract";
import type { StoredProduct } from "./product";
import type { SearchIndex } from "./search";

/**
 * Which SKUs and products are for sale, or the viewer's own. The index knows nearly all; what it doesn't is looked up, for a
 * replica may hear of a product a moment after the next one has told of it.
 */
export async function offered(
	index: SearchIndex,
	products: Collection<StoredProduct>,
	{ skus, productIds, viewer }: Params<"catalog.offered">
): Promise<Result<"catalog.offered">> {
	const isHeard = (id: string | undefined, sku?: string) => index.mayHear(id, sku, viewer);
	const unsure = skus.filter(sku => !isHeard(index.productOf(sku), sku));
	const unsureIds = productIds.filter(id => !isHeard(id));
	const [bySku, byId] = await Promise.all([
		unsure.length ? products.find({ skus: { $in: unsure } }, { limit: unsure.length }) : [],
		unsureIds.length ? products.find({ id: { $in: unsureIds } }, { limit: unsureIds.length }) : []
	]);
	const isFor = ({ unlisted, sellerId, status }: StoredProduct) =>
		!unlisted && (sellerId === viewer || status === "published");
	const found = new Set([
		...byId.filter(isFor).map(({ id }) => id),
		...bySku.filter(isFor).flatMap(({ variants }) => variants.map(({ sku }) => sku))
	]);
	const hidden = new Set([...unsure, ...unsureIds].filter(one => !found.has(one)));
	return {
		skus: skus.filter(sku => !hidden.has(sku)),
		productIds: productIds.filter(id => !hidden.has(id))
	};
}
