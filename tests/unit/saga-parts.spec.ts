import * as fc from "fast-check";
import { codeOf } from "../../services/errors";
import { amend, move, stepOf, LEASE } from "../../services/order/drive";
import { placedView, sellerView, type OrderDocument } from "../../services/order/order-document";
import { cancelled, deliver, isUnshipped, ship } from "../../services/order/parcels";
import { merged, newOrder } from "../../services/order/place";
import type { Sellable } from "../../services/shared/catalog.contract";
import { split } from "../../services/shared/money";
import { MOVES, TRANSIENT, type SagaState } from "../../services/shared/order-status";
import { MemoryStore } from "../helpers/saga-memory";
import { ADDRESS } from "../helpers/shop";

const AT = "2030-01-01T00:00:00.000Z";
const NOW = Date.parse(AT);
const refusal = (work: () => unknown) => {
	try {
		work();
		return "done";
	} catch (err) {
		return codeOf(err);
	}
};
const sellable = (sku: string, changes: Partial<Sellable> = {}): Sellable => ({
	sku,
	productId: `product0${sku}`,
	slug: sku,
	title: sku,
	options: {},
	image: null,
	unitPrice: 250,
	sellerId: sku.startsWith("b") ? "sellerb0" : "sellera0",
	shopName: "Shop",
	status: "published",
	...changes
});
const sellables = ["a1", "a2", "b1"].map(sku => sellable(sku));
type Wish = Parameters<typeof newOrder>[2];
const wish = (changes: Partial<Wish> = {}): Wish => ({
	idempotencyKey: "key",
	items: [
		{ sku: "a1", quantity: 2 },
		{ sku: "b1", quantity: 1 },
		{ sku: "a2", quantity: 3 }
	],
	shippingAddress: ADDRESS,
	...changes
});
const order = (changes: Partial<Wish> = {}) =>
	newOrder("o1", "ubuyer00", wish(changes), sellables, NOW);
const units = (parcels: OrderDocument["parcels"]) => {
	const sums: Record<string, number> = {};
	for (const { lines } of parcels)
		for (const { sku, quantity } of lines) sums[sku] = (sums[sku] ?? 0) + quantity;
	return sums;
};

describe("money", () => {
	it("adds up again, however it is split, and gives nobody a cent too much", () => {
		const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 });
		fc.assert(
			fc.property(fc.nat(1_000_000_000), weights, (cents, shares) => {
				const parts = split(cents, shares);
				expect(parts.reduce((a, b) => a + b, 0)).toBe(cents);
				const sum = shares.reduce((a, b) => a + b, 0);
				parts.forEach((part, i) => {
					expect(Number.isSafeInteger(part) && part >= 0).toBe(true);
					if (sum) expect(Math.abs(part - (cents * shares[i]!) / sum)).toBeLessThan(1 + 1e-6);
				});
			})
		);
	});
	it.each([
		[100, [1, 1, 1], [34, 33, 33]],
		[5, [0, 3, 0], [0, 5, 0]],
		[7, [0, 0], [7, 0]],
		[0, [2, 1], [0, 0]]
	])("splits %i by %j into %j", (cents, weights, parts) =>
		expect(split(cents, weights)).toEqual(parts)
	);
});

describe("a new order", () => {
	it("makes one line of lines of one SKU, in the order of their first", () => {
		const lines = [
			{ sku: "b", quantity: 1 },
			{ sku: "a", quantity: 2 },
			{ sku: "b", quantity: 3 }
		];
		expect(merged(lines)).toEqual([
			{ sku: "b", quantity: 4 },
			{ sku: "a", quantity: 2 }
		]);
	});
	it("counts to 999 of a SKU, however they are written", () => {
		const twice = (quantity: number) => [
			{ sku: "a", quantity: 500 },
			{ sku: "a", quantity }
		];
		expect(merged(twice(499))).toEqual([{ sku: "a", quantity: 999 }]);
		expect(refusal(() => merged(twice(500)))).toBe("VALIDATION_FAILED");
	});
	it("costs what its lines and its shipping cost", () => {
		expect(order()).toMatchObject({
			subtotal: 1500,
			shipping: 0,
			discount: 0,
			tax: 0,
			total: 1500
		});
		expect(order({ shippingMethod: "express" })).toMatchObject({ shipping: 790, total: 2290 });
		expect(order().items.map(({ lineTotal }) => lineTotal)).toEqual([500, 250, 750]);
	});
	it("has a parcel a seller, with all that was bought", () => {
		const { parcels, sellerIds } = order();
		expect(parcels.map(({ id, sellerId }) => [id, sellerId])).toEqual([
			["p0000001", "sellera0"],
			["p0000002", "sellerb0"]
		]);
		expect(sellerIds).toEqual(["sellera0", "sellerb0"]);
		expect(units(parcels)).toEqual({ a1: 2, a2: 3, b1: 1 });
	});
	it.each<[string, Partial<Wish>, string]>([
		["a SKU that isn't there", { items: [{ sku: "x", quantity: 1 }] }, "VALIDATION_FAILED"],
		["a coupon that isn't there", { couponCode: "FREE" }, "VALIDATION_FAILED"],
		["another price", { expectedTotal: 1 }, "PRICE_CHANGED"]
	])("refuses %s", (_what, changes, code) => expect(refusal(() => order(changes))).toBe(code));
	it("refuses what isn't for sale any more, and more than an order can be worth", () => {
		const placed = (changes: Partial<Sellable>, quantity: number) => () =>
			newOrder(
				"o1",
				"u",
				wish({ items: [{ sku: "a1", quantity }] }),
				[sellable("a1", changes)],
				NOW
			);
		expect(refusal(placed({ status: "archived" }, 1))).toBe("OUT_OF_STOCK");
		expect(refusal(placed({ unitPrice: 10_000_000 }, 100))).toBe("done");
		expect(refusal(placed({ unitPrice: 10_000_001 }, 100))).toBe("VALIDATION_FAILED");
	});
});

describe("parcels", () => {
	const { parcels } = order();
	it("are what was bought, whatever goes out when", () => {
		const going = fc.record({
			sellerId: fc.constantFrom("sellera0", "sellerb0", "sellerc0"),
			lines: fc.option(
				fc.array(
					fc.record({
						sku: fc.constantFrom("a1", "a2", "b1"),
						quantity: fc.integer({ min: 1, max: 3 })
					}),
					{ minLength: 1, maxLength: 3 }
				),
				{ nil: undefined }
			),
			arrives: fc.boolean()
		});
		fc.assert(
			fc.property(fc.array(going, { maxLength: 8 }), shipments => {
				let now = parcels;
				for (const { sellerId, lines, arrives } of shipments) {
					const others = now.filter(parcel => parcel.sellerId !== sellerId);
					try {
						now = ship(now, sellerId, { lines }, AT);
						if (arrives) now = deliver(now, sellerId, AT);
					} catch (err) {
						expect(["INVALID_STATE", "VALIDATION_FAILED"]).toContain(codeOf(err));
					}
					expect(units(now)).toEqual({ a1: 2, a2: 3, b1: 1 });
					expect(new Set(now.map(({ id }) => id)).size).toBe(now.length);
					expect(now.filter(parcel => parcel.sellerId !== sellerId)).toEqual(others);
				}
			})
		);
	});
	it("go out in parts, and what stays behind is a parcel of its own", () => {
		const [first, second, third] = ship(
			parcels,
			"sellera0",
			{ lines: [{ sku: "a2", quantity: 1 }], carrier: "DHL" },
			AT
		);
		expect(first).toMatchObject({
			id: "p0000001",
			status: "shipped",
			carrier: "DHL",
			shippedAt: AT
		});
		expect(second).toEqual(parcels[1]);
		expect(third).toMatchObject({
			id: "p0000003",
			status: "unfulfilled",
			lines: [
				{ sku: "a1", quantity: 2 },
				{ sku: "a2", quantity: 2 }
			]
		});
	});
	it.each([
		["more than there is", [{ sku: "a1", quantity: 3 }], "VALIDATION_FAILED"],
		["another's goods", [{ sku: "b1", quantity: 1 }], "VALIDATION_FAILED"],
		[
			"a SKU twice",
			[
				{ sku: "a1", quantity: 1 },
				{ sku: "a1", quantity: 1 }
			],
			"VALIDATION_FAILED"
		]
	])("never carry %s", (_what, lines, code) =>
		expect(refusal(() => ship(parcels, "sellera0", { lines }, AT))).toBe(code)
	);
	it("don't go out twice, and arrive only when they went", () => {
		const gone = ship(parcels, "sellerb0", {}, AT);
		expect(refusal(() => ship(gone, "sellerb0", {}, AT))).toBe("INVALID_STATE");
		expect(refusal(() => deliver(parcels, "sellerb0", AT))).toBe("INVALID_STATE");
		const there = deliver(gone, "sellerb0", AT);
		expect(there[1]).toMatchObject({ status: "delivered", deliveredAt: AT });
		expect([isUnshipped(parcels), isUnshipped(gone), isUnshipped(there)]).toEqual([
			true,
			false,
			false
		]);
		expect(cancelled(parcels).map(({ status }) => status)).toEqual(["cancelled", "cancelled"]);
	});
});

/** Some way through the states, chosen by `choices`. */
async function walked(choices: number[], seen: (order: OrderDocument) => void) {
	const store = new MemoryStore();
	const { id, ...rest } = order();
	await store.insert({ _id: id, ...rest });
	let current: OrderDocument = { id, ...rest };
	for (const choice of choices) {
		const next = MOVES[current.state];
		const to = next[choice % Math.max(1, next.length)];
		const reserved = { reservedAt: NOW + 5, expiresAt: NOW + 600_005 };
		const step = !to
			? amend(
					current,
					{ parcels: cancelled(current.parcels) },
					[{ type: "shipped", sellerId: "sellera0" }],
					NOW,
					[]
				)
			: move(current, to, NOW + choice, [], current.state === "NEW" ? reserved : {});
		const { id: _id, ...query } = step.query as Record<string, unknown>;
		const { _id: same, ...changed } = (await store.changeOne(
			{ _id, ...query },
			step.update
		)) as OrderDocument & { _id: string };
		current = { ...changed, id: same };
		seen(current);
		// whoever comes second finds another version
		expect(await store.changeOne({ _id, ...query }, step.update)).toBeNull();
	}
}

describe("an order on its way", () => {
	const ways = fc.array(fc.nat(5), { minLength: 1, maxLength: 10 });

	it("answers the request that made it with the same bytes for ever", async () => {
		await fc.assert(
			fc.asyncProperty(ways, async choices => {
				const answers = new Set<string>();
				await walked(choices, current => answers.add(JSON.stringify(placedView(current))));
				expect(answers.size).toBe(1);
			})
		);
	});
	it("is looked after until it rests, and numbers all that it tells", async () => {
		await fc.assert(
			fc.asyncProperty(ways, async choices => {
				await walked(choices, ({ state, dueAt, outbox, seq, version, history, timeline }) => {
					if (TRANSIENT.includes(state) || state === "RESERVED") expect(dueAt).toBeDefined();
					if (Object.keys(outbox).length) expect(dueAt).toBeDefined();
					const numbers = Object.values(outbox).map(event => event.seq);
					expect(numbers.sort((a, b) => a - b)).toEqual(
						Array.from({ length: seq }, (_, i) => i + 1)
					);
					const handled = timeline.filter(({ type }) => type === "shipped").length;
					expect(version).toBe(history.length + handled);
				});
			})
		);
	});
	it("goes only where the table of states lets it", () => {
		const states = Object.keys(MOVES) as SagaState[];
		for (const from of states)
			for (const to of states) {
				const legal = (MOVES[from] as readonly SagaState[]).includes(to);
				const go = () => move({ ...order(), state: from }, to, NOW);
				if (legal) expect(go().query).toEqual({ id: "o1", version: 1 });
				else expect(go).toThrow(`can't go from ${from} to ${to}`);
			}
	});
	it.each<[SagaState, string]>([
		["NEW", "reserve"],
		["PAYING", "capture"],
		["CONFIRMED", "commit"],
		["REJECTING", "release"],
		["EXPIRING", "release"],
		["CANCELLING", "release"],
		["NEEDS_ATTENTION", "refund"],
		["REFUNDING", "refund"],
		["COMPLETED", "rest"],
		["REFUNDED", "rest"],
		["REJECTED", "rest"],
		["EXPIRED", "rest"],
		["CANCELLED", "rest"]
	])("from %s it goes on with: %s", (state, step) =>
		expect(stepOf({ ...order(), state }, NOW)).toBe(step)
	);
	it("expires at its time and not before, and never while it is being paid", () => {
		const expiresAt = NOW + LEASE;
		const at = (state: SagaState, now: number) => stepOf({ ...order(), state, expiresAt }, now);
		expect(at("RESERVED", expiresAt - 1)).toBe("rest");
		expect(at("RESERVED", expiresAt)).toBe("expire");
		expect(at("PAYING", expiresAt + 1)).toBe("capture");
	});
	it("shows a seller nothing of another's, and the address only when it is paid", () => {
		const seen = sellerView(order(), "sellerb0");
		expect(seen.items.map(({ sku }) => sku)).toEqual(["b1"]);
		expect(seen).toMatchObject({ subtotal: 250, total: 250, shipping: 0 });
		expect(JSON.stringify(seen)).not.toContain(ADDRESS.name);
		const paid = { ...order(), paidAt: NOW };
		expect(sellerView(paid, "sellerb0").shippingAddress).toEqual(ADDRESS);
	});
});
