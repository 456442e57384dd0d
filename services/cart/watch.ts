import type { Service } from "moleculer";
import type { Payload } from "../shared/contract";
import type { Broker } from "../typed";
import { factsOf, type CartDocument, type CartStore } from "./carts";
import { problemsOf, type Facts, type Problems } from "./lines";

/** Milliseconds in which the changes of a SKU become one. */
const GATHER = 200;
/** SKUs looked at in one go, and carts told of that. Whoever isn't told sees it with the next look into the cart. */
const MOST_SKUS = 200;
const MOST_CARTS = 500;
const MOST_WAITING = 10_000;
/** Milliseconds until the next try when catalog or inventory don't answer. */
const PATIENCE = 2000;

export const changeOf = ({
	userId,
	version,
	told
}: CartDocument & { userId: string }): Payload<"cart.changed"> => ({
	userId,
	version,
	problems: Object.entries(told).map(([sku, problem]) => ({ sku, problem }))
});
export const isAccounts = (cart: CartDocument | null): cart is CartDocument & { userId: string } =>
	cart?.userId !== undefined;

const same = (a: Problems, b: Problems) => {
	const skus = Object.keys(a);
	return skus.length === Object.keys(b).length && skus.every(sku => a[sku] === b[sku]);
};

/** Tells the owners of carts when stock or price has moved under them, and only if that makes a difference to them. */
export class Watch {
	private readonly waiting = new Set<string>();
	private timer: NodeJS.Timeout | null = null;
	private stopped = false;

	constructor(
		private readonly carts: CartStore,
		private readonly broker: Broker,
		private readonly logger: Service["logger"]
	) {}

	/** Something about these SKUs is different now. */
	note(skus: string[]): void {
		for (const sku of skus) if (this.waiting.size < MOST_WAITING) this.waiting.add(sku);
		this.rest();
	}
	stop(): void {
		this.stopped = true;
		if (this.timer) clearTimeout(this.timer);
	}

	private rest(ms = GATHER): void {
		if (this.stopped || this.waiting.size === 0) return;
		this.timer ??= setTimeout(() => void this.look(), ms).unref();
	}
	private async look(): Promise<void> {
		const skus = [...this.waiting].slice(0, MOST_SKUS);
		skus.forEach(sku => this.waiting.delete(sku));
		let pause = GATHER;
		try {
			const carts = await this.carts.holding(skus, MOST_CARTS);
			if (carts.length) await this.tellAll(carts, await factsOf(this.broker, skus));
		} catch (err) {
			this.logger.warn("Carts couldn't be told, trying again:", (err as Error).message);
			skus.forEach(sku => this.waiting.add(sku));
			pause = PATIENCE;
		}
		this.timer = null;
		this.rest(pause);
	}
	private async tellAll(carts: CartDocument[], facts: Facts): Promise<void> {
		for (const cart of carts) {
			const problems = problemsOf(cart.lines, facts, cart.told);
			if (same(problems, cart.told)) continue;
			const told = await this.carts.tell(cart, problems);
			if (isAccounts(told)) await this.broker.emit("cart.changed", changeOf(told));
			// changed at this very moment, perhaps by somebody who knew less: looked at once more
			else for (const sku of facts.asked) this.waiting.add(sku);
		}
	}
}
