import type { Service } from "moleculer";
import type { Collection } from "../../mixins/db.mixin";
import { codeOf } from "../errors";
import type { Broker } from "../typed";
import type { LiveIndex } from "./live-index";
import { changeOf, type StoredProduct } from "./product";

interface Host {
	/** A handler's context, so that the calls belong to its request, or the broker. */
	wire: Pick<Broker, "call" | "emit">;
	products: Collection<StoredProduct>;
	live: LiveIndex;
}

const isDone = () => true;
const isNotDone = () => false;

/** Milliseconds after which a product left opening is taken for forgotten. */
const FORGOTTEN = 10_000;
const TRIES = 10;

/**
 * Makes the stock documents that a product still lacks, tells them its title, and shows it. The product was stored first, with what to make:
 * whoever finds it so later can finish, and does no harm if another is at it too.
 */
export async function open(
	{ wire, products, live }: Host,
	found: StoredProduct
): Promise<StoredProduct> {
	let product = found;
	for (let n = 0; n < TRIES && (product.unopened || product.retitled !== undefined); n++) {
		const { id: productId, sellerId, title, unopened = [], retitled, revision, unlisted } = product;
		const stocks = unopened.length
			? await wire.call("inventory.open", { productId, sellerId, title, items: unopened })
			: [];
		if (retitled !== undefined) {
			const told = wire.call("inventory.retitle", { productId, title, version: retitled });
			// the title is changed all the same: whoever heals tells inventory once it is back
			if (!(await told.then(isDone, isNotDone))) return product;
		}
		const opened = await products.change(
			{ id: productId, revision },
			{
				$unset: { openingAt: true, unopened: true, unlisted: true, retitled: true },
				$inc: { revision: 1 },
				$set: { touchedAt: Date.now() }
			}
		);
		product = opened ?? (await products.get(productId)) ?? product;
		if (!opened) continue;
		await Promise.all(stocks.map(stock => live.putStock(stock)));
		for (const { sku, threshold } of unopened)
			if (threshold !== undefined) await live.putThreshold(sku, threshold);
		await live.put(opened);
		if (unlisted) await wire.emit("product.created", changeOf(opened));
	}
	return product;
}

/** Takes back a product that was never seen, for its stock can't be made. */
export const forget = ({ products }: Pick<Host, "products">, { id }: StoredProduct) =>
	products.remove({ id, unlisted: true });

/** Finishes what a crash left: every product whose opening began long ago. */
export async function openForgotten(
	host: Host,
	logger: Service["logger"],
	now = Date.now()
): Promise<void> {
	const left = await host.products.find(
		{ openingAt: { $lt: now - FORGOTTEN } },
		{ sort: ["openingAt"], limit: 100 }
	);
	for (const product of left) {
		try {
			await open(host, product);
			logger.info(`Opened ${product.slug}, which had been left halfway`);
		} catch (err) {
			if (codeOf(err) === "SKU_TAKEN" && product.unlisted) await forget(host, product);
			logger.warn(`${product.slug} can't be opened:`, err);
		}
	}
}
