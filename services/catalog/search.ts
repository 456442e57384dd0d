import MiniSearch from "minisearch";
import type { Card } from "../shared/catalog.contract";
import type { Params } from "../shared/contract";
import { entryOf, sumsOf, type Entry, type Text } from "./entry";
import { Counts, type Facets } from "./facets";
import { Found, ORDERS, Orders, type Order } from "./orders";
import type { StockNumbers, StoredProduct } from "./product";
import { wordsOf } from "./text";

type Search = Params<"catalog.search">;
export type Filters = Omit<Search, "page" | "pageSize">;
/** Everything that fits, in order. */
interface Hits {
	entries: readonly Entry[];
	/** Read from the end. */
	backwards: boolean;
	facets: Facets;
}

/** More words than these tell nothing and cost time. */
const MOST_WORDS = 8;

/**
 * All products of the shop in memory: words in MiniSearch, an ordered list for each sort, counts for the facets,
 * and the stock as it is shown. Pure: no broker, no clock, no store.
 */
export class SearchIndex {
	private readonly entries = new Map<string, Entry>();
	private readonly ofSeller = new Map<string, Map<string, Entry>>();
	private readonly stocks = new Map<string, StockNumbers>();
	private readonly ownerOf = new Map<string, string>();
	private readonly orders = new Orders();
	private readonly counts = new Counts();
	private readonly found = new Found<Hits>();
	private readonly words = new MiniSearch<Text>({
		fields: ["title", "tags", "category", "shop", "description"],
		tokenize: wordsOf,
		processTerm: word => word,
		searchOptions: {
			boost: { title: 4, tags: 2, category: 2, shop: 1.5, description: 0.5 },
			prefix: true,
			fuzzy: word => (word.length > 3 ? 0.2 : false),
			combineWith: "AND"
		}
	});
	/** What the answers so far depend on: products, who is in stock at all, how much was sold. */
	private productRev = 0;
	private stockedRev = 0;
	private soldRev = 0;
	private allFacets: { rev: number; facets: Facets } | null = null;

	/** Counts every change that a public answer could show. */
	changes = 0;

	readonly stockOf = (sku: string) => this.stocks.get(sku);

	/** Many at once, at the start. */
	load(products: Iterable<StoredProduct>): void {
		const published: Entry[] = [];
		for (const product of products) {
			const entry = this.keep(product);
			if (entry?.published) published.push(entry);
		}
		this.orders.load(published);
		for (const entry of published) this.show(entry);
	}

	/** Takes in a product; false when this or a later state of it is known, or nobody outside sees a difference. */
	put(product: StoredProduct): boolean {
		const known = this.entries.get(product.id);
		const entry = this.keep(product);
		if (!entry) return false;
		if (known?.published) {
			this.orders.remove(known);
			this.hide(known);
		}
		if (entry.published) {
			this.orders.add(entry);
			this.show(entry);
		}
		return Boolean(known?.published || entry.published);
	}

	/** Takes in a SKU's stock; false when it is older than what is known, or nobody outside sees a difference. */
	putStock(sku: string, next: Partial<StockNumbers> & { version: number }): boolean {
		const known = this.stocks.get(sku);
		if (known && next.version < known.version) return false;
		const stock = { available: 0, held: 0, sold: 0, threshold: 5, ...known, ...next };
		this.stocks.set(sku, stock);
		const owner = this.ownerOf.get(sku);
		const entry = owner === undefined ? undefined : this.entries.get(owner);
		if (!entry) return false;
		const { sold, ...rest } = sumsOf(entry.skus, this.stockOf);
		const stocked = entry.available > 0 !== rest.available > 0;
		if (sold !== entry.sold) {
			if (entry.published) this.orders.resold(entry, sold);
			entry.sold = sold;
			this.soldRev++;
		}
		Object.assign(entry, rest);
		if (!entry.published) return false;
		if (stocked) this.stockedRev++;
		const differs =
			known?.version !== stock.version ||
			known.threshold !== stock.threshold ||
			known.sold !== stock.sold;
		if (differs) this.changes++;
		return differs;
	}

	search({ page, pageSize, ...filters }: Search) {
		const { entries, backwards, facets } = this.hits(filters);
		const total = entries.length;
		const first = (page - 1) * pageSize;
		const items: Card[] = [];
		for (let i = first; i < Math.min(first + pageSize, total); i++) {
			const { card, available } = entries[backwards ? total - 1 - i : i]!;
			items.push({ ...card, available });
		}
		return { items, page, pageSize, total, facets };
	}

	/** Every category in use, most used first. */
	categories(most: number) {
		return this.counts.topCategories(most);
	}

	/** A seller's products, drafts too, that have all words of `q`. */
	ownedBy(seller: string, q = ""): Entry[] {
		const words = wordsOf(q);
		const own = [...(this.ofSeller.get(seller)?.values() ?? [])];
		return words.length
			? own.filter(({ haystack }) => words.every(word => haystack.includes(word)))
			: own;
	}

	private keep(product: StoredProduct): Entry | null {
		const known = this.entries.get(product.id);
		if (product.unlisted || (known && known.revision >= product.revision)) return null;
		const entry = entryOf(product, this.stockOf);
		this.entries.set(entry.id, entry);
		for (const sku of known?.skus ?? []) this.ownerOf.delete(sku);
		for (const sku of entry.skus) this.ownerOf.set(sku, entry.id);
		let own = this.ofSeller.get(entry.seller);
		if (!own) this.ofSeller.set(entry.seller, (own = new Map()));
		own.set(entry.id, entry);
		return entry;
	}
	private show(entry: Entry): void {
		this.words.add(entry.text);
		this.counts.category(entry);
		this.counts.seller(entry);
		this.productRev++;
		this.changes++;
	}
	private hide(entry: Entry): void {
		this.words.remove(entry.text);
		this.counts.category(entry, -1);
		this.counts.seller(entry, -1);
		this.productRev++;
		this.changes++;
	}

	private hits(filters: Filters): Hits {
		const { q = "", sort = q.trim() ? "relevance" : "newest", inStock, ...rest } = filters;
		const order = sort === "relevance" && !q.trim() ? "newest" : sort;
		const narrowed = q.trim() || inStock || Object.values(rest).some(value => value !== undefined);
		if (!narrowed && order !== "relevance")
			return { ...this.orders.all(order), facets: this.facets() };
		const stamp = [
			this.productRev,
			inStock ? this.stockedRev : 0,
			order === "popular" ? this.soldRev : 0
		].join();
		const key = JSON.stringify([wordsOf(q), Boolean(q.trim()), order, inStock === true, rest]);
		return this.found.get(key, stamp, () => this.find(filters, order));
	}

	private find(filters: Filters, order: Order | "relevance"): Hits {
		const { category, seller, minPrice = 0, maxPrice = Infinity, inStock } = filters;
		const { entries: candidates, backwards } = this.candidates(filters.q ?? "", order);
		const counts = new Counts();
		const entries: Entry[] = [];
		let min = Infinity;
		let max = 0;
		for (let i = 0; i < candidates.length; i++) {
			const entry = candidates[backwards ? candidates.length - 1 - i : i]!;
			if (inStock && entry.available === 0) continue;
			const fits = category === undefined || entry.paths.includes(category);
			const sells = seller === undefined || entry.seller === seller;
			const costs = entry.price >= minPrice && entry.price <= maxPrice;
			if (sells && costs) counts.category(entry);
			if (fits && costs) counts.seller(entry);
			if (fits && sells) {
				min = Math.min(min, entry.price);
				max = Math.max(max, entry.price);
				if (costs) entries.push(entry);
			}
		}
		return {
			entries,
			backwards: false,
			facets: {
				categories: counts.topCategories(),
				sellers: counts.topSellers(),
				price: { min: min === Infinity ? 0 : min, max }
			}
		};
	}

	private candidates(q: string, order: Order | "relevance") {
		if (!q.trim() && order !== "relevance") return this.orders.all(order);
		const words = wordsOf(q).slice(0, MOST_WORDS);
		const results = words.length ? this.words.search(words.join(" ")) : [];
		if (order === "relevance") results.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
		const entries = results.map(({ id }) => this.entries.get(id as string)!);
		if (order !== "relevance") entries.sort(ORDERS[order]);
		return { entries, backwards: false };
	}

	private facets(): Facets {
		if (this.allFacets?.rev !== this.productRev) {
			const { entries } = this.orders.all("price");
			const price = { min: entries[0]?.price ?? 0, max: entries.at(-1)?.price ?? 0 };
			const categories = this.counts.topCategories();
			const facets = { categories, sellers: this.counts.topSellers(), price };
			this.allFacets = { rev: this.productRev, facets };
		}
		return this.allFacets.facets;
	}
}
