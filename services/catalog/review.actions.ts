import { fail } from "../errors";
import type { Part } from "./catalog.methods";
import { signatureOf, toReview } from "./reviews";

export const reviewActions: Part<"reviews" | "review" | "importReviews"> = {
	async reviews(ctx) {
		const { id, ...paging } = ctx.params;
		this.live.asked();
		const { id: productId } = await this.published(id);
		return this.reviews.list(productId, paging, toReview);
	},

	async review(ctx) {
		const { id: userId } = ctx.meta.user;
		const { id: productId } = await this.published(ctx.params.id);
		if (!(await ctx.call("order.bought", { userId, productId }))) fail("FORBIDDEN");
		const contact = await ctx.call("auth.contact", { id: userId });
		const author = signatureOf(contact?.name ?? "A buyer");
		const review = await this.rating.save(ctx.params, userId, author);
		await this.rated(ctx, review);
		return toReview(review);
	},

	async importReviews(ctx) {
		const { id, reviews } = ctx.params;
		await this.published(id);
		for (const { author, ...said } of reviews) {
			const review = await this.rating.save({ id, ...said }, `import ${author}`, author);
			await this.rated(ctx, review);
		}
		return null;
	}
};
