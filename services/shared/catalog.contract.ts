import { z } from "zod";
import { event, live, type ActionTable, type Push } from "./define";
import {
	Cents,
	Currency,
	Id,
	IdempotencyKey,
	Image,
	line,
	listOf,
	Options,
	paging,
	Sku,
	Skus,
	text,
	Time,
	Version
} from "./fields";
import { PICTURE } from "./picture";
import { Stock } from "./stock";

export const ProductStatus = z.enum(["draft", "published", "archived"]);
/** A path from the top of the tree: "kitchen/mugs". */
export const Category = line(80).regex(/^[^/]+(\/[^/]+){0,3}$/, "Such as kitchen/mugs");
const Rating = z.strictObject({ average: z.number(), count: z.int() });
const ProductOption = z.strictObject({ name: line(40), values: z.array(line(60)).min(1).max(50) });
const SellerName = z.strictObject({ id: Id, shopName: z.string() });

export const Variant = z
	.strictObject({
		sku: Sku,
		options: Options,
		price: Cents,
		compareAtPrice: Cents.optional(),
		stock: z.strictObject({
			available: z.int(),
			held: z.int(),
			version: Version,
			low: z.boolean()
		})
	})
	.meta({ id: "Variant" });
const ProductImage = Image.extend({ id: z.string() });

const common = {
	id: Id,
	slug: z.string(),
	title: z.string(),
	category: z.string(),
	tags: z.array(z.string()),
	images: z.array(ProductImage),
	seller: SellerName,
	status: ProductStatus,
	currency: Currency,
	options: z.array(ProductOption),
	rating: Rating,
	createdAt: Time,
	updatedAt: Time,
	version: Version
};
export const Product = z
	.strictObject({
		...common,
		description: z.string(),
		variants: z.array(Variant),
		/** Of a draft: when it publishes itself. */
		publishAt: Time.optional()
	})
	.meta({ id: "Product" });
/** Also what a repeated request is answered with. */
const NewProduct = Product.extend({ replayed: z.literal(true).optional() }).meta({
	id: "NewProduct"
});
export const Card = z
	.strictObject({
		...common,
		priceFrom: Cents,
		compareAtPrice: Cents.optional(),
		available: z.int(),
		variantCount: z.int()
	})
	.meta({ id: "ProductCard" });
export const Review = z
	.strictObject({
		id: Id,
		rating: z.int().min(1).max(5),
		title: z.string(),
		body: z.string(),
		author: z.string(),
		createdAt: Time
	})
	.meta({ id: "Review" });
export interface Category {
	value: string;
	label: string;
	count: number;
	children: Category[];
}
const CategoryNode: z.ZodType<Category> = z
	.strictObject({
		value: z.string(),
		label: z.string(),
		count: z.int(),
		get children() {
			return z.array(CategoryNode);
		}
	})
	.meta({ id: "Category" });

export const Sort = z.enum(["relevance", "newest", "price", "-price", "rating", "popular"]);
const SellerSort = z.enum([
	"newest",
	"-newest",
	"title",
	"-title",
	"updated",
	"-updated",
	"stock",
	"-stock",
	"price",
	"-price"
]);

/** A picture of this shop (from an upload) or of the seller's own site; it is never fetched by us. */
const imageUrl = z
	.string()
	.max(500)
	.regex(
		/^(\/media\/(?!.*\.\.)[a-z0-9./-]+|https?:\/\/[^\s"'<>\\]+)$/,
		"A /media/ or https:// address"
	);
const newImage = z.strictObject({
	url: imageUrl,
	alt: z.string().trim().max(200).default(""),
	width: z.int().min(1).max(20_000).default(1200),
	height: z.int().min(1).max(20_000).default(1200)
});
const newVariant = z.strictObject({
	sku: Sku.optional(),
	options: Options.optional(),
	price: Cents,
	compareAtPrice: Cents.optional(),
	stock: z.int().min(0).max(1_000_000),
	lowStockThreshold: z.int().min(0).max(1_000_000).optional()
});
/** With a known SKU it changes that variant (its stock is changed by adjusting it), with a new one it adds. */
const changedVariant = newVariant.partial({ price: true, stock: true }).extend({
	/** null takes it off. */
	compareAtPrice: Cents.nullable().optional()
});

const writable = {
	title: line(160),
	description: text(10_000),
	category: Category,
	tags: z.array(line(40)).max(20),
	images: z.array(newImage).max(12),
	options: z.array(ProductOption).max(3),
	status: ProductStatus,
	/** A draft publishes itself then; null takes that back. */
	publishAt: Time.nullable()
};
const byId = z.strictObject({ id: Id });

/** A row of an imported file. What it leaves out stays as it is. */
export const ImportRow = z.strictObject({
	line: z.int().min(1),
	/** Groups variants: a product's slug, or any name that the seller has for it. */
	key: z.string().min(1).max(200),
	sku: Sku,
	title: writable.title.optional(),
	description: writable.description.optional(),
	category: writable.category.optional(),
	tags: writable.tags.optional(),
	status: ProductStatus.optional(),
	options: Options.optional(),
	price: Cents.optional(),
	/** null takes it off. */
	compareAtPrice: Cents.nullable().optional(),
	stock: newVariant.shape.stock.optional(),
	lowStockThreshold: newVariant.shape.lowStockThreshold
});
/** A product as the export writes it. */
const ExportedProduct = z.strictObject({
	id: Id,
	slug: z.string(),
	title: z.string(),
	description: z.string(),
	category: z.string(),
	tags: z.array(z.string()),
	status: ProductStatus,
	options: z.array(z.string()),
	variants: z.array(
		z.strictObject({
			sku: Sku,
			options: Options,
			price: Cents,
			compareAtPrice: Cents.optional(),
			stock: z.int(),
			threshold: z.int()
		})
	)
});
/** A SKU as its seller's stock board shows it. */
export const ShelfRow = z
	.strictObject({
		sku: Sku,
		productId: Id,
		title: z.string(),
		options: Options,
		image: z.string().nullable(),
		status: ProductStatus,
		available: z.int(),
		held: z.int(),
		sold: z.int(),
		threshold: z.int(),
		version: Version,
		at: Time
	})
	.meta({ id: "ShelfRow" });
const viewFields = {
	list: z.enum(["products", "stock"]),
	name: line(40),
	/** What the page's address says after its "?". */
	query: z
		.string()
		.max(500)
		.regex(/^[\x21-\x7e]*$/, "As an address has it"),
	columns: z
		.array(z.string().regex(/^[a-z]{1,20}$/i))
		.max(20)
		.default([])
};
export const SavedView = z.strictObject({ id: Id, ...viewFields }).meta({ id: "SavedView" });

/** What cart and order need to know of a SKU. */
export const Sellable = z.strictObject({
	sku: Sku,
	productId: Id,
	slug: z.string(),
	title: z.string(),
	options: Options,
	image: z.string().nullable(),
	unitPrice: Cents,
	sellerId: Id,
	shopName: z.string(),
	status: ProductStatus
});

/** Rows of a file that are worked in at a time: a batch, and those of one product more. */
export const ROW_BATCH = 200;
const MOST_ROWS = ROW_BATCH + 100;

export const catalogActions = {
	"catalog.search": {
		about: "Products, a page at a time, with facets",
		access: "public",
		route: "GET /catalog/products",
		shared: 1,
		params: z.strictObject({
			q: z.string().max(100).optional(),
			category: z.string().max(80).optional(),
			seller: Id.optional(),
			minPrice: Cents.optional(),
			maxPrice: Cents.optional(),
			inStock: z.boolean().optional(),
			sort: Sort.optional(),
			...paging
		}),
		result: listOf(Card).extend({
			facets: z.strictObject({
				categories: z.array(z.strictObject({ value: z.string(), count: z.int() })),
				sellers: z.array(z.strictObject({ value: z.string(), label: z.string(), count: z.int() })),
				price: z.strictObject({ min: z.int(), max: z.int() })
			})
		})
	},
	"catalog.product": {
		about: "A published product, by id or slug",
		access: "public",
		route: "GET /catalog/products/:idOrSlug",
		shared: 1,
		params: z.strictObject({
			idOrSlug: z.string().regex(/^[a-z0-9-]{1,100}$/, "Not an id or slug")
		}),
		result: Product,
		refuses: ["NOT_FOUND"]
	},
	"catalog.categories": {
		about: "The category tree with the number of published products",
		access: "public",
		route: "GET /catalog/categories",
		shared: 10,
		params: z.strictObject({}),
		result: z.strictObject({ items: z.array(CategoryNode) })
	},
	"catalog.stock": {
		about: "Stock of at most 100 SKUs that are for sale, or your own",
		access: "public",
		route: "GET /catalog/stock",
		params: z.strictObject({
			skus: Skus
		}),
		result: z.strictObject({ items: z.array(Stock) })
	},
	"catalog.offered": {
		about:
			"Which of these SKUs and products are for sale, or the viewer's own: whose stock may be told",
		access: "internal",
		params: z.strictObject({
			skus: z.array(Sku).max(2000).default([]),
			productIds: z.array(Id).max(1000).default([]),
			viewer: Id.optional()
		}),
		result: z.strictObject({ skus: z.array(Sku), productIds: z.array(Id) }),
		timeout: 1000
	},
	"catalog.reviews": {
		about: "What buyers say of a product, newest first",
		access: "public",
		route: "GET /catalog/products/:id/reviews",
		shared: 10,
		params: byId.extend(paging),
		result: listOf(Review),
		refuses: ["NOT_FOUND"]
	},
	"catalog.review": {
		about: "Reviews a product you bought; again replaces the first",
		access: "buyer",
		route: "POST /catalog/products/:id/reviews",
		status: 201,
		params: byId.extend({
			rating: z.int().min(1).max(5),
			title: line(120),
			body: text(4000)
		}),
		result: Review,
		refuses: ["NOT_FOUND", "FORBIDDEN"]
	},
	"catalog.importReviews": {
		about: "Brings reviews that were written elsewhere: harmless when repeated",
		access: "internal",
		params: byId.extend({
			reviews: z
				.array(
					z.strictObject({
						rating: z.int().min(1).max(5),
						title: line(120),
						body: text(4000),
						author: line(120)
					})
				)
				.max(100)
		}),
		result: z.null(),
		refuses: ["NOT_FOUND"]
	},
	"catalog.create": {
		about: "Adds a product of yours",
		access: "seller",
		route: "POST /catalog/products",
		status: 201,
		params: z.strictObject({
			...writable,
			description: writable.description.default(""),
			tags: writable.tags.default([]),
			images: writable.images.default([]),
			options: writable.options.default([]),
			status: z.enum(["draft", "published"]).default("published"),
			publishAt: writable.publishAt.optional(),
			variants: z.array(newVariant).min(1).max(100),
			/** The same key again makes nothing more: it answers with the product as it is now. */
			idempotencyKey: IdempotencyKey.optional()
		}),
		result: NewProduct,
		refuses: ["SKU_TAKEN", "IDEMPOTENCY_KEY_REUSED"]
	},
	"catalog.update": {
		about: "Changes a product of yours, if it is still at that version",
		access: "seller",
		route: "PATCH /catalog/products/:id",
		params: z
			.strictObject(writable)
			.partial()
			.extend({
				id: Id,
				version: Version,
				/** The whole list: those left out are no longer sold. */
				variants: z.array(changedVariant).min(1).max(100).optional()
			}),
		result: Product,
		refuses: ["NOT_FOUND", "VERSION_CONFLICT", "SKU_TAKEN"]
	},
	"catalog.duplicate": {
		about: "A draft like this product of yours: with SKUs of its own, and nothing in stock",
		access: "seller",
		route: "POST /catalog/products/:id/duplicate",
		status: 201,
		params: byId.extend({
			title: line(160).optional(),
			idempotencyKey: IdempotencyKey.optional()
		}),
		result: NewProduct,
		refuses: ["NOT_FOUND", "IDEMPOTENCY_KEY_REUSED"]
	},
	"catalog.archive": {
		about: "Takes a product of yours off the shop for good",
		access: "seller",
		route: "DELETE /catalog/products/:id",
		status: 204,
		params: byId.extend({ version: Version.optional() }),
		result: z.null(),
		refuses: ["NOT_FOUND", "VERSION_CONFLICT"]
	},
	"catalog.addImage": {
		about: "Adds a picture: PNG, JPEG, WebP or AVIF by content, at most 5 MB",
		access: "seller",
		route: "POST /catalog/products/:id/images",
		status: 201,
		upload: 5_000_000,
		params: byId.extend({
			file: z.string().max(7_000_000),
			alt: z.string().trim().max(200).default("")
		}),
		result: ProductImage,
		refuses: ["NOT_FOUND", "INVALID_STATE", "UNSUPPORTED_MEDIA_TYPE", "PAYLOAD_TOO_LARGE"]
	},
	"catalog.removeImage": {
		about: "Removes a picture",
		access: "seller",
		route: "DELETE /catalog/products/:id/images/:imageId",
		status: 204,
		params: byId.extend({ imageId: z.string().regex(/^[a-z0-9]{8,64}$/) }),
		result: z.null(),
		refuses: ["NOT_FOUND"]
	},
	"catalog.mine": {
		about: "Your products, drafts too",
		access: "seller",
		route: "GET /seller/products",
		params: z.strictObject({
			q: z.string().max(100).optional(),
			status: ProductStatus.optional(),
			/** With those below it. */
			category: z.string().max(80).optional(),
			lowStock: z.boolean().optional(),
			sort: SellerSort.default("newest"),
			...paging
		}),
		result: listOf(Product)
	},
	"catalog.counts": {
		about: "How many products you have, by status and by category",
		access: "seller",
		route: "GET /seller/product-counts",
		params: z.strictObject({}),
		result: z.strictObject({
			total: z.int(),
			statuses: z.strictObject({ draft: z.int(), published: z.int(), archived: z.int() }),
			lowStock: z.int(),
			/** The most used first. */
			categories: z.array(z.strictObject({ value: z.string(), count: z.int() }))
		})
	},
	"catalog.shelf": {
		about: "Your SKUs with their stock, one a row",
		access: "seller",
		route: "GET /seller/stock/board",
		params: z.strictObject({
			q: z.string().max(100).optional(),
			state: z.enum(["low", "out", "held"]).optional(),
			sort: z.enum(["title", "available", "-available", "-held", "sold", "-sold"]).default("title"),
			...paging
		}),
		result: listOf(ShelfRow)
	},
	"catalog.views": {
		about: "The searches that you keep",
		access: "seller",
		route: "GET /seller/views",
		params: z.strictObject({}),
		result: z.strictObject({ items: z.array(SavedView) })
	},
	"catalog.saveView": {
		about: "Keeps a search of a list; one of the same name is replaced",
		access: "seller",
		route: "POST /seller/views",
		status: 201,
		params: z.strictObject(viewFields),
		result: SavedView,
		refuses: ["INVALID_STATE"]
	},
	"catalog.removeView": {
		about: "Forgets a search that you kept",
		access: "seller",
		route: "DELETE /seller/views/:id",
		status: 204,
		params: byId,
		result: z.null(),
		refuses: ["NOT_FOUND"]
	},
	"catalog.picture": {
		about: "An uploaded picture, in base64: for a gateway that doesn't have it",
		access: "internal",
		params: z.strictObject({ name: z.string().regex(PICTURE) }),
		result: z.strictObject({ data: z.string() }).nullable(),
		timeout: 4000
	},
	"catalog.mineOne": {
		about: "A product of yours, draft or not",
		access: "seller",
		route: "GET /seller/products/:id",
		params: byId,
		result: Product,
		refuses: ["NOT_FOUND"]
	},
	"catalog.sellables": {
		about: "What cart and order need of these SKUs; unknown ones are left out",
		access: "internal",
		params: z.strictObject({ skus: z.array(Sku).max(200) }),
		result: z.array(Sellable),
		timeout: 2000
	},
	"catalog.importRows": {
		about: "Adds and changes a seller's products by rows of a file; harmless when repeated",
		access: "internal",
		params: z.strictObject({
			sellerId: Id,
			/** Of the import: with a row's line it names the change of stock, which is done once. */
			importId: Id,
			dryRun: z.boolean(),
			rows: z.array(ImportRow).min(1).max(MOST_ROWS)
		}),
		result: z.strictObject({
			created: z.int(),
			updated: z.int(),
			errors: z.array(
				z.strictObject({
					line: z.int(),
					column: z.string().optional(),
					code: z.string(),
					message: z.string()
				})
			)
		}),
		timeout: 30_000
	},
	"catalog.exportPage": {
		about: "A seller's products by id, with their stock",
		access: "internal",
		params: z.strictObject({
			sellerId: Id,
			after: z.string().max(40),
			limit: z.int().min(1).max(200)
		}),
		result: z.strictObject({ items: z.array(ExportedProduct), next: Id.nullable() })
	},
	"catalog.filed": {
		about:
			"The topmost category of each of these products, in their order; null where there is none",
		access: "internal",
		params: z.strictObject({ ids: z.array(Id).max(2000) }),
		result: z.array(z.string().nullable()),
		timeout: 2000
	},
	"catalog.resting": {
		about:
			"What a seller has had in stock in the shop since before then: the thousand things of which most money lies there",
		access: "internal",
		params: z.strictObject({ sellerId: Id, before: Time }),
		result: z.array(
			z.strictObject({
				productId: Id,
				title: z.string(),
				available: z.int(),
				/** Of what is available, at its lowest price. */
				worth: z.int()
			})
		),
		timeout: 2000
	},
	"catalog.version": {
		about: "A number that changes with every change a public answer of this node could show",
		access: "internal",
		params: z.strictObject({}),
		result: z.strictObject({
			version: z.string(),
			/** Is whoever asks told of the next change? Not yet, as long as this node doesn't know that he listens. */
			tells: z.boolean()
		}),
		timeout: 500
	},
	"catalog.see": {
		about: "Has this node look at a product that another one has just written",
		access: "internal",
		params: z.strictObject({ id: Id }),
		result: z.null(),
		timeout: 300
	}
} satisfies ActionTable;

export const ProductChange = z.strictObject({
	id: Id,
	slug: z.string(),
	version: Version,
	priceFrom: Cents,
	status: ProductStatus,
	sellerId: Id,
	skus: z.array(Sku)
});
type ProductChange = z.output<typeof ProductChange>;
/**
 * Drafts are nobody's business but their seller's; that a product has left the shop (`product.archived`, also when it
 * became a draft again) is everybody's.
 */
const announced =
	(event: "product.created" | "product.updated" | "product.archived") =>
	({ sellerId, skus: _skus, ...data }: ProductChange): Push[] => [
		{
			rooms:
				data.status === "draft" && event !== "product.archived"
					? [`seller:${sellerId}`]
					: ["catalog", `product:${data.id}`, `seller:${sellerId}`],
			event,
			data
		}
	];

export const catalogEvents = {
	"product.created": live(ProductChange, announced("product.created")),
	"product.updated": live(ProductChange, announced("product.updated")),
	"product.archived": live(ProductChange, announced("product.archived")),
	/** Something that a public answer shows has changed: kept answers are stale. */
	"catalog.changed": event(z.strictObject({ version: z.string() }))
};

export type ImportRow = z.infer<typeof ImportRow>;
export type ExportedProduct = z.infer<typeof ExportedProduct>;
export type Product = z.infer<typeof Product>;
export type Card = z.infer<typeof Card>;
export type Variant = z.infer<typeof Variant>;
export type Review = z.infer<typeof Review>;
export type ShelfRow = z.infer<typeof ShelfRow>;
export type SavedView = z.infer<typeof SavedView>;
export type Sellable = z.infer<typeof Sellable>;
export type ProductStatus = z.infer<typeof ProductStatus>;
