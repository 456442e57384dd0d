import AuthService from "../../services/auth/auth.service";
import CatalogService from "../../services/catalog/catalog.service";
import { newId } from "../../services/id";
import InventoryService from "../../services/inventory/inventory.service";
import NotificationService from "../../services/notification/notification.service";
import OpsService from "../../services/ops/ops.service";
import OrderService from "../../services/order/order.service";
import PaymentService from "../../services/payment/payment.service";
import SalesService from "../../services/sales/sales.service";
import type { Identity } from "../../services/shared/access";
import type { Sent } from "../../services/shared/contract";
import type { Order, OrderChanged } from "../../services/shared/order.contract";
import { cluster } from "../helpers/cluster";
import { ADDRESS, as, identity, shop, until } from "../helpers/shop";

/** Two replicas of the service: only the store decides. */
const { broker } = cluster(
	[OrderService, OpsService],
	[OrderService, InventoryService, PaymentService, SalesService, NotificationService],
	[AuthService, CatalogService]
);
const { product, place, pay, cancel, get, verify } = shop(broker);
const heard: OrderChanged[] = [];
beforeAll(() => {
	broker.createService({
		name: "ear",
		events: {
			"order.changed": { handler: ctx => void heard.push(ctx.params as OrderChanged) }
		}
	});
});
const one = (sku: string, quantity = 1) => [{ sku, quantity }];
const code = (promise: Promise<unknown>) =>
	promise.then(
		() => "done",
		(err: { type: string }) => err.type
	);
const statuses = ({ parcels }: Order) =>
	parcels.map(({ status, lines }) => [status, lines.map(({ quantity }) => quantity)]);
const charged = async (id: string) => {
	const [ledger] = await broker.call("payment.ledger", { orderIds: [id] });
	return ledger!.captured - ledger!.refunded;
};

/** An order that is sold: of mine `quantity`, one of another seller's. */
async function sold(quantity: number, { price = 1000, express = false } = {}) {
	const buyer = identity("buyer");
	const [mine, other] = [await product(10, { price }), await product(10, { price: 700 })];
	const placed = await broker.call(
		"order.place",
		{
			idempotencyKey: newId(),
			items: [...one(mine.sku, quantity), ...one(other.sku)],
			shippingAddress: ADDRESS,
			...(express && { shippingMethod: "express" as const })
		},
		as(buyer)
	);
	await pay(buyer, placed.id);
	const { id } = placed;
	await until(
		() => broker.call("order.inspect", { name: id }),
		order => order?.state === "COMPLETED"
	);
	const by =
		(seller: Identity) =>
		(wish: Partial<Sent<"order.refund">> = {}) =>
			broker.call(
				"order.refund",
				{ id, lines: one(mine.sku), reason: "Broken", restock: true, ...wish },
				as(seller)
			);
	return {
		...{ id, buyer, mine, other, placed },
		refund: by(mine.seller),
		refundBy: by,
		ship: (lines?: { sku: string; quantity: number }[]) =>
			broker.call("order.ship", { id, ...(lines && { lines }) }, as(mine.seller)),
		sendBack: (wish: Partial<Sent<"order.sendBack">> = {}, who = buyer) =>
			broker.call(
				"order.sendBack",
				{ id, lines: one(mine.sku), reason: "Too small", ...wish },
				as(who)
			)
	};
}

describe("a refund in part", () => {
	it("cancels what wasn't shipped: money and stock are back, other parcels as they were", async () => {
		const { id, buyer, mine, other, refund, placed } = await sold(3);
		const order = await refund({ lines: one(mine.sku, 2), of: "unshipped" });
		expect(order.refunds).toMatchObject([
			{ amount: 2000, shipping: 0, restock: true, status: "done", reason: "Broken" }
		]);
		expect(statuses(order)).toEqual([
			["unfulfilled", [1]],
			["cancelled", [2]]
		]);
		expect(await charged(id)).toBe(placed.total - 2000);
		expect(await mine.stock()).toMatchObject({ available: 9, sold: 3 });
		expect(await other.stock()).toMatchObject({ available: 9, sold: 1 });

		const whole = await get(buyer, id);
		expect(whole.status).toBe("paid");
		expect(whole.timeline.at(-1)).toMatchObject({
			type: "partly_refunded",
			amount: 2000,
			note: "Broken",
			sellerId: mine.seller.id
		});
		const theirs = await broker.call("order.incomingOne", { id }, as(other.seller));
		expect(theirs).toMatchObject({ refunds: [], parcels: [{ status: "unfulfilled" }] });
		expect(JSON.stringify(theirs)).not.toContain(mine.seller.id);
		const ship = () => broker.call("order.ship", { id, lines: one(mine.sku, 2) }, as(mine.seller));
		expect(await code(ship())).toBe("VALIDATION_FAILED");
	});

	it("tells its keepers and listeners what was given back", async () => {
		const { id, buyer, mine, refund } = await sold(2);
		await refund({ restock: false });
		const [step] = await until(
			() => heard.filter(event => event.id === id && event.type === "partly_refunded"),
			found => found.length > 0
		);
		expect(step).toMatchObject({
			sellerId: mine.seller.id,
			given: 1000,
			refund: {
				sellerId: mine.seller.id,
				lines: [{ sku: mine.sku, productId: mine.product.id, quantity: 1, amount: 1000 }],
				amount: 1000,
				shipping: 0,
				restock: false
			}
		});
		const { items } = await until(
			() => broker.call("notification.list", {}, as(buyer)),
			({ items }) => items.some(({ kind }) => kind === "order.refunded")
		);
		expect(items.find(({ kind }) => kind === "order.refunded")!.body).toMatch(/€10\.00 back/);
	});

	it("leaves with the buyer what doesn't come back, and takes back what does", async () => {
		const { mine, ship, refund } = await sold(3);
		await ship();
		const kept = await refund({ restock: false });
		expect(statuses(kept)).toEqual([["shipped", [3]]]);
		const back = await refund({ restock: true, lines: one(mine.sku, 2), of: "shipped" });
		expect(statuses(back)).toEqual([
			["shipped", [1]],
			["returned", [2]]
		]);
		expect(await mine.stock()).toMatchObject({ available: 9, sold: 3 });
		expect(await code(refund())).toBe("VALIDATION_FAILED");
	});

	it("never cancels what was shipped, or more than was bought, or another's", async () => {
		const { mine, other, ship, refund, refundBy } = await sold(3);
		await ship(one(mine.sku, 2));
		for (const wish of [
			{ of: "unshipped" as const, lines: one(mine.sku, 2) },
			{ of: "shipped" as const, lines: one(mine.sku, 3) },
			{ lines: one(mine.sku, 4) },
			{ lines: one(other.sku) },
			{ lines: one("sku-unheard-of") },
			{ lines: [...one(mine.sku), ...one(mine.sku)] }
		])
			expect(await code(refund(wish))).toBe("VALIDATION_FAILED");
		expect(await code(refundBy(identity("seller"))())).toBe("NOT_FOUND");
		expect(await code(refundBy(other.seller)())).toBe("VALIDATION_FAILED");
		expect(statuses(await refund({ lines: one(mine.sku, 3) }))).toEqual([
			["returned", [2]],
			["cancelled", [1]]
		]);
	});

	it("happens once by its name, however often and by how many it is asked for", async () => {
		const { id, mine, refund, placed } = await sold(5);
		const operationId = newId();
		const answers = await Promise.all(Array.from({ length: 12 }, () => refund({ operationId })));
		expect(new Set(answers.map(({ refunds }) => refunds[0]!.id)).size).toBe(1);
		expect(await code(refund({ operationId, restock: false }))).toBe("IDEMPOTENCY_KEY_REUSED");
		await until(
			() => charged(id),
			net => net === placed.total - 1000
		);
		expect(await mine.stock()).toMatchObject({ available: 6 });
	});

	it("gives no unit back twice when many want to at once", async () => {
		const { id, mine, refund, placed } = await sold(4);
		const answers = await Promise.all(Array.from({ length: 12 }, () => code(refund())));
		expect(answers.filter(answer => answer === "done")).toHaveLength(4);
		expect(answers.filter(answer => answer === "VALIDATION_FAILED")).toHaveLength(8);
		await until(
			() => charged(id),
			net => net === placed.total - 4000
		);
		await until(mine.stock, ({ available }) => available === 10);
	});

	it("and a cancelled whole never add up to more than was paid", async () => {
		const orders = await Promise.all(Array.from({ length: 8 }, () => sold(2)));
		await Promise.all(
			orders.flatMap(({ id, buyer, refund }) => [code(refund()), code(cancel(buyer, id))])
		);
		for (const { id, buyer, mine, other } of orders) {
			await until(
				() => code(cancel(buyer, id)),
				answer => answer === "done"
			);
			expect(await charged(id)).toBe(0);
			expect(await get(buyer, id)).toMatchObject({ status: "refunded" });
			expect(await mine.stock()).toMatchObject({ available: 10 });
			expect(await other.stock()).toMatchObject({ available: 10 });
		}
	});

	it("gives the shipping back with the last unit of an order of which nothing was sent, and ends it", async () => {
		const { id, buyer, mine, other, refund, refundBy } = await sold(1, { express: true });
		expect((await refund()).refunds).toMatchObject([{ amount: 1000, shipping: 0 }]);
		const last = await refundBy(other.seller)({ lines: one(other.sku) });
		expect(last).toMatchObject({ status: "refunded", refunds: [{ amount: 700, shipping: 790 }] });
		expect(await charged(id)).toBe(0);
		const whole = await get(buyer, id);
		expect(whole.status).toBe("refunded");
		// its steps end as it did; what was given back is said, and told, once
		expect(whole.timeline.slice(-3)).toMatchObject([
			{ type: "partly_refunded", amount: 1000 },
			{ type: "partly_refunded", amount: 1490 },
			{ type: "refunded" }
		]);
		expect(whole.timeline.at(-1)).toEqual({ type: "refunded", at: whole.timeline.at(-2)!.at });
		const steps = await until(
			() => heard.filter(event => event.id === id && event.given !== undefined),
			found => found.length > 1
		);
		expect(steps.map(({ type, given, status }) => [type, given, status])).toEqual([
			["partly_refunded", 1000, "paid"],
			["partly_refunded", 1490, "refunded"]
		]);
		expect(await mine.stock()).toMatchObject({ available: 10 });
		expect(await code(refund())).toBe("INVALID_STATE");
	});

	it("tells of a whole refund only what was left", async () => {
		const { id, buyer, refund } = await sold(3);
		await refund();
		await cancel(buyer, id);
		const [step] = await until(
			() => heard.filter(event => event.id === id && event.type === "refunded"),
			found => found.length > 0
		);
		expect(step!.given).toBe(2700);
		// at that time its units were sold, and were not after all
		const { timeline } = await get(buyer, id);
		const paid = timeline.find(({ type }) => type === "paid")!;
		expect(step!.paidAt! >= step!.reservedAt! && step!.paidAt! <= paid.at).toBe(true);
		expect(step!.items.map(({ quantity, lineTotal }) => [quantity, lineTotal])).toEqual([
			[2, 2000],
			[1, 700]
		]);
	});

	it("is refused before anything is sold", async () => {
		const buyer = identity("buyer");
		const { sku, seller } = await product(3);
		const { id } = await place(buyer, one(sku));
		const asked = { id, lines: one(sku), reason: "No", restock: true };
		expect(await code(broker.call("order.refund", asked, as(seller)))).toBe("INVALID_STATE");
	});
});

describe("a return", () => {
	it("goes from the wish over the parcel to the money", async () => {
		const { id, buyer, mine, other, placed, ship, sendBack } = await sold(3);
		expect(await code(sendBack())).toBe("VALIDATION_FAILED");
		await ship();
		const asked = await sendBack({ lines: one(mine.sku, 2), operationId: "return-0001" });
		const again = await sendBack({ lines: one(mine.sku, 2), operationId: "return-0001" });
		expect(again.returns).toEqual(asked.returns);
		expect(await code(sendBack({ lines: one(mine.sku, 2) }))).toBe("VALIDATION_FAILED");
		const { id: returnId } = asked.returns[0]!;

		const returning = async (seller: Identity) =>
			(await broker.call("order.incoming", { fulfilment: "returning" }, as(seller))).total;
		expect(await returning(mine.seller)).toBe(1);
		expect(await returning(other.seller)).toBe(0);
		const { items } = await until(
			() => broker.call("notification.list", {}, as(mine.seller)),
			({ items }) => items.some(({ kind }) => kind === "sale.return")
		);
		expect(items[0]!.body).toMatch(/2 × /);

		const approve = { id, returnId, note: "Use the label" };
		await broker.call("order.approveReturn", approve, as(mine.seller));
		const receive = { id, returnId, lines: one(mine.sku), restock: false };
		const got = await broker.call("order.receiveReturn", receive, as(mine.seller));
		const twice = await broker.call("order.receiveReturn", receive, as(mine.seller));
		expect(twice.refunds).toEqual(got.refunds);
		const others = [{ lines: one(mine.sku, 2) }, { restock: true }, { note: "Scratched" }];
		for (const other of others) {
			const differently = { ...receive, ...other };
			const answer = broker.call("order.receiveReturn", differently, as(mine.seller));
			expect(await code(answer)).toBe("INVALID_STATE");
		}
		expect(got).toMatchObject({
			returns: [{ status: "received", note: "Use the label" }],
			refunds: [{ amount: 1000, returnId, restock: false, status: "done" }]
		});
		expect(statuses(got)).toEqual([
			["shipped", [2]],
			["returned", [1]]
		]);
		expect(await charged(id)).toBe(placed.total - 1000);
		expect(await mine.stock()).toMatchObject({ available: 7 });
		expect(await returning(mine.seller)).toBe(0);
		expect((await get(buyer, id)).timeline.map(({ type }) => type).slice(-4)).toEqual([
			"return_requested",
			"return_approved",
			"return_received",
			"partly_refunded"
		]);
		expect(await code(broker.call("order.approveReturn", approve, as(mine.seller)))).toBe(
			"INVALID_STATE"
		);
	});

	it("is declined with a word, and can be asked for again", async () => {
		const { id, mine, ship, sendBack, placed } = await sold(1);
		await ship();
		const { id: returnId } = (await sendBack()).returns[0]!;
		const decline = { id, returnId, note: "It was worn" };
		const { returns } = await broker.call("order.declineReturn", decline, as(mine.seller));
		expect(returns).toMatchObject([{ status: "declined", note: "It was worn" }]);
		expect(await charged(id)).toBe(placed.total);
		expect((await sendBack()).returns).toHaveLength(2);
	});

	it("of two sellers' goods is one for each, who see only their own", async () => {
		const { id, mine, other, ship, sendBack } = await sold(1);
		await ship();
		await broker.call("order.ship", { id }, as(other.seller));
		const { returns } = await sendBack({ lines: [...one(mine.sku), ...one(other.sku)] });
		expect(returns.map(({ sellerId }) => sellerId)).toEqual([mine.seller.id, other.seller.id]);
		const seen = await broker.call("order.incomingOne", { id }, as(mine.seller));
		expect(seen.returns).toMatchObject([{ sellerId: mine.seller.id }]);
		expect(JSON.stringify(seen)).not.toContain(other.seller.id);
		const foreign = { id, returnId: returns[1]!.id, note: "Mine?", restock: true };
		const { restock: _, ...decision } = foreign;
		const { note: _n, ...receipt } = foreign;
		expect(await code(broker.call("order.approveReturn", decision, as(mine.seller)))).toBe(
			"NOT_FOUND"
		);
		expect(await code(broker.call("order.declineReturn", decision, as(mine.seller)))).toBe(
			"NOT_FOUND"
		);
		expect(await code(broker.call("order.receiveReturn", receipt, as(mine.seller)))).toBe(
			"NOT_FOUND"
		);
		expect(await code(sendBack({}, identity("buyer")))).toBe("NOT_FOUND");
		expect(await code(sendBack({ lines: one("sku-unheard-of") }))).toBe("VALIDATION_FAILED");
	});
});

describe("a seller's queue", () => {
	it("knows how far each order is, and moves it as it gets on", async () => {
		const { id, mine, ship, refund } = await sold(3);
		const where = async () => {
			const counts = await broker.call("order.queue", {}, as(mine.seller));
			const filled = Object.entries(counts).filter(([, count]) => count > 0);
			for (const [fulfilment] of filled) {
				const asked = { fulfilment: fulfilment as keyof typeof counts };
				const { items } = await broker.call("order.incoming", asked, as(mine.seller));
				expect(items.map(order => order.id)).toEqual([id]);
			}
			return filled.map(([fulfilment]) => fulfilment);
		};
		expect(await where()).toEqual(["unfulfilled"]);
		await ship(one(mine.sku));
		expect(await where()).toEqual(["partly"]);
		await refund({ lines: one(mine.sku), of: "unshipped" });
		await ship();
		expect(await where()).toEqual(["shipped"]);
		await broker.call("order.deliver", { id }, as(mine.seller));
		expect(await where()).toEqual(["delivered"]);
		await refund({ lines: one(mine.sku, 2), of: "shipped" });
		expect(await where()).toEqual(["returned"]);
	});

	it("finds orders by number, name, SKU and tracking number, each seller the own ones", async () => {
		const { id, mine, other, placed } = await sold(1);
		const shipment = { id, carrier: "DHL", tracking: "JD 0146-É" };
		await broker.call("order.ship", shipment, as(mine.seller));
		const found = async (q: string, seller = mine.seller) =>
			(await broker.call("order.incoming", { q }, as(seller))).items.map(order => order.id);
		for (const q of [
			placed.number,
			placed.number.toLowerCase().slice(0, 8),
			"ada  example",
			"EXAMPLE",
			mine.sku,
			"jd 0146-e"
		])
			expect([q, await found(q)]).toEqual([q, [id]]);
		for (const q of [other.sku, "CM-00", "bremen", "%", ".*"])
			expect([q, await found(q)]).toEqual([q, []]);
		expect(await found("JD 0146-É", other.seller)).toEqual([]);
		expect(await found(placed.number, identity("seller"))).toEqual([]);
		const both = { q: mine.sku, fulfilment: "shipped" as const };
		expect(await code(broker.call("order.incoming", both, as(mine.seller)))).toBe(
			"VALIDATION_FAILED"
		);
	});

	it("is walked from page to page without a gap, within a span of time", async () => {
		const { sku, seller } = await product(20);
		const orders: Order[] = [];
		for (let n = 0; n < 7; n++) {
			const buyer = identity("buyer");
			orders.unshift(await place(buyer, one(sku)));
			await pay(buyer, orders[0]!.id);
		}
		const walk = async (asked: Sent<"order.incoming">) => {
			const seen: string[] = [];
			const totals = new Set<number>();
			for (let after: string | undefined, pages = 0; pages < 10; pages++) {
				const page = await broker.call(
					"order.incoming",
					{ pageSize: 3, ...asked, ...(after && { after }) },
					as(seller)
				);
				seen.push(...page.items.map(({ id }) => id));
				totals.add(page.total);
				after = page.next;
				if (!after) return { seen, totals: [...totals] };
			}
			throw new Error("A list without an end");
		};
		const ids = orders.map(({ id }) => id);
		expect(await walk({})).toEqual({ seen: ids, totals: [7] });
		const [to, from] = [orders[1]!.createdAt, orders[5]!.createdAt];
		const within = orders.filter(({ createdAt }) => createdAt >= from && createdAt < to);
		expect(await walk({ from, to, fulfilment: "unfulfilled" })).toEqual({
			seen: within.map(({ id }) => id),
			totals: [within.length]
		});
	});
});

it.each([
	["order.refund", { lines: one("sku-1"), reason: "No", restock: true }],
	["order.ship", {}],
	["order.approveReturn", { returnId: "breturn00" }],
	["order.declineReturn", { returnId: "breturn00", note: "No" }],
	["order.receiveReturn", { returnId: "breturn00", restock: true }],
	["order.incomingOne", {}]
] as const)("%s is for sellers, and for the one whose order it is", async (action, more) => {
	const { id, buyer } = await sold(1);
	const ask = (user?: Identity) =>
		code(broker.call(action, { id, ...more } as never, { meta: { user: user ?? null } }));
	expect(await ask(identity("seller"))).toBe("NOT_FOUND");
	expect(await ask(identity("admin"))).toMatch(/NOT_FOUND|FORBIDDEN/);
	expect(await ask(buyer)).toMatch(/NOT_FOUND|FORBIDDEN/);
	expect(await ask()).toBe("UNAUTHORIZED");
});

it("has kept every invariant through all this", async () => {
	const verdict = await until(verify, ({ ok }) => ok).catch(verify);
	expect(verdict).toMatchObject({ ok: true, findings: [] });
});
