import { z } from "zod";

/** The building blocks of the contract; every string is bounded, every number an integer. */
export const Id = z.string().regex(/^[a-z0-9]{8,40}$/, "Not an id");
export const Sku = z
	.string()
	.regex(/^[a-z0-9][a-z0-9-]{1,39}$/, "2 to 40 lower-case letters, digits and hyphens");
/** In an address: "mug-a,mug-b". */
export const Skus = z
	.string()
	.max(4200)
	.regex(/^[a-z0-9][a-z0-9-]{1,39}(,[a-z0-9][a-z0-9-]{1,39}){0,99}$/, "At most 100 SKUs, by comma");
/** ISO 8601, UTC. */
export const Time = z.iso.datetime();
/** Integer minor units: 1999 is 19.99. */
export const Cents = z.int().min(0).max(1_000_000_000);
export const Quantity = z.int().min(1).max(999);
/** Some counter of a document that only grows. */
export const Version = z.int().min(0);
export const Currency = z.string().regex(/^[A-Z]{3}$/);

/** One line of text without control characters, trimmed; its pattern is one that every reader of the API document knows. */
export const line = (max: number, min = 1) =>
	z
		.string()
		.trim()
		.min(min, min === 1 ? "Fill this in" : `At least ${min} characters`)
		.max(max, `At most ${max} characters`)
		.regex(/^[^\x00-\x1f\x7f-\x9f]*$/, "No control characters");
/** Several lines of text. */
export const text = (max: number, min = 0) =>
	z
		.string()
		.trim()
		.min(min, "Fill this in")
		.max(max, `At most ${max} characters`)
		.regex(/^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$/, "No control characters");

/** Names a request, so that it is done once however often it is sent. */
export const IdempotencyKey = z
	.string()
	.regex(/^[\x21-\x7e]{1,200}$/, "1 to 200 printable characters");

export const paging = {
	page: z.int().min(1).max(100_000).default(1),
	pageSize: z.int().min(1).max(100).default(24)
};
export const listOf = <T extends z.ZodType>(item: T) =>
	z.strictObject({
		items: z.array(item),
		page: z.int(),
		pageSize: z.int(),
		total: z.int()
	});

export const Image = z.strictObject({
	url: z.string(),
	alt: z.string(),
	width: z.int(),
	height: z.int()
});
/** What distinguishes a variant: { Size: "L", Colour: "Moss" }. */
export const Options = z.record(
	z.string().regex(/^[^\x00-\x1f\x7f-\x9f.$]{1,40}$/u, "1 to 40 characters, without . and $"),
	line(60)
);
/** Where a parcel goes. */
export const addressFields = {
	name: line(120),
	line1: line(160),
	line2: line(160).optional(),
	city: line(100),
	region: line(100).optional(),
	postalCode: line(20),
	country: z.string().regex(/^[A-Z]{2}$/, "Two capital letters, such as DE"),
	phone: line(40).optional()
};
export const Address = z.strictObject(addressFields).meta({ id: "Address" });

export type Address = z.infer<typeof Address>;
export type Image = z.infer<typeof Image>;
export type Options = z.infer<typeof Options>;
export interface Paged<T> {
	items: T[];
	page: number;
	pageSize: number;
	total: number;
}
