import {
	alertKind,
	entryOf,
	opened,
	type LedgerEntry,
	type PendingMovement,
	type StockDocument
} from "../../services/inventory/stock-update";
import { DEFAULT_THRESHOLD } from "../../services/shared/stock";

/** One SKU's stock as its past has made it: each operation is a movement, and the document is their fold. */
export class PastStock {
	readonly movements: LedgerEntry[] = [];
	readonly document: StockDocument;

	constructor(
		sku: string,
		product: { productId: string; sellerId: string; title: string },
		stock: number,
		at: number
	) {
		const { document, key } = opened(sku, { ...product, stock, threshold: DEFAULT_THRESHOLD }, at);
		this.document = document;
		this.movements.push(entryOf(document, key, document.pending[key]!));
		document.pending = {};
		delete document.unledgered;
	}

	reserve(order: string, quantity: number, at: number) {
		this.document.available -= quantity;
		this.document.heldQty += quantity;
		this.move("reserve", order, quantity, at);
	}
	commit(order: string, quantity: number, at: number) {
		this.document.heldQty -= quantity;
		this.document.sold += quantity;
		this.move("commit", order, quantity, at);
	}
	release(order: string, quantity: number, at: number) {
		this.document.heldQty -= quantity;
		this.document.available += quantity;
		this.move("release", order, quantity, at);
	}
	takeBack(operation: string, quantity: number, at: number) {
		this.document.available += quantity;
		this.document.returned += quantity;
		this.move("return", operation, quantity, at);
	}

	/** Brings the alert in line with what is left; since when it has been out, if it is. */
	finish(): number | undefined {
		const { document } = this;
		const kind = alertKind(document);
		const { version, changedAt, sellerId } = document;
		delete document.alert;
		delete document.alertOf;
		if (kind)
			Object.assign(document, { alert: { kind, since: changedAt, version }, alertOf: sellerId });
		if (kind !== "out" || version === 1) return undefined;
		document.outs = { [`v${version}`]: { from: changedAt, told: true } };
		return changedAt;
	}

	private move(kind: PendingMovement["kind"], ref: string, quantity: number, at: number) {
		const { document } = this;
		document.version++;
		document.changedAt = at;
		this.movements.push(entryOf(document, `${kind}-${ref}`, { kind, quantity, ref, at }));
	}
}
