import { randomUUID } from "node:crypto";
import { blobs } from "../../mixins/blobs";
import { db } from "../../mixins/db.mixin";
import { health } from "../../mixins/health.mixin";
import { fail } from "../errors";
import { wouldHear } from "../registry";
import type { Ctx, Schema } from "../typed";
import { batchActions, rereadMany } from "./batch.actions";
import type { Methods } from "./catalog.methods";
import { treeOf } from "./categories";
import { createActions } from "./create.actions";
import { changesOf } from "./draft";
import { importActions } from "./import.actions";
import { imageActions } from "./image.actions";
import { LiveIndex } from "./live-index";
import { offered } from "./offered";
import { open, openForgotten } from "./opening";
import { changeOf, toProduct, toSellable, touched } from "./product";
import { reviewActions } from "./review.actions";
import { Reviews } from "./reviews";
import { publishDue } from "./schedule";
import { salesActions } from "./sales.actions";
import { sellerActions } from "./seller.actions";
import { changeUnique, freePlan } from "./uniqueness";
import { Views } from "./views";

const MOST_CATEGORIES = 1000;
const HEAL_EVERY = 10_000;
const PUBLISH_EVERY = 1000;

/** Each replica is a group of its own: every one hears every event and keeps its own index. */
const group = `catalog-${randomUUID()}`;
interface Keeper {
	live: Methods["live"];
}
const reread = {
	group,
	handler(this: Keeper, ctx: Ctx<{ id: string }>) {
		return this.live.reread(ctx.params.id);
	}
};
const threshold = {
	group,
	handler(this: Keeper, ctx: Ctx<{ sku: string; threshold: number }>) {
		return this.live.putThreshold(ctx.params.sku, ctx.params.threshold);
	}
};

const CatalogService: Schema<"catalog", Methods> = {
	name: "catalog",
	mixins: [
		db({
			products: {
				indexes: [
					{ fields: ["slug"], unique: true },
					{ fields: ["skus"], unique: true },
					{ fields: ["sellerId"] },
					{ fields: ["sellerId", "_id"] },
					{ fields: ["touchedAt"] },
					{ fields: ["openingAt"], sparse: true },
					{ fields: ["publishAt"], sparse: true }
				]
			},
			views: {},
			reviews: {
				lists: { keys: "productId", sort: "-createdAt" },
				indexes: [{ fields: ["star"] }, { fields: ["uncountedAt"], sparse: true }]
			}
		}),
		health
	],

	actions: {
		search(ctx) {
			return this.live.asked().search(ctx.params);
		},
		async product(ctx) {
			const { idOrSlug } = ctx.params;
			this.live.asked();
			const product =
				(await this.products.get(idOrSlug)) ??
				(await this.products.find({ slug: idOrSlug }, { limit: 1 }))[0];
			if (!product || product.unlisted || product.status !== "published") return fail("NOT_FOUND");
			await this.live.learnStock(product);
			return this.view(product);
		},
		categories() {
			return { items: treeOf(this.live.asked().categories(MOST_CATEGORIES)) };
		},
		async stock(ctx) {
			const asked = [...new Set(ctx.params.skus.split(","))];
			const viewer = ctx.meta.user?.id;
			const { skus } = await offered(this.live.index, this.products, {
				skus: asked,
				productIds: [],
				viewer
			});
			const stocks = skus.length ? await ctx.call("inventory.stock", { skus }) : [];
			return { items: stocks.map(({ sold: _sold, threshold: _threshold, ...stock }) => stock) };
		},

		offered(ctx) {
			return offered(this.live.index, this.products, ctx.params);
		},

		...reviewActions,
		...imageActions,
		...sellerActions,
		...batchActions,
		...importActions,
		...salesActions,
		...createActions,

		async update(ctx) {
			const { id, version, ...given } = ctx.params;
			const { id: sellerId } = ctx.meta.user;
			const before = await this.own(id, sellerId);
			if (before.version !== version) await this.conflict(id, sellerId);
			if (!Object.keys(given).length) return this.view(before);
			const { set, unset, plan } = await freePlan(this.products, id, salted =>
				changesOf(before, given, salted)
			);
			const { set: times, inc } = touched();
			const update = { $set: { ...set, ...times }, $unset: unset, $inc: inc };
			const where = { id, version };
			const changed =
				(await changeUnique(this.products, id, where, update, plan?.added ?? [])) ??
				(await this.conflict(id, sellerId));
			await this.live.put(changed);
			const left = before.status === "published" && changed.status !== "published";
			const shut = before.status !== "archived" && changed.status === "archived";
			await ctx.emit(left || shut ? "product.archived" : "product.updated", changeOf(changed));
			const product = await this.open(ctx, changed);
			for (const { sku, threshold } of plan?.thresholds ?? []) {
				await ctx.call("inventory.setThreshold", { sku, threshold });
				await this.live.putThreshold(sku, threshold);
			}
			return this.view(product);
		},

		async archive(ctx) {
			const { id, version } = ctx.params;
			const { id: sellerId } = ctx.meta.user;
			const before = await this.own(id, sellerId);
			if (version !== undefined && version !== before.version) await this.conflict(id, sellerId);
			if (before.status === "archived") return null;
			const { set, inc } = touched();
			const changed = await this.products.change(
				{
					id,
					status: { $in: ["draft", "published"] },
					...(version !== undefined && { version })
				},
				{ $set: { status: "archived", ...set }, $unset: { publishAt: true }, $inc: inc }
			);
			if (!changed) return version === undefined ? null : this.conflict(id, sellerId);
			await this.live.put(changed);
			await ctx.emit("product.archived", changeOf(changed));
			return null;
		},

		async sellables(ctx) {
			const skus = new Set(ctx.params.skus);
			if (!skus.size) return [];
			const found = await this.products.find({ skus: { $in: [...skus] } }, { limit: skus.size });
			return found
				.filter(product => !product.unlisted)
				.flatMap(product =>
					product.variants
						.filter(({ sku }) => skus.has(sku))
						.map(variant => toSellable(product, variant))
				);
		},
		version({ nodeID }) {
			const tells = wouldHear(this.broker, "catalog.changed", nodeID!);
			return { version: this.live.version, tells };
		},
		async see(ctx) {
			await this.live.see(ctx.params.id);
			return null;
		}
	},

	events: {
		"product.created": reread,
		"product.updated": reread,
		"product.archived": reread,
		"products.changed": {
			group,
			handler(ctx) {
				return rereadMany(this, ctx);
			}
		},
		"stock.changed": {
			group,
			handler(ctx) {
				return this.live.putStock(ctx.params);
			}
		},
		"stock.low": threshold,
		"stock.out": threshold,
		"stock.recovered": threshold,
		async "shop.renamed"(ctx) {
			const { id: sellerId, shopName } = ctx.params;
			await this.products.changeAll(
				{ sellerId },
				{ $set: { shopName, touchedAt: Date.now() }, $inc: { revision: 1 } }
			);
			await this.live.catchUp();
		}
	},

	methods: {
		async own(id, sellerId) {
			const product = await this.products.get(id);
			return product && !product.unlisted && product.sellerId === sellerId
				? product
				: fail("NOT_FOUND");
		},
		async rated(wire, review) {
			const product = await this.rating.count(review);
			await this.live.changed();
			if (!product) return;
			await this.live.put(product);
			await wire.emit("product.updated", changeOf(product));
		},

		async published(id) {
			const product = await this.products.get(id);
			return product && !product.unlisted && product.status === "published"
				? product
				: fail("NOT_FOUND");
		},
		view(product) {
			return toProduct(product, this.live.index.stockOf);
		},
		open(wire, product) {
			return open({ wire, products: this.products, live: this.live }, product);
		},
		async conflict(id, sellerId) {
			return fail("VERSION_CONFLICT", { current: this.view(await this.own(id, sellerId)) });
		},
		async heal() {
			const host = { wire: this.broker, products: this.products, live: this.live };
			await openForgotten(host, this.logger);
			for (const review of await this.rating.uncounted()) {
				const product = await this.rating.count(review);
				if (product) await this.live.put(product);
			}
		}
	},

	created() {
		this.live = new LiveIndex(this);
		this.rating = new Reviews(this.products, this.reviews);
		this.kept = new Views(this.views);
		// in the data folder it is where the gateway of this process serves them from
		this.pictures = blobs("media");
	},
	async started() {
		await this.live.start();
		this.live.every(HEAL_EVERY, () => this.heal());
		const host = { wire: this.broker, products: this.products, live: this.live };
		this.live.every(PUBLISH_EVERY, () => publishDue(host));
	},
	async stopped() {
		this.live.stop();
		await this.pictures.close();
	}
};
export default CatalogService;
