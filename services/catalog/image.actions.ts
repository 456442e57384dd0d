import { setTimeout as sleep } from "node:timers/promises";
import { fail } from "../errors";
import { newId } from "../id";
import { inOwnWidth } from "../shared/picture";
import type { Methods, Part } from "./catalog.methods";
import { keepImage } from "./images";
import { changeOf, touched, type StoredImage, type StoredProduct } from "./product";

const MOST_IMAGES = 12;
const TRIES = 8;

/** Changes a product's pictures, whatever else of it is changed at the same time. */
async function changeImages(
	{ products, live, own }: Pick<Methods, "products" | "live" | "own">,
	[id, sellerId]: [string, string],
	change: (images: StoredImage[]) => StoredImage[]
): Promise<StoredProduct> {
	for (let n = 0; n < TRIES; n++) {
		const { images, version } = await own(id, sellerId);
		const { set, inc } = touched();
		const changed = await products.change(
			{ id, version },
			{ $set: { images: change(images), ...set }, $inc: inc }
		);
		if (changed) {
			await live.put(changed);
			return changed;
		}
		await sleep(Math.random() * 10 * (n + 1));
	}
	return fail("SERVICE_UNAVAILABLE");
}

export const imageActions: Part<"addImage" | "removeImage" | "picture"> = {
	async addImage(ctx) {
		const { id, file, alt } = ctx.params;
		const { id: sellerId } = ctx.meta.user;
		await this.own(id, sellerId);
		const image = { id: newId(), alt, ...(await keepImage(this.pictures, file)) };
		const changed = await changeImages(this, [id, sellerId], images =>
			images.length < MOST_IMAGES
				? [...images, image]
				: fail("INVALID_STATE", { most: MOST_IMAGES })
		);
		await ctx.emit("product.updated", changeOf(changed));
		return image;
	},

	async removeImage(ctx) {
		const { id, imageId } = ctx.params;
		const changed = await changeImages(this, [id, ctx.meta.user.id], images =>
			images.some(image => image.id === imageId)
				? images.filter(image => image.id !== imageId)
				: fail("NOT_FOUND")
		);
		await ctx.emit("product.updated", changeOf(changed));
		return null;
	},

	async picture(ctx) {
		const { name } = ctx.params;
		// one that was no wider to begin with is there in its own width only
		const data = (await this.pictures.get(name)) ?? (await this.pictures.get(inOwnWidth(name)));
		return data && { data: data.toString("base64") };
	}
};
