import { orderId } from "../../services/order/place";
import type { Evidence, SeenOrder, SeenStock } from "../chaos/check/evidence";
import type { Line } from "../chaos/record";

export const ADA = "u1111111111";
export const BOB = "u2222222222";
const SKU = "mug";
const KEY = "key-1";
const T = Date.parse("2026-11-22T12:00:00.000Z");
const iso = (at: number) => new Date(T + at).toISOString();
export const ORDER = orderId(ADA, KEY);
const MARKERS = [1, 2].map(n => `m0000000${n}-0000-4000-8000-000000000000`);

export const line = (about: Partial<Line>): Line => ({
	t0: T + 1000,
	t1: T + 1100,
	actor: "ada",
	op: "place",
	key: KEY,
	bodyHash: "",
	sent: { items: [{ sku: SKU, quantity: 1 }] },
	status: 201,
	body: JSON.stringify({ id: ORDER, total: 1000 }),
	...about
});
const order = (): SeenOrder => ({
	id: ORDER,
	number: "CM-1",
	buyerId: ADA,
	state: "COMPLETED",
	history: ["NEW", "RESERVED", "PAYING", "CONFIRMED", "COMPLETED"],
	version: 5,
	attempt: 1,
	tries: 0,
	total: 1000,
	lines: [{ sku: SKU, quantity: 1, unitPrice: 1000 }],
	createdAt: iso(1010),
	expiresAt: iso(60_000),
	paidAt: iso(2010),
	refundedAt: null,
	dueAt: null,
	payment: null,
	missing: [],
	outbox: [],
	timeline: []
});
const stock = (): SeenStock => ({
	stock: {
		sku: SKU,
		productId: "p1111111111",
		available: 0,
		held: 0,
		sold: 1,
		threshold: 0,
		version: 3,
		at: iso(2020)
	},
	sellerId: "s1111111111",
	initial: 1,
	restocked: 0,
	removed: 0,
	returned: 0,
	held: [],
	closed: [],
	unledgered: [],
	movements: [
		{ version: 1, kind: "initial", quantity: 1, ref: "p1111111111", at: iso(0) },
		{ version: 2, kind: "reserve", quantity: 1, ref: ORDER, at: iso(1020) },
		{ version: 3, kind: "commit", quantity: 1, ref: ORDER, at: iso(2020) }
	]
});

/** A buyer orders the only unit and pays; another one comes too late. All as it should be. */
export function honest(): Evidence {
	const paid = { op: "pay", key: ORDER, t0: T + 2000, t1: T + 2100, status: 200, body: "{}" };
	const errors = [{ path: SKU, code: "OUT_OF_STOCK" }];
	const refusal = JSON.stringify({ code: "OUT_OF_STOCK", errors });
	const late = { actor: "bob", key: "key-2", t0: T + 3000, t1: T + 3100, status: 409 };
	const seen = (version: number, available: number) => ({
		at: T,
		watcher: "page",
		of: `stock:${SKU}`,
		by: "push" as const,
		version,
		floor: 0,
		content: { available, held: version === 2 ? 1 : 0 }
	});
	return {
		lines: [line({}), line(paid), line({ ...late, body: refusal })],
		seen: [seen(1, 1), seen(2, 0), seen(3, 0)],
		shown: [{ watcher: "page", versions: new Map([[`stock:${SKU}`, 3]]) }],
		buyers: [
			{ name: "ada", id: ADA, marker: MARKERS[0]! },
			{ name: "bob", id: BOB, marker: MARKERS[1]! }
		],
		opened: [{ sku: SKU, price: 1000, at: T }],
		orders: [order()],
		stock: [stock()],
		charges: [{ orderId: ORDER, captured: 1000, refunded: 0, captures: 1 }],
		findings: [],
		limited: { sku: SKU, units: 1 },
		settledAt: T + 60_000,
		skewed: false
	};
}

/** A lie told by the shop, and the invariant that must catch it. */
export const LIES: Record<string, [invariant: string, tell: (evidence: Evidence) => void]> = {
	"the shop's own check finds something": [
		"I6",
		({ findings }) => findings.push({ invariant: "I6", what: "Still NEW at rest", refs: [ORDER] })
	],
	"a unit appears from nowhere": ["I2", ({ stock }) => stock[0]!.stock.available++],
	"a hold that the counter doesn't know": [
		"I3",
		({ stock }) => stock[0]!.held.push({ orderId: ORDER, quantity: 1 })
	],
	"a paid order without a sale": ["I4", ({ stock }) => stock[0]!.stock.sold--],
	"two movements in one place": ["ledger", ({ stock }) => (stock[0]!.movements[2]!.version = 2)],
	"a second capture": [
		"I8",
		({ charges }) => Object.assign(charges[0]!, { captured: 2000, captures: 2 })
	],
	"a charge for an order that was cancelled": [
		"I8",
		({ orders }) => (orders[0]!.state = "CANCELLED")
	],
	"one key answered in two ways": [
		"I9",
		({ lines }) => lines.push(line({ body: JSON.stringify({ id: ORDER, total: 1001 }) }))
	],
	"one key accepted and refused": [
		"I9",
		({ lines }) => lines.push(line({ status: 409, body: lines[2]!.body }))
	],
	"an order that nobody asked for": [
		"I9",
		({ orders }) => orders.push({ ...orders[0]!, id: "o999", state: "CANCELLED" })
	],
	"a changed request under an old key": ["I9", ({ lines }) => lines.push(line({ op: "reuse" }))],
	"an acknowledged order that is gone": ["I10", evidence => (evidence.orders = [])],
	"an acknowledged payment that is gone": [
		"I10",
		({ orders }) => Object.assign(orders[0]!, { state: "EXPIRED", history: ["NEW", "RESERVED"] })
	],
	"an acknowledged restock that is not in the ledger": [
		"I10",
		({ lines }) =>
			lines.push(
				line({ op: "adjust", key: "lot-1", status: 200, sent: { delta: 5 }, body: '{"sku":"mug"}' })
			)
	],
	"one version told in two ways": [
		"I11",
		({ seen }) => seen.push({ ...seen[1]!, watcher: "other", content: { available: 1, held: 0 } })
	],
	"a snapshot older than what was shown": [
		"I11",
		({ seen }) => seen.push({ ...seen[1]!, by: "snapshot", floor: 3 })
	],
	"a page that never hears the end": [
		"I11",
		({ shown }) => (shown[0]!.versions = new Map([["stock:mug", 2]]))
	],
	"a page that is shown less than nothing": [
		"I1",
		({ seen }) => seen.push({ ...seen[1]!, version: 4, content: { available: -1, held: 0 } })
	],
	"a price that never was": ["I12", ({ orders }) => (orders[0]!.lines[0]!.unitPrice = 900)],
	"a price that was over": [
		"I12",
		({ lines }) =>
			lines.unshift(
				line({
					op: "price",
					actor: "seller",
					key: "mug",
					t0: T + 10,
					t1: T + 20,
					status: 200,
					sent: { version: 1, variants: [{ price: 1200 }] }
				})
			)
	],
	"one unit sold twice": [
		"I14",
		evidence => (evidence.orders = [evidence.orders[0]!, { ...evidence.orders[0]!, id: "o999" }])
	],
	"a unit that nobody got": ["I14", ({ limited }) => (limited!.units = 2)],
	"somebody else's address": [
		"I15",
		({ lines }) => lines.push(line({ actor: "bob", op: "order", status: 200, body: MARKERS[0]! }))
	],
	"somebody else's order": [
		"I15",
		({ lines }) => lines.push(line({ actor: "bob", op: "order", status: 200, body: ORDER }))
	],
	"404 for what is only away": [
		"answers",
		({ lines }) => lines.push(line({ op: "stock", status: 404, body: "" }))
	],
	"an answer that never comes": [
		"answers",
		({ lines }) => lines.push(line({ op: "stock", status: null, body: "ABORT_ERR" }))
	],
	"sold out, said too early": [
		"counter",
		({ lines }) => Object.assign(lines[2]!, { t0: T + 500, t1: T + 900 })
	]
};
