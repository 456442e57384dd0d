import type { Write } from "./saga-store";
import type { Bug } from "./saga-world";

const named = (fields: object, start: string) =>
	Object.keys(fields).filter(name => name.startsWith(start));
const without = (fields: Record<string, unknown>, start: string) =>
	named(fields, start).forEach(name => delete fields[name]);
/** Changes what is written to the stock by operations of one kind. */
const inStock = (kind: string, change: (write: Write) => void) => ({
	write(write: Write) {
		const { table, update } = write;
		if (table === "stock" && named(update.$set, `pending.${kind}-`).length) change(write);
	}
});
const inOrders = (change: (write: Write) => void) => ({
	write(write: Write) {
		if (write.table === "orders") change(write);
	}
});

const afterSale = (change: (write: Write) => void): Bug => ({ later: true, ...inOrders(change) });
/** Is a call about a refund in part? */
const isInPart = (params: object) =>
	Object.values(params).some(value => typeof value === "string" && value.includes(":refund:"));

/** Mistakes that a checkout could have; each must be found. */
export const BUGS: Record<string, Bug> = {
	"reserve doesn't look whether there is enough": inStock("reserve", ({ query }) => {
		delete query.available;
	}),
	"reserve holds again what is held": inStock("reserve", ({ query }) => without(query, "held.")),
	"reserve doesn't mind that the order is done with": inStock("reserve", ({ query }) =>
		without(query, "closed.")
	),
	"release leaves no bar against a late reserve": {
		write({ table, update: { $set } }) {
			if (table !== "stock") return;
			for (const name of named($set, "closed."))
				if (($set[name] as { as: string }).as === "RELEASED") delete $set[name];
			// an update that says nothing
			if (!Object.keys($set).length) $set.threshold = 1;
		}
	},
	"commit leaves the hold where it is": inStock("commit", ({ update }) =>
		without(update.$unset, "held.")
	),
	"commit sells without a hold": inStock("commit", ({ query }) => without(query, "held.")),
	"takeBack doesn't know what it has done before": inStock("return", ({ query }) =>
		without(query, "operations.")
	),
	"adjust doesn't know what it has done before": {
		write(write) {
			inStock("restock", ({ query }) => without(query, "operations.")).write(write);
			inStock("remove", ({ query }) => without(query, "operations.")).write(write);
		}
	},
	"a hold expires whatever the order has become": inOrders(({ query, update: { $set } }) => {
		if ($set.state === "EXPIRING") delete query.version;
	}),
	"a move doesn't look at the version": inOrders(({ query, update: { $set } }) => {
		if ($set.state) delete query.version;
	}),
	"a rejected order keeps what it got": {
		skips: (action, params) =>
			action === "inventory.release" && (params as { lines: unknown[] }).lines.length > 1
	},
	"a refund gives no money back": { skips: action => action === "payment.refund" },
	"a refund in part gives no money back": {
		later: true,
		skips: (action, params) => action === "payment.refund" && isInPart(params)
	},
	"a refund in part leaves the shelf as it is": {
		later: true,
		skips: (action, params) => action === "inventory.takeBack" && isInPart(params)
	},
	"a refund in part gives a cent more": {
		later: true,
		asks: (action, params) =>
			action === "payment.refund" && isInPart(params)
				? { ...params, amount: (params as { amount: number }).amount + 1 }
				: params
	},
	"a refund in part has another key each time": {
		later: true,
		asks: (action, params) =>
			action === "payment.refund" && isInPart(params)
				? { ...params, key: `${(params as { key: string }).key}-${again++}` }
				: params
	},
	"a refund in part goes on the shelf under another name each time": {
		later: true,
		asks: (action, params) =>
			action === "inventory.takeBack" && isInPart(params)
				? {
						...params,
						operationId: `${(params as { operationId: string }).operationId}-${again++}`
					}
				: params
	},
	"the provider doesn't know what it has given back": {
		later: true,
		write({ table, query }) {
			if (table === "charges") without(query, "refunds.");
		}
	},
	"a refund in part doesn't look at the version": afterSale(({ query, update: { $set } }) => {
		if ($set.refunds) delete query.version;
	}),
	"a refund in part isn't looked after": afterSale(({ update: { $set, $unset } }) => {
		if (!$set.refunds || $set.state) return;
		delete $set.dueAt;
		$unset.dueAt = true;
	}),
	"a cancelled unit stays in its parcel": afterSale(({ update: { $set } }) => {
		if ($set.refunds && !$set.returns) delete $set.parcels;
	}),
	"a return is received as often as it is said": afterSale(({ query, update: { $set } }) => {
		if ($set.returns) delete query.version;
	}),
	"an event leaves the outbox untold": inOrders(({ update }) => {
		for (const name of named(update.$set, "outbox.")) delete update.$set[name];
	}),
	"an order isn't looked after once it has moved": inOrders(({ update: { $set, $unset } }) => {
		if (!$set.state) return;
		delete $set.dueAt;
		$unset.dueAt = true;
	}),
	"capture charges as often as it is asked": {
		write({ table, document }) {
			if (table === "charges" && document) document._id = `${String(document._id)}-${again++}`;
		}
	},
	"a challenge can be answered twice": {
		write({ table, query }) {
			if (table === "charges") delete query.outcome;
		}
	}
};
let again = 0;
