import type { Stock } from "@shared/stock";
import { isNewer } from "@shared/stock-rules";
import { defineStore } from "pinia";
import { reactive } from "vue";

const MOST = 2000;
export const GLOW = 300;

/** The newest known stock of every SKU that a page has shown, whoever told it. */
export const useStock = defineStore("stock", () => {
	const stocks = reactive(new Map<string, Stock>());
	const products = reactive(new Map<string, Set<string>>());
	/** SKUs whose number has just changed, for as long as they glow. */
	const changed = reactive(new Set<string>());

	/** Keeps the newer state; the same or an older one is dropped. */
	function take(next: Stock): boolean {
		const known = stocks.get(next.sku);
		if (!isNewer(known, next)) return false;
		stocks.delete(next.sku);
		stocks.set(next.sku, next);
		const skus = products.get(next.productId) ?? new Set<string>();
		if (!skus.has(next.sku)) products.set(next.productId, new Set([...skus, next.sku]));
		if (known && known.available !== next.available) glow(next.sku);
		if (stocks.size > MOST) forget(stocks.keys().next().value!);
		return true;
	}
	function glow(sku: string) {
		changed.add(sku);
		setTimeout(() => changed.delete(sku), GLOW);
	}
	function forget(sku: string) {
		const { productId } = stocks.get(sku)!;
		stocks.delete(sku);
		const rest = [...(products.get(productId) ?? [])].filter(other => other !== sku);
		if (rest.length) products.set(productId, new Set(rest));
		else products.delete(productId);
	}

	const of = (sku: string) => stocks.get(sku);
	const skusOf = (productId: string): string[] => [...(products.get(productId) ?? [])];
	/** How many of a product there are; undefined until all its variants are known. */
	function availableOf(productId: string, variants: number): number | undefined {
		const skus = skusOf(productId);
		if (skus.length < variants) return undefined;
		return skus.reduce((sum, sku) => sum + stocks.get(sku)!.available, 0);
	}
	const glows = (productId: string) => skusOf(productId).some(sku => changed.has(sku));

	return { take, of, skusOf, availableOf, glows, changed };
});
