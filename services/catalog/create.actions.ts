import { codeOf, fail } from "../errors";
import { idOf, newId } from "../id";
import type { Params } from "../shared/contract";
import type { Ctx } from "../typed";
import type { Methods, Part } from "./catalog.methods";
import { forget } from "./opening";
import type { StoredProduct } from "./product";
import { insert } from "./uniqueness";

type Request = Omit<Params<"catalog.create">, "idempotencyKey">;

/** inventory wasn't asked at all: nothing of the call has happened. */
const isAway = (err: unknown) =>
	["SERVICE_NOT_FOUND", "SERVICE_NOT_AVAILABLE"].includes((err as { type?: string }).type ?? "");

/** The product of a request that came before; the same key must come with the same request. */
const answered = (known: StoredProduct, madeFor: string) =>
	known.madeFor === madeFor ? known : fail("IDEMPOTENCY_KEY_REUSED");

/** Makes a product, once however often the same key comes. */
async function make(
	host: Methods,
	ctx: Ctx<unknown, { id: string }>,
	request: Request,
	{ key, asked = request }: { key: string | undefined; asked?: object }
) {
	const { id: sellerId } = ctx.meta.user!;
	const id = key === undefined ? newId() : idOf("p", sellerId, key);
	const madeFor = key === undefined ? undefined : idOf("h", JSON.stringify(asked));
	const known = madeFor === undefined ? null : await host.products.get(id);
	if (known)
		return {
			...host.view(await host.open(ctx, answered(known, madeFor!))),
			replayed: true as const
		};
	const [shop] = await ctx.call("auth.shops", { ids: [sellerId] });
	const owner = { sellerId, shopName: shop?.shopName ?? "Our own" };
	const product = await insert(host.products, request, owner, { id, madeFor });
	try {
		return host.view(await host.open(ctx, product));
	} catch (err) {
		if (isAway(err) || codeOf(err) === "SKU_TAKEN") await forget(host, product);
		throw err;
	}
}

export const createActions: Part<"create" | "duplicate"> = {
	create(ctx) {
		const { idempotencyKey: key, ...request } = ctx.params;
		return make(this, ctx, request, { key });
	},

	async duplicate(ctx) {
		const { id, title, idempotencyKey: key } = ctx.params;
		const like = await this.own(id, ctx.meta.user.id);
		const copy: Request = {
			title: title ?? `${like.title} (2)`.slice(0, 160),
			description: like.description,
			category: like.category,
			tags: like.tags,
			images: like.images.map(({ id: _id, ...image }) => image),
			options: like.options,
			status: "draft",
			variants: like.variants.map(({ sku: _sku, ...variant }) => ({ ...variant, stock: 0 }))
		};
		return make(this, ctx, copy, { key, asked: { like: id, title } });
	}
};
