import { z } from "zod";
import { catalogActions, ProductChange, ProductStatus } from "./catalog.contract";
import { live, type ActionTable, type Push } from "./define";
import { ERRORS, type ErrorCode } from "./errors";
import { Cents, Id, Sku, Time, Version } from "./fields";

// What our own services ask of catalogue and inventory for many products at once.

/** Products of one batch, and SKUs of one adjustment. */
export const BATCH = 50;
export const MOST_SKUS = 200;
/** Products that one filter may find. */
export const MOST_FOUND = 50_000;
/** Changes that are pushed one by one; of more, browsers that see the whole catalogue get one message. */
const FEW = 20;

export const Code = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);
/** Which of a seller's products: their list's own filter, without its paging. */
export const OwnFilter = catalogActions["catalog.mine"].params.omit({
	sort: true,
	page: true,
	pageSize: true
});
/** What may be changed of many products: absent is left alone. Prices are those of its variants. */
export const ProductEdit = z.strictObject({
	status: ProductStatus.optional(),
	/** When a draft publishes itself; null is never. */
	publishAt: Time.nullable().optional(),
	category: z.string().optional(),
	tags: z.array(z.string()).optional(),
	prices: z
		.array(z.strictObject({ sku: Sku, price: Cents, compareAtPrice: Cents.optional() }))
		.optional()
});
export const ProductFacts = ProductEdit.required().extend({
	id: Id,
	version: Version,
	title: z.string()
});
const operationId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);

export const batchActions = {
	"catalog.pick": {
		about: "The ids of all of a seller's products that a filter finds, up to a bound",
		access: "internal",
		params: z.strictObject({ sellerId: Id, filter: OwnFilter, most: z.int().max(MOST_FOUND + 1) }),
		result: z.array(Id)
	},
	"catalog.facts": {
		about: "What a batch may change of these products of a seller; those of others are left out",
		access: "internal",
		params: z.strictObject({ sellerId: Id, ids: z.array(Id).max(BATCH) }),
		result: z.array(ProductFacts)
	},
	"catalog.editMany": {
		about:
			"Changes products of a seller that are still at these versions, once an operation: repeated, it says the same again",
		access: "internal",
		params: z.strictObject({
			sellerId: Id,
			operationId,
			edits: z
				.array(z.strictObject({ id: Id, version: Version, edit: ProductEdit }))
				.min(1)
				.max(BATCH)
		}),
		/** The version after it, or why not; in the order asked. */
		result: z.array(z.union([Version, Code]))
	},
	"inventory.adjustMany": {
		about:
			"Changes SKUs of a seller by a difference or to a number, once an operation: repeated, it says the same again",
		access: "internal",
		params: z.strictObject({
			sellerId: Id,
			operationId,
			reason: z.string().max(200),
			items: z
				.array(
					z.strictObject({ sku: Sku, delta: z.int().optional(), set: z.int().min(0).optional() })
				)
				.min(1)
				.max(MOST_SKUS)
		}),
		/** The difference that was made, or why none was; in the order asked. */
		result: z.array(z.union([z.strictObject({ delta: z.int() }), Code]))
	}
} satisfies ActionTable;

const Changed = z.strictObject({
	sellerId: Id,
	items: z
		.array(ProductChange.extend({ as: z.enum(["created", "updated", "archived"]) }))
		.max(BATCH)
});
type Changed = z.output<typeof Changed>;

const publicOf = ({ sellerId: _seller, skus: _skus, ...item }: Changed["items"][number]) => item;
/** Whoever has a product open hears of that one; lists hear of a long batch at once, in one message. */
function pushesOf({ sellerId, items }: Changed): Push[] {
	const few = items.length <= FEW;
	const single = items.flatMap((item): Push[] => {
		const { as, ...data } = publicOf(item);
		const isPublic = item.status !== "draft" || as === "archived";
		const lists = isPublic
			? (["catalog", `seller:${sellerId}`] as const)
			: ([`seller:${sellerId}`] as const);
		const rooms: Push["rooms"] = [
			...(isPublic ? [`product:${item.id}` as const] : []),
			...(few ? lists : [])
		];
		return rooms.length ? [{ rooms, event: `product.${as}`, data }] : [];
	});
	if (few) return single;
	const seen = items.filter(({ status, as }) => status !== "draft" || as === "archived");
	const event = "products.changed";
	return [
		...single,
		{ rooms: [`seller:${sellerId}`], event, data: { items: items.map(publicOf) } },
		...(seen.length
			? [{ rooms: ["catalog" as const], event, data: { items: seen.map(publicOf) } }]
			: [])
	];
}
export const batchEvents = {
	/** Many products of one seller at once; for each it is what `product.updated` and `product.archived` are. */
	"products.changed": live(Changed, pushesOf)
};

export type ProductEdit = z.infer<typeof ProductEdit>;
export type ProductFacts = z.infer<typeof ProductFacts>;
