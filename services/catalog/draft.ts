import { failField } from "../errors";
import { idOf } from "../id";
import type { Params } from "../shared/contract";
import type { Image } from "../shared/fields";
import type { StoredImage, StoredProduct } from "./product";
import { slugOf } from "./text";
import {
	changedVariants,
	checkOptions,
	checkVariants,
	newVariants,
	optionsOf,
	type VariantPlan
} from "./variants";

type Changes = Omit<Params<"catalog.update">, "id" | "version">;
type Owner = Pick<StoredProduct, "sellerId" | "shopName">;

/** Characters of an id that make a slug or SKU its own. */
const saltOf = (id: string) => id.slice(-6);

/** A picture is known by its address, so that it keeps its id when the list is sent again; listed twice, it is one. */
const imagesOf = (images: Image[]): StoredImage[] => [
	...new Map(images.map(image => [image.url, { id: idOf("i", image.url), ...image }])).values()
];
const unique = (tags: string[]) => [...new Set(tags)];
const openingOf = ({ unopened }: Pick<VariantPlan, "unopened">, now: number) =>
	unopened.length ? { openingAt: now, unopened } : {};

/** When a product is to publish itself: only a draft can, and what is no draft any more forgets it. */
function scheduleOf(
	status: StoredProduct["status"],
	publishAt: string | null | undefined
): { set: { publishAt?: number }; unset: { publishAt?: true } } {
	if (typeof publishAt === "string") {
		if (status !== "draft") failField("publishAt", "Only a draft publishes itself");
		return { set: { publishAt: Date.parse(publishAt) }, unset: {} };
	}
	return { set: {}, unset: publishAt === null || status !== "draft" ? { publishAt: true } : {} };
}

/** A new product as it is first stored: not to be seen before its stock documents are made. */
export function draftOf(
	id: string,
	{
		variants: given,
		images,
		tags,
		publishAt,
		...fields
	}: Omit<Params<"catalog.create">, "idempotencyKey">,
	owner: Owner,
	salted: boolean,
	now = Date.now()
): { product: StoredProduct; plan: VariantPlan } {
	const options = fields.options.length ? fields.options : optionsOf(given);
	checkOptions(options);
	const salt = salted ? saltOf(id) : "";
	const slug = [slugOf(fields.title), salt].filter(Boolean).join("-");
	const plan = newVariants({ slug, options }, given);
	const at = new Date(now).toISOString();
	const product: StoredProduct = {
		id,
		slug,
		...fields,
		options,
		...owner,
		tags: unique(tags),
		images: imagesOf(images),
		variants: plan.variants,
		skus: plan.variants.map(({ sku }) => sku),
		ratingSum: 0,
		ratingCount: 0,
		ratingVersion: 0,
		createdAt: at,
		updatedAt: at,
		version: 1,
		revision: 1,
		touchedAt: now,
		...openingOf(plan, now),
		...scheduleOf(fields.status, publishAt).set,
		unlisted: true
	};
	return { product, plan };
}

/** What to set for a change, refused where the product would no longer fit together. */
export function changesOf(
	product: StoredProduct,
	{ variants, images, tags, publishAt, ...fields }: Changes,
	salted: boolean,
	now = Date.now()
): { set: Partial<StoredProduct>; unset: { publishAt?: true }; plan: VariantPlan | null } {
	const options = fields.options ?? product.options;
	if (fields.options) checkOptions(options);
	if (fields.options && !variants) checkVariants(options, product.variants);
	const salt = salted ? saltOf(product.id) : "";
	const plan = variants ? changedVariants({ ...product, options }, variants, salt) : null;
	const schedule = scheduleOf(fields.status ?? product.status, publishAt);
	const retitled = fields.title !== undefined && fields.title !== product.title;
	const set: Partial<StoredProduct> = {
		...fields,
		...(tags && { tags: unique(tags) }),
		...(images && { images: imagesOf(images) }),
		...schedule.set,
		...(retitled && { retitled: product.version + 1, openingAt: now })
	};
	const { unset } = schedule;
	if (!plan) return { set, unset, plan };
	const skus = [...new Set([...product.skus, ...plan.variants.map(({ sku }) => sku)])];
	const unopened = [...(product.unopened ?? []), ...plan.unopened];
	const opening = openingOf({ unopened }, now);
	return { set: { ...set, variants: plan.variants, skus, ...opening }, unset, plan };
}
