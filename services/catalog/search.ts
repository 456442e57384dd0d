import MiniSearch from "minisearch";
import type { Card } from "../shared/catalog.contract";
import type { Params } from "../shared/contract";
import { entryOf, sameText, sameToAll, sumsOf, type Entry, type Text } from "./entry";
import { Counts, Dimensions, type Facets } from "./facets";
import { asked, Found, matching, type Filters, type Hits } from "./matching";
import { ORDERS, Orders, sliceOf, type Order, type Ordered } from "./orders";
import { OwnLists, type OwnOrder } from "./own-lists";
import type { StockNumbers, StoredProduct } from "./product";
import type { SortedList } from "./sorted-list";
import { wordsOf } from "./text";

type Search = Params<"catalog.search">;
/** Where so few products have the words as they are written, those that nearly have them are welcome too. */
const FEW = 5;
const fuzzy = (word: string) => (word.length > 3 ? 0.2 : false);

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
	private readonly own = new OwnLists();
	private readonly dimensions = new Dimensions();
	private readonly counts = new Counts(this.dimensions);
	private readonly found = new Found<Hits>();
	/** Those that have the words, best first. */
	private readonly worded = new Found<Entry[]>();
	private readonly foundOwn = new Found<{ length: number }>();
	private readonly words = new MiniSearch<Text>({
		fields: ["title", "tags", "category", "shop", "description"],
		tokenize: wordsOf,
		processTerm: word => word,
		searchOptions: {
			boost: { title: 4, tags: 2, category: 2, shop: 1.5, description: 0.5 },
			prefix: true,
			combineWith: "AND"
		}
	});
	/** What the answers so far depend on: products, who is in stock at all, how much was sold. */
	private productRev = 0;
	private wordsRev = 0;
	private stockedRev = 0;
	private soldRev = 0;
	private allFacets: { rev: number; facets: Facets } | null = null;

	/** Counts every change that a public answer could show. */
	changes = 0;

	readonly stockOf = (sku: string) => this.stocks.get(sku);

	/** Many that aren't known yet, at the start. */
	load(products: Iterable<StoredProduct>): void {
		const published: Entry[] = [];
		for (const product of products) {
			if (product.unlisted || this.entries.has(product.id)) continue;
			const entry = this.enter(product);
			if (entry.published) published.push(entry);
		}
		this.orders.load(published);
		for (const entry of published) this.show(entry);
	}

	/** Is this state of a product, as its seller counts them, or a later one here? */
	knows(id: string, version: number): boolean {
		return (this.entries.get(id)?.card.version ?? -1) >= version;
	}

	/** Takes in a product; false when this or a later state of it is known, or nobody outside sees a difference. */
	put(product: StoredProduct): boolean {
		const known = this.entries.get(product.id);
		if (product.unlisted || (known && known.revision >= product.revision)) return false;
		if (!known) {
			const entry = this.enter(product);
			if (entry.published) this.orders.add(entry);
			if (entry.published) this.show(entry);
			return entry.published;
		}
		const next = entryOf(product, this.stockOf, this.dimensions);
		this.claim(known, next);
		const shown = known.published || next.published;
		this.own.change(known, next, () => this.move(known, next));
		this.own.renewed(known);
		return shown;
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
		this.own.change(entry, { ...entry, ...rest }, () => Object.assign(entry, rest));
		this.own.restocked(entry);
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
		const hits = this.hits(filters);
		const items = sliceOf(hits, (page - 1) * pageSize, pageSize).map(
			({ card, available }): Card => ({ ...card, available })
		);
		return { items, page, pageSize, total: hits.length, facets: hits.facets };
	}

	/** Every category in use, most used first. */
	categories(most: number) {
		return this.counts.topCategories(most);
	}

	/** A product as a card shows it, drafts too. */
	known(id: string): Entry["card"] | undefined {
		return this.entries.get(id)?.card;
	}

	/** A seller's products, drafts too, in an order. */
	ownedBy(sellerId: string, order: OwnOrder): SortedList<Entry> {
		const all = () => this.ofSeller.get(sellerId)?.values() ?? [];
		return this.own.list(this.dimensions.sellers.find(sellerId), order, all);
	}
	/** What was found among a seller's products, as long as that still stands. */
	ownFound<T extends { length: number }>(
		sellerId: string,
		asked: object,
		byStock: boolean,
		find: () => T
	): T {
		const stamp = this.own.stamp(this.dimensions.sellers.find(sellerId), byStock);
		const key = JSON.stringify([sellerId, asked]);
		return this.foundOwn.get(key, stamp, find) as T;
	}
	/** The product that a SKU is of. */
	productOf(sku: string): string | undefined {
		return this.ownerOf.get(sku);
	}
	/** What is offered for sale; drafts, the archived and variants that are gone are their seller's business. */
	mayHear(id: string | undefined, sku?: string, viewer?: string): boolean {
		const entry = id === undefined ? undefined : this.entries.get(id);
		if (!entry) return false;
		if (entry.card.seller.id === viewer) return true;
		return entry.published && (sku === undefined || entry.skus.includes(sku));
	}
	/** The number of a category, or one that nothing has. */
	pathOf(category: string): number {
		return this.dimensions.categories.find(category);
	}

	private enter(product: StoredProduct): Entry {
		const entry = entryOf(product, this.stockOf, this.dimensions);
		this.entries.set(entry.id, entry);
		this.claim(null, entry);
		const { sellerId } = product;
		let own = this.ofSeller.get(sellerId);
		if (!own) this.ofSeller.set(sellerId, (own = new Map()));
		own.set(entry.id, entry);
		this.own.add(entry);
		return entry;
	}
	private claim(known: Entry | null, next: Entry): void {
		for (const sku of known?.skus ?? []) this.ownerOf.delete(sku);
		for (const sku of next.skus) this.ownerOf.set(sku, next.id);
		this.dimensions.labels[next.seller] = next.card.seller.shopName;
	}
	/** From one state to the next. */
	private move(known: Entry, next: Entry): void {
		if (known.published && next.published) return this.change(known, next);
		if (known.published) {
			this.orders.remove(known);
			this.hide(known);
		}
		Object.assign(known, next);
		if (!known.published) return;
		this.orders.add(known);
		this.show(known);
	}
	/** From one published state to the next; what stays the same costs nothing. */
	private change(entry: Entry, next: Entry): void {
		const worded = !sameText(entry.text, next.text);
		if (!sameToAll(entry, next)) this.productRev++;
		if (worded) {
			this.unread(entry);
			this.counts.category(entry, -1);
		}
		this.orders.change(entry, next);
		if (worded) {
			this.read(entry);
			this.counts.category(entry);
		}
		this.changes++;
	}
	private read({ text }: Entry): void {
		this.words.add(text);
		this.wordsRev++;
	}
	private unread({ text }: Entry): void {
		this.words.remove(text);
		this.wordsRev++;
	}
	private show(entry: Entry): void {
		this.read(entry);
		this.count(entry, 1);
	}
	private hide(entry: Entry): void {
		this.unread(entry);
		this.count(entry, -1);
	}
	private count(entry: Entry, by: 1 | -1): void {
		this.counts.category(entry, by);
		this.counts.seller(entry, by);
		this.productRev++;
		this.changes++;
	}

	private hits(filters: Filters): Hits {
		const { q, sort, inStock, ...rest } = filters;
		const words = asked(q);
		const order = sort && (sort !== "relevance" || words) ? sort : words ? "relevance" : "newest";
		const narrowed = words || inStock || Object.values(rest).some(value => value !== undefined);
		if (!narrowed && order !== "relevance")
			return { ...this.orders.all(order), facets: this.facets() };
		const stamp = [
			this.productRev,
			inStock ? this.stockedRev : 0,
			order === "popular" ? this.soldRev : 0
		].join();
		const key = JSON.stringify([words, order, inStock === true, rest]);
		return this.found.get(key, stamp, () =>
			matching(this.candidates(words, order), filters, this.dimensions)
		);
	}

	private candidates(words: string[] | null, order: Order | "relevance"): Ordered {
		if (order !== "relevance" && !words) return this.orders.all(order);
		const best = this.having(words ?? []);
		const entries = order === "relevance" ? best : best.toSorted(ORDERS[order]);
		return { parts: [entries], length: entries.length, backwards: false };
	}

	private having(words: string[]): Entry[] {
		const asked = words.join(" ");
		return this.worded.get(asked, String(this.wordsRev), () => {
			if (!asked) return [];
			const exact = this.words.search(asked);
			const results = exact.length < FEW ? this.words.search(asked, { fuzzy }) : exact;
			results.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
			return results.map(({ id }) => this.entries.get(id as string)!);
		});
	}

	private facets(): Facets {
		if (this.allFacets?.rev !== this.productRev) {
			const { parts } = this.orders.all("price");
			const min = parts[0]?.[0]?.price ?? Infinity;
			const max = parts.at(-1)?.at(-1)?.price ?? -Infinity;
			this.allFacets = { rev: this.productRev, facets: this.counts.facets(min, max) };
		}
		return this.allFacets.facets;
	}
}
