import { setTimeout as sleep } from "node:timers/promises";
import type { Collection } from "../../mixins/db.mixin";
import { fail } from "../errors";
import { newId } from "../id";
import { seal, unseal } from "../session";
import type { Broker } from "../typed";
import { problemsOf, type Facts, type Lines, type Problems } from "./lines";

export interface CartDocument {
	id: string;
	userId?: string;
	lines: Lines;
	/** Of an account's cart only: by these it is found when stock or price moves. */
	skus?: string[];
	/** The problems that its owner knows of. */
	told: Problems;
	/** The guest's cart, at its version, that was taken in last. */
	merged?: string;
	/** Of a guest's cart only, in milliseconds: those long untouched are thrown away. */
	guestAt?: number;
	updatedAt: string;
	version: number;
}
export interface Owner {
	id: string;
	userId?: string;
}

const TRIES = 40;
const GUEST_LIFE = 30 * 24 * 3600_000;
const MOST_PRUNED = 500;

export const accountOf = (userId: string): Owner => ({ id: `u${userId}`, userId });
export const newGuest = (): Owner => ({ id: `g${newId()}` });
export const tokenOf = ({ id }: Owner) => seal("cart", id);
/** Whose cart a cookie is for; null when we didn't make it. */
export function guestOf(token: string | undefined): Owner | null {
	const id = token === undefined ? null : unseal("cart", token);
	return id?.startsWith("g") ? { id } : null;
}

/** Asks what is true of some SKUs now. */
export async function factsOf(wire: Pick<Broker, "call">, skus: string[]): Promise<Facts> {
	if (!skus.length) return { asked: new Set(), sellables: new Map(), available: new Map() };
	const [sellables, stocks] = await Promise.all([
		wire.call("catalog.sellables", { skus }),
		wire.call("inventory.stock", { skus })
	]);
	return {
		asked: new Set(skus),
		sellables: new Map(sellables.map(sellable => [sellable.sku, sellable])),
		available: new Map(stocks.map(({ sku, available }) => [sku, available]))
	};
}

/** The carts in the store: every write is conditional on the version that was read. */
export class CartStore {
	constructor(private readonly carts: Collection<CartDocument>) {}

	get({ id }: Owner): Promise<CartDocument | null> {
		return this.carts.get(id);
	}

	/** Changes a cart, however many others do at the same time; null when there was none and none is needed. */
	async edit(
		owner: Owner,
		facts: Facts,
		change: (lines: Lines, cart: CartDocument | null) => Lines,
		more: Partial<CartDocument> = {}
	): Promise<{ cart: CartDocument | null; changed: boolean }> {
		for (let n = 0; n < TRIES; n++) {
			const cart = await this.carts.get(owner.id);
			const before = cart?.lines ?? {};
			const lines = change(before, cart);
			if (lines === before || (!cart && !Object.keys(lines).length))
				return { cart, changed: false };
			const now = Date.now();
			const next = {
				lines,
				told: problemsOf(lines, facts, cart?.told ?? {}),
				...(owner.userId ? { skus: Object.keys(lines) } : { guestAt: now }),
				...more,
				updatedAt: new Date(now).toISOString()
			};
			const saved = cart
				? await this.carts.change(
						{ id: cart.id, version: cart.version },
						{ $set: next, $inc: { version: 1 } }
					)
				: await this.begin({ ...owner, ...next, version: 1 });
			if (saved) return { cart: saved, changed: true };
			await sleep(Math.random() * Math.min(50, 4 * (n + 1)));
		}
		return fail("SERVICE_UNAVAILABLE");
	}
	private async begin(cart: CartDocument): Promise<CartDocument | null> {
		return (await this.carts.create(cart)) ? cart : null;
	}

	/** Takes a guest's cart away, unless it has changed since it was read. */
	async drop({ id, version }: CartDocument): Promise<boolean> {
		return (await this.carts.remove({ id, version })) > 0;
	}

	/** The accounts' carts with one of these SKUs, those used last first. */
	holding(skus: string[], limit: number): Promise<CartDocument[]> {
		return this.carts.find({ skus: { $in: skus } }, { sort: ["-updatedAt", "id"], limit });
	}
	/** Notes what its owner is told; null when the cart has changed meanwhile. */
	tell({ id, version }: CartDocument, told: Problems): Promise<CartDocument | null> {
		return this.carts.change({ id, version }, { $set: { told }, $inc: { version: 1 } });
	}

	/** Throws away guests' carts that nobody has touched for a month, some at a time. */
	async prune(now = Date.now()): Promise<number> {
		const old = await this.carts.find(
			{ guestAt: { $lt: now - GUEST_LIFE } },
			{ sort: ["guestAt"], limit: MOST_PRUNED }
		);
		let pruned = 0;
		for (const cart of old) if (await this.drop(cart)) pruned++;
		return pruned;
	}
}
