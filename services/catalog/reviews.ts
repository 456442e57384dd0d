import type { Collection } from "../../mixins/db.mixin";
import { idOf } from "../id";
import type { Review } from "../shared/catalog.contract";
import type { Params } from "../shared/contract";
import type { StoredProduct } from "./product";

export interface StoredReview {
	id: string;
	productId: string;
	userId: string;
	author: string;
	rating: number;
	title: string;
	body: string;
	/** Product and rating in one, so that counting is a look into an index. */
	star: string;
	createdAt: string;
	version: number;
	/** Since when the product's rating lacks it, in milliseconds; absent once it is counted. */
	uncountedAt?: number;
}

const TRIES = 20;
const FORGOTTEN = 10_000;
const starOf = (productId: string, rating: number) => `${productId}:${rating}`;

export const toReview = ({ id, rating, title, body, author, createdAt }: StoredReview): Review => ({
	id,
	rating,
	title,
	body,
	author,
	createdAt
});

/** "Ada Lovelace" signs as "Ada L.": who bought what is not for everybody to look up. */
export function signatureOf(name: string): string {
	const [first = "", ...rest] = name.split(/\s+/).filter(Boolean);
	const last = rest.at(-1);
	return last ? `${first} ${[...last][0]}.` : first;
}

export class Reviews {
	constructor(
		private readonly products: Collection<StoredProduct>,
		private readonly reviews: Collection<StoredReview>
	) {}

	/** A buyer has one review of a product: another one takes its place. */
	async save(
		{ id: productId, rating, title, body }: Params<"catalog.review">,
		userId: string,
		author: string
	): Promise<StoredReview> {
		const id = idOf("r", productId, userId);
		const now = Date.now();
		const said = { author, rating, title, body, star: starOf(productId, rating), uncountedAt: now };
		const createdAt = new Date(now).toISOString();
		const review = { id, productId, userId, ...said, createdAt, version: 1 };
		if (await this.reviews.create(review)) return review;
		const changed = await this.reviews.change({ id }, { $set: said, $inc: { version: 1 } });
		return changed ?? review;
	}

	/**
	 * Counts a product's reviews anew and writes the sums if nobody else did meanwhile. The last to write has counted
	 * after everybody before: so it is exact under races, repeats and crashes, which an increment would not be.
	 */
	async count(review: StoredReview): Promise<StoredProduct | null> {
		const { productId: id } = review;
		for (let n = 0; n < TRIES; n++) {
			const product = await this.products.get(id);
			if (!product) return null;
			const { ratingVersion } = product;
			const stars = await Promise.all(
				[1, 2, 3, 4, 5].map(rating => this.reviews.count({ star: starOf(id, rating) }))
			);
			const sums = {
				ratingCount: stars.reduce((sum, count) => sum + count, 0),
				ratingSum: stars.reduce((sum, count, i) => sum + count * (i + 1), 0),
				touchedAt: Date.now()
			};
			const counted = await this.products.change(
				{ id, ratingVersion },
				{ $set: sums, $inc: { ratingVersion: 1, revision: 1 } }
			);
			if (!counted) continue;
			const { id: reviewId, version } = review;
			await this.reviews.change({ id: reviewId, version }, { $unset: { uncountedAt: true } });
			return counted;
		}
		return null;
	}

	/** Reviews that a crash, or a crowd, left out of their product's rating. */
	uncounted(now = Date.now()): Promise<StoredReview[]> {
		return this.reviews.find(
			{ uncountedAt: { $lt: now - FORGOTTEN } },
			{ sort: ["uncountedAt"], limit: 100 }
		);
	}
}
