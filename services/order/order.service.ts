import { db } from "../../mixins/db.mixin";
import { health } from "../../mixins/health.mixin";
import { fail } from "../errors";
import { metrics } from "../metrics";
import { statusOf } from "../shared/order-status";
import type { Ctx, Schema } from "../typed";
import { LEASE } from "./drive";
import { factsOf } from "./facts";
import { fulfilmentActions } from "./fulfilment.actions";
import { inside, sought } from "./inspect";
import { lists } from "./lists";
import { holderOf, placedView, viewOf, type OrderDocument } from "./order-document";
import type { Methods } from "./order.methods";
import { Outbox } from "./outbox";
import { cancelled, isUnshipped } from "./parcels";
import { merged, newOrder, orderId, refuseShort, requestHash } from "./place";
import { queueActions } from "./queue.actions";
import { pendingOf } from "./refunds";
import { returnActions } from "./return.actions";
import { Saga } from "./saga";
import { Worker } from "./worker";

/** Unpaid orders that one buyer may have at a time: holds are others' stock. */
const OPEN_ORDERS = 20;
/** Times that a change is tried again because somebody else's came first. */
const RETRIES = 20;

const OrderService: Schema<"order", Methods> = {
	name: "order",
	mixins: [
		db({
			orders: {
				lists: { keys: "lists", sort: "-createdAt" },
				indexes: [
					{ fields: ["dueAt"], sparse: true },
					{ fields: ["slot"], unique: true, sparse: true }
				]
			}
		}),
		health
	],

	actions: {
		async place(ctx) {
			const { id: buyerId } = ctx.meta.user;
			const id = orderId(buyerId, ctx.params.idempotencyKey);
			const hash = requestHash(ctx.params);
			const known = await this.orders.get(id);
			if (known) return this.answer(await resumed(this.saga, ctx, known), hash);

			const skus = merged(ctx.params.items).map(({ sku }) => sku);
			const sellables = await ctx.call("catalog.sellables", { skus });
			const order = newOrder(id, buyerId, ctx.params, sellables, Date.now());
			if (!(await this.claim(order)))
				return this.answer((await this.orders.get(id)) ?? fail("TOO_MANY_OPEN_ORDERS"), hash);

			const placed = await this.saga.attempt(ctx, order, true);
			if (placed.state === "NEW") return fail("CHECKOUT_PENDING", { retryAfter: 2 });
			if (placed.short) return refuseShort(placed.short);
			const lines = ctx.params.items;
			await ctx
				.call("cart.bought", { userId: buyerId, lines })
				.catch(err => this.logger.warn(`The cart keeps what order ${id} has taken:`, err));
			return placedView(placed);
		},

		async pay(ctx) {
			const { id, paymentToken } = ctx.params;
			let order = await this.mine(id, ctx.meta.user.id);
			order = await this.saga.attempt(ctx, order);
			if (order.state === "RESERVED") {
				const attempt = order.attempt + 1;
				order = await this.saga.to(order, "PAYING", { attempt, paymentToken });
				order = await this.saga.attempt(ctx, order);
				if (order.state === "RESERVED" && order.attempt >= attempt) fail("PAYMENT_DECLINED");
			}
			if (order.state === "PAYING") ctx.meta.$status = 202;
			else if (!order.paidAt) fail("INVALID_STATE");
			return viewOf(order);
		},

		async holders(ctx) {
			const { orderIds } = ctx.params;
			const found = await this.orders.find({ id: { $in: orderIds } }, { limit: 100 });
			return found.map(holderOf);
		},

		async cancel(ctx) {
			let order = await this.mine(ctx.params.id, ctx.meta.user.id);
			for (let i = 0; i < RETRIES; i++) {
				const { version } = (order = await this.saga.attempt(ctx, order));
				switch (statusOf(order.state)) {
					case "cancelled":
					case "refunded":
						return viewOf(order);
					case "reserved":
						order = await this.saga.to(order, "CANCELLING");
						break;
					case "paid":
						// on its way to be sold, or refunded: neither yes nor no yet
						if (order.state !== "COMPLETED" || pendingOf(order))
							return fail("CHECKOUT_PENDING", { retryAfter: 2 });
						if (!isUnshipped(order.parcels)) return fail("INVALID_STATE");
						order = await this.saga.to(order, "REFUNDING", { parcels: cancelled(order.parcels) });
						break;
					default:
						return fail("INVALID_STATE");
				}
				if (order.version === version) break;
			}
			return fail("SERVICE_UNAVAILABLE");
		},

		list(ctx) {
			const key = lists.ofBuyer(ctx.meta.user.id, ctx.params.status);
			return this.orders.list(key, ctx.params, viewOf);
		},

		async get(ctx) {
			return viewOf(await this.mine(ctx.params.id, ctx.meta.user.id));
		},

		...queueActions,
		...fulfilmentActions,
		...returnActions,

		async settle(ctx) {
			const order = await this.orders.get(ctx.params.id);
			return order && viewOf(await this.saga.attempt(ctx, order));
		},

		async bought(ctx) {
			const { userId, productId } = ctx.params;
			return (await this.orders.page(lists.bought(userId, productId), { limit: 1 })).length > 0;
		},

		async party(ctx) {
			const { id, userId } = ctx.params;
			const order = await this.orders.get(id);
			if (order?.buyerId === userId) return "buyer";
			return order?.sellerIds.includes(userId) ? "seller" : null;
		},

		async inspect(ctx) {
			const order = await sought(this.orders, ctx.params.name);
			return order && inside(order);
		},

		async facts(ctx) {
			const { after, limit } = ctx.params;
			const page = await this.orders.find({ id: { $gt: after } }, { sort: ["id"], limit });
			return page.map(factsOf);
		}
	},

	methods: {
		/** Takes one of the buyer's places for unpaid orders and the idempotency key with it; false if either is taken. */
		async claim(order) {
			const { id, buyerId } = order;
			const slots = Array.from({ length: OPEN_ORDERS }, (_, n) => `${buyerId}-${n}`);
			for (let i = 0; i < RETRIES; i++) {
				const open = await this.orders.find({ slot: { $in: slots } }, { limit: OPEN_ORDERS });
				const taken = new Set(open.map(({ slot }) => slot));
				const free = slots.filter(slot => !taken.has(slot));
				// one at random, so that two orders at once rarely want the same
				const slot = free[Math.floor(Math.random() * free.length)];
				if (!slot) return false;
				order.slot = slot;
				if (await this.orders.create(order)) {
					metrics.orders.add("NEW");
					return true;
				}
				if (await this.orders.get(id)) return false;
			}
			return fail("SERVICE_UNAVAILABLE");
		},

		/** What a repeat of the request is told. */
		answer(order, hash) {
			if (order.requestHash !== hash) fail("IDEMPOTENCY_KEY_REUSED");
			if (order.state === "NEW") fail("IDEMPOTENCY_IN_PROGRESS", { retryAfter: 1 });
			if (order.short) refuseShort(order.short, true);
			return { ...placedView(order), replayed: true };
		},

		async mine(id, buyerId) {
			const order = await this.orders.get(id);
			return order?.buyerId === buyerId ? order : fail("NOT_FOUND");
		},

		async theirs(id, sellerId) {
			const order = await this.orders.get(id);
			const known = order?.sellerIds.includes(sellerId) && statusOf(order.state) !== "pending";
			return known ? order! : fail("NOT_FOUND");
		},

		async changed(find, change) {
			for (let i = 0; i < RETRIES; i++) {
				const order = await find();
				const step = change(order, Date.now(), this.outbox.toldOf(order));
				if (!step) return order;
				const changed = await this.saga.make(step);
				if (changed) return changed;
			}
			return fail("SERVICE_UNAVAILABLE");
		}
	},

	started() {
		this.outbox = new Outbox(this.broker);
		this.saga = new Saga(this.orders, this.outbox, (...args) => this.logger.warn(...args));
		this.worker = new Worker(this.orders, this.saga, this.outbox, this.broker, this.logger);
		this.worker.start();
	},

	async stopped() {
		await this.worker.stop();
	}
};
export default OrderService;

/** An order that somebody else began: taken on only when its lease has run out. */
async function resumed(saga: Saga, ctx: Ctx<unknown>, order: OrderDocument) {
	const abandoned = order.state === "NEW" && (order.dueAt ?? 0) - LEASE / 2 < Date.now();
	return abandoned ? saga.attempt(ctx, order) : order;
}
