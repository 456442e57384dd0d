import { setImmediate as turn } from "node:timers/promises";
import { db } from "../../mixins/db.mixin";
import { health } from "../../mixins/health.mixin";
import { fail } from "../errors";
import { newId } from "../id";
import { metrics } from "../metrics";
import type { OrderLine } from "../shared/stock";
import type { Schema } from "../typed";
import { adjustOne, type Outcome } from "./adjust-many";
import { alertOf, Alerts } from "./alerts";
import { markHolding } from "./holding";
import { inside } from "./inspect";
import type { Methods } from "./inventory.methods";
import { noteOutage, retellOutages } from "./outages";
import { Ledger } from "./ledger";
import { sellerActions } from "./seller.actions";
import * as update from "./stock-update";
import { retitle } from "./titles";
import { Thresholds } from "./thresholds";
import { findingsOf } from "./verify";

const RETELL_EVERY = 15_000;
/** SKUs of one batch that are written side by side; others' requests come between two such lots. */
const AT_ONCE = 10;

/** In the order of their SKUs: of two orders for the same SKUs one gets the first and so all, not each a half. */
const bySku = (lines: OrderLine[]) => lines.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
const each = (lines: OrderLine[], work: (line: OrderLine) => Promise<unknown>) =>
	Promise.all(lines.map(work));

/** What is for sale is different now. */
async function review(this: Methods, ctx: { params: { id: string } }) {
	await this.alerts.reviewOf([ctx.params.id]);
}

const InventoryService: Schema<"inventory", Methods> = {
	name: "inventory",
	mixins: [
		db({
			stock: {
				lists: { keys: "alertOf", sort: "available" },
				indexes: [
					{ fields: ["productId"] },
					{ fields: ["untold"], sparse: true },
					{ fields: ["outsDue"], sparse: true },
					{ fields: ["unledgered"], sparse: true },
					{ fields: ["holding"], sparse: true },
					{ fields: ["follows"], sparse: true }
				]
			},
			stockSettings: { indexes: [{ fields: ["dueAt"], sparse: true }] },
			movements: { indexes: [{ fields: ["place"], unique: true }] }
		}),
		health
	],

	actions: {
		async open(ctx) {
			const { productId, sellerId, title, items } = ctx.params;
			const opened = [];
			const usual = await this.thresholds.of(sellerId);
			const following = items.flatMap(({ sku, threshold }) => (threshold === undefined ? sku : []));
			for (const { sku, stock, threshold: own } of items) {
				const follows = own === undefined;
				const threshold = own ?? usual.threshold;
				const opening = { productId, sellerId, title, stock, threshold, follows };
				const { document: made, key } = update.opened(sku, opening, Date.now());
				if (await this.stock.create(made)) {
					await this.ledger.record(made, key);
					this.announce(made);
				}
				const document = (await this.stock.get(sku))!;
				if (document.productId !== productId)
					fail("SKU_TAKEN", { errors: [{ path: sku, code: "SKU_TAKEN", message: "In use" }] });
				opened.push(document);
			}
			await this.thresholds.renew(following, usual);
			return opened.map(update.publicView);
		},

		async retitle(ctx) {
			await retitle(this.stock, ctx.params);
			return null;
		},

		async reserve(ctx) {
			const { orderId, lines, notAfter } = ctx.params;
			if (Date.now() > notAfter) return { outcome: "LATE", short: [] };
			const short: { sku: string; available: number }[] = [];
			for (const { sku, quantity } of bySku(lines)) {
				// once something is short, the rest is only looked at: what is held would be in others' way
				if (!short.length && (await this.apply(update.reserve(sku, orderId, quantity, Date.now()))))
					continue;
				const stock = await this.stock.get(sku);
				if (stock?.closed[orderId]) return { outcome: "CLOSED", short: [] };
				const available = stock?.available ?? 0;
				const held = stock?.held[orderId] !== undefined;
				if (!held && (!short.length || available < quantity)) short.push({ sku, available });
			}
			return { outcome: short.length ? "OUT_OF_STOCK" : "HELD", short };
		},

		async commit(ctx) {
			const { orderId, lines } = ctx.params;
			const missing: string[] = [];
			await each(lines, async ({ sku, quantity }) => {
				const sale = update.commit(sku, orderId, quantity, Date.now());
				if (await this.apply(sale)) return;
				const stock = await this.stock.get(sku);
				if (stock?.closed[orderId]?.as === "SOLD") return;
				// the document forgets a sale after a while, and its order may come back for it even later
				if (!stock || !(await this.ledger.knows(stock, sale.key))) missing.push(sku);
			});
			return { sold: missing.length === 0, missing };
		},

		async release(ctx) {
			const { orderId, lines } = ctx.params;
			await each(lines, async ({ sku, quantity }) => {
				if (await this.apply(update.release(sku, orderId, quantity, Date.now()))) return;
				const { query, update: tombstone } = update.fence(sku, orderId, Date.now());
				await this.stock.change(query, tombstone);
			});
			return null;
		},

		async takeBack(ctx) {
			const { operationId, lines } = ctx.params;
			await each(lines, async ({ sku, quantity }) => {
				const back = update.takeBack(sku, operationId, quantity, Date.now());
				const stock = await this.stock.get(sku);
				// the document forgets an operation after a day, and its order may come back for it even later
				if (stock && !(await this.ledger.knows(stock, back.key))) await this.apply(back);
			});
			return null;
		},

		async stock(ctx) {
			const { skus, productIds } = ctx.params;
			const found = await Promise.all([
				skus.length ? this.stock.find({ id: { $in: skus } }, { limit: skus.length }) : [],
				productIds.length
					? this.stock.find({ productId: { $in: productIds } }, { limit: 10_000 })
					: []
			]);
			const unique = new Map(found.flat().map(stock => [stock.id, stock]));
			return [...unique.values()].map(update.viewOf);
		},

		async all(ctx) {
			const { after, limit } = ctx.params;
			const page = await this.stock.find({ id: { $gt: after } }, { sort: ["id"], limit });
			return page.map(update.viewOf);
		},

		async adjust(ctx) {
			const { sku, delta, reason, note, operationId = newId() } = ctx.params;
			const { id: sellerId } = ctx.meta.user;
			const why = note ? `${reason}: ${note}` : reason;
			const done = await this.apply(
				update.adjust(sku, sellerId, delta, operationId, Date.now(), why)
			);
			if (done) return update.viewOf(done);
			const stock = await this.owned(sku, sellerId);
			if (stock.operations[operationId] !== undefined) {
				const known = await this.ledger.adjustmentOf(stock, operationId);
				const isSame = known?.delta === delta && known.reason === why;
				return isSame ? update.viewOf(stock) : fail("IDEMPOTENCY_KEY_REUSED");
			}
			return fail("OUT_OF_STOCK", {
				errors: [
					{ path: sku, code: "OUT_OF_STOCK", message: `Only ${stock.available} can be taken away` }
				]
			});
		},

		async adjustMany(ctx) {
			const { items, ...by } = ctx.params;
			const done: Outcome[] = [];
			for (let i = 0; i < items.length; i += AT_ONCE) {
				const lot = items.slice(i, i + AT_ONCE);
				done.push(...(await Promise.all(lot.map(item => adjustOne(this, by, item)))));
				await turn();
			}
			return done;
		},

		...sellerActions,

		async movements(ctx) {
			const { sku, page, pageSize } = ctx.params;
			const stock = await this.owned(sku, ctx.meta.user.id);
			const { version } = stock;
			const newest = version - (page - 1) * pageSize;
			let found = await this.ledger.page(sku, newest, pageSize);
			if (found.length < Math.min(pageSize, newest)) {
				// a movement is in the document first, and a crash may have left it there
				await this.ledger.settle(stock);
				found = await this.ledger.page(sku, newest, pageSize);
			}
			const items = found.map(({ id: _id, place: _place, ...movement }) => movement);
			return { items, page, pageSize, total: version };
		},

		async alerts(ctx) {
			const page = () => this.stock.list(ctx.meta.user.id, ctx.params, alertOf);
			const found = await page();
			return (await this.alerts.endStale(found.items)) ? page() : found;
		},

		async holds(ctx) {
			const { after, limit, heldOnly } = ctx.params;
			const by = heldOnly ? "holding" : "id";
			const page = await this.stock.find({ [by]: { $gt: after } }, { sort: [by], limit });
			return page.map(({ id: sku, sold, returned, held }) => ({
				sku,
				sold,
				returned,
				held: Object.entries(held).map(([orderId, quantity]) => ({ orderId, quantity }))
			}));
		},

		async inspect(ctx) {
			const stock = await this.stock.get(ctx.params.sku);
			return stock && inside(stock, await this.ledger.page(stock.id, stock.version, 10));
		},

		async verify() {
			let checked = 0;
			const findings = [];
			for (let after = "", page; ; after = page.at(-1)!.id) {
				page = await this.stock.find({ id: { $gt: after } }, { sort: ["id"], limit: 500 });
				if (!page.length) return { checked, findings: findings.slice(0, 1000) };
				for (const stock of page) findings.push(...(await findingsOf(stock, this.ledger)));
				checked += page.length;
			}
		}
	},

	events: {
		"product.created": review,
		"product.updated": review,
		"product.archived": review,
		async "products.changed"(ctx) {
			const ids = ctx.params.items.map(({ id }) => id);
			await this.alerts.reviewOf(ids);
		}
	},

	methods: {
		async apply({ query, update: changes, key }) {
			const sku = (query as { id: string }).id;
			const forget = this.ledger.forget(sku, changes.$set);
			const gone = Object.fromEntries(forget.map(path => [path, true as const]));
			const stock = await this.stock.change(query, {
				...changes,
				$unset: { ...changes.$unset, ...gone }
			});
			metrics.stockOperations.add(update.kindOf(key), stock ? "done" : "no match");
			if (!stock) {
				this.ledger.mayForget(sku, forget);
				return null;
			}
			await this.ledger.record(stock, key);
			this.announce(stock);
			await Promise.all([this.alerts.raise(stock), noteOutage(this.stock, this.broker, stock)]);
			return stock;
		},

		async owned(sku, sellerId) {
			const stock = await this.stock.get(sku);
			return stock?.sellerId === sellerId ? stock : fail("NOT_FOUND");
		},

		announce(stock) {
			const { threshold } = stock;
			void this.broker.emit("stock.changed", { ...update.publicView(stock), threshold });
		},

		inBackground(work, what) {
			work.catch(err => this.logger.warn(what, err));
		}
	},

	async started() {
		this.alerts = new Alerts(this.stock, this.broker);
		this.ledger = new Ledger(
			this.stock,
			this.movements,
			err => this.logger.warn("ledger", err),
			// what a crash has kept whoever changed it from seeing
			stock => noteOutage(this.stock, this.broker, stock)
		);
		this.ledger.start();
		this.inBackground(markHolding(this.stock), "holding");
		this.thresholds = new Thresholds(this.stockSettings, this.stock, async stock => {
			await this.alerts.raise(stock);
			this.announce(stock);
		});
		this.telling = setInterval(() => {
			this.inBackground(this.alerts.retell(), "alerts");
			this.inBackground(this.thresholds.sweep(), "thresholds");
			this.inBackground(retellOutages(this.stock, this.broker), "outages");
		}, RETELL_EVERY);
	},

	async stopped() {
		clearInterval(this.telling);
		await this.ledger.stop();
	}
};
export default InventoryService;
