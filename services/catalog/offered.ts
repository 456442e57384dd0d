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
	const knowsSku = (sku: string) => index.mayHear(index.productOf(sku), sku, viewer);
	const knowsId = (id: string) => index.mayHear(id, undefined, viewer);
	const unsure = skus.filter(sku => !knowsSku(sku));
	const unsureIds = productIds.filter(id => !knowsId(id));
	const [bySku, byId] = await Promise.all([
		unsure.length ? products.find({ skus: { $in: unsure } }, { limit: unsure.length }) : [],
		unsureIds.length ? products.find({ id: { $in: unsureIds } }, { limit: unsureIds.length }) : []
	]);
	const isFor = ({ unlisted, sellerId, status }: StoredProduct) =>
		!unlisted && (sellerId === viewer || status === "published");
	const sold = bySku.filter(isFor).flatMap(({ variants }) => variants.map(({ sku }) => sku));
	const [foundSkus, foundIds] = [new Set(sold), new Set(byId.filter(isFor).map(({ id }) => id))];
	return {
		skus: skus.filter(sku => knowsSku(sku) || foundSkus.has(sku)),
		productIds: productIds.filter(id => knowsId(id) || foundIds.has(id))
	};
}
