import { setImmediate as turn } from "node:timers/promises";
import type { Ctx } from "../typed";
import type { ProductEdit, ProductFacts } from "../shared/batch.contract";
import { MOST_FOUND } from "../shared/batch.contract";
import type { ErrorCode } from "../shared/errors";
import type { Payload } from "../shared/contract";
import type { Methods, Part } from "./catalog.methods";
import { changeOf, touched, type StoredProduct } from "./product";
import { pageOfOwn } from "./seller-list";

/** Documents that are written side by side; others' requests come between two such lots. */
const AT_ONCE = 10;

type Changed = Payload<"products.changed">["items"][number];
interface Edit {
	id: string;
	version: number;
	edit: ProductEdit;
}
interface By {
	sellerId: string;
	operationId: string;
}

const factsOf = ({
	id,
	version,
	title,
	status,
	publishAt,
	category,
	tags,
	variants
}: StoredProduct): ProductFacts => ({
	id,
	version,
	title,
	status,
	publishAt: publishAt === undefined ? null : new Date(publishAt).toISOString(),
	category,
	tags,
	prices: variants.map(({ sku, price, compareAtPrice }) => ({
		sku,
		price,
		...(compareAtPrice !== undefined && { compareAtPrice })
	}))
});

/** What a product's document is set to; the SKUs that it no longer has are passed over. */
function setOf({ variants }: StoredProduct, { prices, publishAt, ...fields }: ProductEdit) {
	const set = { ...fields, ...(publishAt && { publishAt: Date.parse(publishAt) }) };
	if (!prices) return set;
	const bySku = new Map(prices.map(({ sku, ...price }) => [sku, price]));
	return {
		...set,
		variants: variants.map(variant => {
			const { price: _price, compareAtPrice: _former, ...rest } = variant;
			const next = bySku.get(variant.sku);
			return next ? { ...rest, ...next } : variant;
		})
	};
}

/**
 * Changes a product that is still at the version that was seen. The document notes by which operation, so that a call
 * whose answer got lost finds that it was done: by then its version is one more, or somebody's who came after.
 */
async function editOne(
	{ products, live }: Pick<Methods, "products" | "live">,
	{ sellerId, operationId }: By,
	{ id, version, edit }: Edit
): Promise<{ result: number | ErrorCode; changed?: Changed }> {
	const before = await products.get(id);
	if (!before || before.unlisted || before.sellerId !== sellerId) return { result: "NOT_FOUND" };
	const done = (product: StoredProduct | null) => product?.editedBy === operationId;
	if (done(before)) return { result: version + 1 };
	if (before.version !== version) return { result: "VERSION_CONFLICT" };
	const { set, inc } = touched();
	const changed = await products.change(
		{ id, version },
		{
			$set: { ...setOf(before, edit), ...set, editedBy: operationId },
			$unset: edit.publishAt === null ? { publishAt: true } : {},
			$inc: inc
		}
	);
	if (!changed) return { result: done(await products.get(id)) ? version + 1 : "VERSION_CONFLICT" };
	await live.put(changed);
	const left = before.status === "published" && changed.status !== "published";
	const shut = before.status !== "archived" && changed.status === "archived";
	return {
		result: changed.version,
		changed: { ...changeOf(changed), as: left || shut ? "archived" : "updated" }
	};
}

/** Many products of one seller at a time, for our own services. */
export const batchActions: Part<"pick" | "facts" | "editMany"> = {
	pick(ctx) {
		const { sellerId, filter, most } = ctx.params;
		const all = { ...filter, sort: "newest" as const, page: 1, pageSize: MOST_FOUND + 1 };
		return pageOfOwn(this.live.index, sellerId, all).ids.slice(0, most);
	},

	async facts(ctx) {
		const { sellerId, ids } = ctx.params;
		if (!ids.length) return [];
		// by id alone: all of a seller's products are more than these
		const found = await this.products.find({ id: { $in: ids } }, { limit: ids.length });
		return found.filter(product => product.sellerId === sellerId && !product.unlisted).map(factsOf);
	},

	async editMany(ctx) {
		const { sellerId, operationId, edits } = ctx.params;
		const results: (number | ErrorCode)[] = [];
		const items: Changed[] = [];
		for (let i = 0; i < edits.length; i += AT_ONCE) {
			const lot = edits.slice(i, i + AT_ONCE);
			const outcomes = await Promise.all(
				lot.map(edit => editOne(this, { sellerId, operationId }, edit))
			);
			for (const { result, changed } of outcomes) {
				results.push(result);
				if (changed) items.push(changed);
			}
			await turn();
		}
		if (items.length) await ctx.emit("products.changed", { sellerId, items });
		return results;
	}
};

/** Another replica has changed many: those that aren't known here yet are looked up, a few at a time. */
export async function rereadMany(
	{ products, live }: Pick<Methods, "products" | "live">,
	{ params: { items } }: Ctx<Payload<"products.changed">>
): Promise<void> {
	const ids = items.flatMap(({ id, version }) => (live.index.knows(id, version) ? [] : id));
	for (let i = 0; i < ids.length; i += AT_ONCE) {
		const some = ids.slice(i, i + AT_ONCE);
		const found = await products.find({ id: { $in: some } }, { limit: some.length });
		for (const product of found) await live.put(product);
		await turn();
	}
}
