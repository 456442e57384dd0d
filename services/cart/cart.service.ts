import { db, type Collection } from "../../mixins/db.mixin";
import { health } from "../../mixins/health.mixin";
import { fail } from "../errors";
import type { Result } from "../shared/contract";
import type { Broker, Schema } from "../typed";
import {
	accountOf,
	CartStore,
	factsOf,
	guestOf,
	newGuest,
	tokenOf,
	type CartDocument,
	type Owner
} from "./carts";
import { bought, merge, put, viewOf, without, type Facts, type Lines } from "./lines";
import { changeOf, isAccounts, Watch } from "./watch";

type Wire = Pick<Broker, "call" | "emit">;
interface Asked {
	params: { guestToken?: string | undefined };
	meta: { user: { id: string } | null };
}
interface Methods {
	carts: Collection<CartDocument>;
	stored: CartStore;
	watch: Watch;
	pruning: NodeJS.Timeout;
	/** Whose cart is meant; a guest's that an account brings along is merged first. */
	owner(ctx: Wire & Asked): Promise<Owner | null>;
	/** Merges a guest's cart into an account's. */
	adopt(wire: Wire, guest: Owner, userId: string): Promise<void>;
	/** Changes a cart, and tells its owner's other tabs. */
	edit(
		wire: Wire,
		owner: Owner,
		facts: Facts,
		change: (lines: Lines) => Lines
	): Promise<CartDocument | null>;
	/** What the asker sees, and what becomes of their cookie. */
	answer(
		ctx: Wire & Asked,
		cart: CartDocument | null,
		facts?: Facts,
		token?: string
	): Promise<Result<"cart.get">>;
}

const MERGES = 5;
const PRUNE_EVERY = 3600_000;

const CartService: Schema<"cart", Methods> = {
	name: "cart",
	mixins: [
		db({
			carts: {
				indexes: [
					{ fields: ["skus"], sparse: true },
					{ fields: ["guestAt"], sparse: true }
				]
			}
		}),
		health
	],

	actions: {
		async get(ctx) {
			const owner = await this.owner(ctx);
			return this.answer(ctx, owner && (await this.stored.get(owner)));
		},

		async put(ctx) {
			const { sku, quantity } = ctx.params;
			const known = await this.owner(ctx);
			const before = known && (await this.stored.get(known));
			if (quantity === 0) {
				const cart =
					known &&
					(await this.edit(ctx, known, await factsOf(ctx, []), lines =>
						lines[sku] ? without(lines, sku) : lines
					));
				return this.answer(ctx, cart);
			}
			const owner = known ?? newGuest();
			const skus = new Set([...Object.keys(before?.lines ?? {}), sku]);
			const facts = await factsOf(ctx, [...skus]);
			const sellable = facts.sellables.get(sku);
			if (sellable?.status !== "published") return fail("NOT_FOUND");
			const now = new Date().toISOString();
			const cart = await this.edit(ctx, owner, facts, lines => put(lines, sellable, quantity, now));
			return this.answer(ctx, cart, facts, owner.userId ? undefined : tokenOf(owner));
		},

		async clear(ctx) {
			const owner = await this.owner(ctx);
			const facts = await factsOf(ctx, []);
			const cart =
				owner &&
				(await this.edit(ctx, owner, facts, lines => (Object.keys(lines).length ? {} : lines)));
			return this.answer(ctx, cart, facts);
		},

		async merge(ctx) {
			const guest = guestOf(ctx.params.guestToken);
			if (guest) await this.adopt(ctx, guest, ctx.params.userId);
			return null;
		},

		async bought(ctx) {
			const { userId, lines: sold } = ctx.params;
			await this.edit(ctx, accountOf(userId), await factsOf(ctx, []), lines => bought(lines, sold));
			return null;
		}
	},

	events: {
		"stock.changed"(ctx) {
			this.watch.note([ctx.params.sku]);
		},
		"product.updated"(ctx) {
			this.watch.note(ctx.params.skus);
		},
		"product.archived"(ctx) {
			this.watch.note(ctx.params.skus);
		},
		"products.changed"(ctx) {
			this.watch.note(ctx.params.items.flatMap(({ skus }) => skus));
		}
	},

	methods: {
		async owner(ctx) {
			const { user } = ctx.meta;
			const guest = guestOf(ctx.params.guestToken);
			if (!user) return guest;
			if (guest) await this.adopt(ctx, guest, user.id);
			return accountOf(user.id);
		},

		async adopt(wire, guest, userId) {
			const account = accountOf(userId);
			for (let n = 0; n < MERGES; n++) {
				const theirs = await this.stored.get(guest);
				if (!theirs) return;
				const merged = `${theirs.id}:${theirs.version}`;
				const facts = await factsOf(wire, Object.keys(theirs.lines));
				const { cart, changed } = await this.stored.edit(
					account,
					facts,
					// died after the last merge, before the guest's cart was gone: once is enough
					(lines, own) => (own?.merged === merged ? lines : merge(lines, theirs.lines, facts)),
					{ merged }
				);
				if (changed && isAccounts(cart)) await wire.emit("cart.changed", changeOf(cart));
				if (await this.stored.drop(theirs)) return;
			}
		},

		async edit(wire, owner, facts, change) {
			const { cart, changed } = await this.stored.edit(owner, facts, change);
			if (changed && isAccounts(cart)) await wire.emit("cart.changed", changeOf(cart));
			return cart;
		},

		async answer(ctx, cart, facts, token) {
			const lines = cart?.lines ?? {};
			const skus = Object.keys(lines);
			const known = facts && skus.every(sku => facts.asked.has(sku));
			const view = viewOf(lines, known ? facts : await factsOf(ctx, skus), cart?.version ?? 0);
			if (token) return { ...view, guestToken: token };
			const used = ctx.meta.user && ctx.params.guestToken !== undefined;
			return used ? { ...view, guestToken: null } : view;
		}
	},

	created() {
		this.stored = new CartStore(this.carts);
		this.watch = new Watch(this.stored, this.broker, this.logger);
	},
	started() {
		this.pruning = setInterval(() => {
			this.stored.prune().catch(err => this.logger.warn("Old carts couldn't be thrown away:", err));
		}, PRUNE_EVERY).unref();
	},
	stopped() {
		clearInterval(this.pruning);
		this.watch.stop();
	}
};
export default CartService;
