import { useStock } from "@common/stock.store";
import type { Product, Variant } from "@shared/catalog.contract";
import { useAlerts } from "./stores/alerts.store";

export interface Shelf {
	available: number;
	held: number;
	state: "in" | "low" | "out";
	/** How many of the variants are low or out. */
	short: number;
}

/** The stock of products as it is now: what they were loaded with, moved on by what was pushed since. */
export function useProductStock() {
	const stock = useStock();
	const alerts = useAlerts();

	const learn = (products: readonly Product[]) =>
		products.forEach(({ id: productId, updatedAt: at, variants }) =>
			variants.forEach(({ sku, stock: { available, held, version } }) =>
				stock.take({ sku, productId, available, held, version, at })
			)
		);
	function ofVariant({ sku, stock: loaded }: Variant): Shelf {
		const { available, held, version } = stock.of(sku) ?? loaded;
		const low = version === loaded.version ? loaded.low : alerts.bySku.has(sku);
		const state = available === 0 ? "out" : low ? "low" : "in";
		return { available, held, state, short: state === "in" ? 0 : 1 };
	}
	function ofProduct({ variants }: Product): Shelf {
		const all = variants.map(ofVariant);
		const available = all.reduce((sum, shelf) => sum + shelf.available, 0);
		const held = all.reduce((sum, shelf) => sum + shelf.held, 0);
		const short = all.reduce((sum, shelf) => sum + shelf.short, 0);
		const state = available === 0 ? "out" : short === all.length ? "low" : "in";
		return { available, held, state, short };
	}
	/** How many of a SKU there are at this moment, as far as it was ever told. */
	const available = (sku: string) => stock.of(sku)?.available ?? 0;
	return { learn, available, ofVariant, ofProduct, glows: stock.glows, changed: stock.changed };
}
