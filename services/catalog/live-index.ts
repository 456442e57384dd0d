import { randomUUID } from "node:crypto";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import type { Service } from "moleculer";
import type { Collection } from "../../mixins/db.mixin";
import type { Payload } from "../shared/contract";
import type { SellerStock } from "../shared/stock";
import type { Broker } from "../typed";
import type { StoredProduct } from "./product";
import { showElsewhere } from "./replicas";
import { SearchIndex } from "./search";

const PAGE = 1000;
/** Stocks that are taken in, and products that are looked at again, at a stretch: others' requests come between. */
const STOCKS = 250;
const RECENT = 100;
const MOST_ASKED = 1000;
/** Milliseconds after a change of stock until what the event doesn't say (the units sold) is asked for. */
const REFRESH_AFTER = 500;
const CATCH_UP_EVERY = 10_000;
/** Milliseconds after the start until everybody knows this node: what was written meanwhile, nobody told it. */
const KNOWN_AFTER = 2000;
/** Milliseconds that clocks of nodes may differ, for what is asked again. */
const OVERLAP = 30_000;
const REFILL_EVERY = 600_000;
/** Milliseconds that the start waits for stock; it comes in later then. */
const PATIENCE = 1000;

interface Host {
	broker: Broker;
	logger: Service["logger"];
	products: Collection<StoredProduct>;
	waitForServices: Service["waitForServices"];
}

/**
 * Keeps this node's search index with the truth: filled at the start, kept by events, and by asking again for what an
 * event may have been lost about. Says so when an answer that was given is no longer true.
 */
export class LiveIndex {
	readonly index = new SearchIndex();
	/** Another process, another count: a version never means two things. */
	private readonly process = randomUUID().slice(0, 8);
	private answered = false;
	private readonly sold = new Set<string>();
	private refreshing: NodeJS.Timeout | null = null;
	private timers: NodeJS.Timeout[] = [];
	private seen = 0;
	/** When the last pass of catching up began. */
	private passed = 0;
	private stopped = false;

	constructor(private readonly host: Host) {}

	async start(): Promise<void> {
		await this.loadProducts();
		this.every(CATCH_UP_EVERY, () => this.catchUp());
		this.timers.push(setTimeout(() => void this.catchUp().catch(this.later), KNOWN_AFTER).unref());
		this.every(REFILL_EVERY, () => this.fillStock());
		await this.host.waitForServices("inventory", PATIENCE, 10).catch(err => {
			this.host.logger.info("Starting without stock:", (err as Error).message);
		});
		const filled = this.fillStock();
		await Promise.race([filled, sleep(PATIENCE, undefined, { ref: false })]);
	}
	stop(): void {
		this.stopped = true;
		this.timers.forEach(clearInterval);
		if (this.refreshing) clearTimeout(this.refreshing);
	}

	/** Also notes that somebody goes by it from now on. */
	get version(): string {
		this.asked();
		return `${this.process}-${this.index.changes}`;
	}
	/**
	 * Somebody is about to keep an answer. To be said before anything is read for it: what changes after that is
	 * announced, and the answer not kept.
	 */
	asked(): SearchIndex {
		this.answered = true;
		return this.index;
	}

	/** Shows a product that was just written, here and at every replica; once this is done every kept answer is known to be stale. */
	async put(product: StoredProduct): Promise<void> {
		if (await this.show(product)) await showElsewhere(this.host, product.id);
	}
	/** Shows a product here; false if it is shown so already. */
	private async show(product: StoredProduct): Promise<boolean> {
		const differs = this.index.put(product);
		if (differs) await this.announce();
		return differs;
	}
	async putStock(stock: Payload<"stock.changed">): Promise<void> {
		const { sku, available, held, version, threshold } = stock;
		const known = { available, held, version, ...(threshold !== undefined && { threshold }) };
		const differs = this.index.putStock(sku, known);
		this.sold.add(sku);
		this.refreshing ??= setTimeout(() => void this.refresh(), REFRESH_AFTER).unref();
		if (differs) await this.announce();
	}
	async putThreshold(sku: string, threshold: number): Promise<void> {
		const { version = 0 } = this.index.stockOf(sku) ?? {};
		if (this.index.putStock(sku, { version, threshold })) await this.announce();
	}
	async putAll(stocks: SellerStock[]): Promise<void> {
		let differs = false;
		for (const { sku, available, held, version, sold, threshold } of stocks)
			if (this.index.putStock(sku, { available, held, version, sold, threshold })) differs = true;
		if (differs) await this.announce();
	}
	/** Something else that public answers show, such as a review, is different now. */
	async changed(): Promise<void> {
		this.index.changes++;
		await this.announce();
	}
	/** Looks a product up again: an event says that something happened, the store what. */
	async reread(id: string): Promise<void> {
		const product = await this.host.products.get(id);
		if (product) await this.show(product);
	}
	/** Looks at what a replica has just written, with its stock. */
	async see(id: string): Promise<void> {
		const product = await this.host.products.get(id);
		if (!product || !(await this.show(product))) return;
		await this.learnStock(product);
	}

	/** Asks for the stock of a product that a replica has made, if its first event is still on the way. */
	async learnStock({ variants }: StoredProduct): Promise<void> {
		const skus = variants.flatMap(({ sku }) => (this.index.stockOf(sku) ? [] : sku));
		if (!skus.length) return;
		try {
			await this.putAll(await this.host.broker.call("inventory.stock", { skus }));
		} catch (err) {
			this.host.logger.warn("Stock can't be shown yet:", (err as Error).message);
		}
	}

	/** Fills in the stock of all SKUs, as soon as inventory is there. */
	async fillStock(): Promise<void> {
		let after = "";
		while (!this.stopped) {
			try {
				const page = await this.host.broker.call("inventory.all", { after, limit: STOCKS });
				await this.putAll(page);
				if (page.length < STOCKS) return;
				after = page.at(-1)!.sku;
				await turn();
			} catch (err) {
				this.host.logger.info("Stock can't be read yet:", (err as Error).message);
				await sleep(500, undefined, { ref: false });
			}
		}
	}

	/**
	 * Nobody keeps what nobody was told: after one announcement the next comes with the first change after the next
	 * answer. So a burst of changes costs one message, and still none is ever late.
	 */
	private async announce(): Promise<void> {
		if (!this.answered) return;
		this.answered = false;
		const version = `${this.process}-${this.index.changes}`;
		await this.host.broker.broadcast("catalog.changed", { version });
	}

	private async loadProducts(): Promise<void> {
		for (let after = ""; ;) {
			const page = await this.host.products.find(
				{ id: { $gt: after } },
				{ sort: ["id"], limit: PAGE }
			);
			this.index.load(page);
			for (const { touchedAt } of page) this.seen = Math.max(this.seen, touchedAt);
			if (page.length < PAGE) return;
			after = page.at(-1)!.id;
		}
	}
	/** Products that were written since, here or by a replica whose event didn't arrive. */
	async catchUp(): Promise<void> {
		const began = Date.now();
		let [from, offset] = [this.seen - OVERLAP + 1, 0];
		for (;;) {
			const page = await this.host.products.find(
				{ touchedAt: { $gte: from } },
				{ sort: ["touchedAt", "id"], limit: RECENT, offset }
			);
			for (const product of page) {
				await this.show(product);
				this.seen = Math.max(this.seen, product.touchedAt);
			}
			if (page.length < RECENT) break;
			const last = page.at(-1)!.touchedAt;
			const sameTime = page.filter(({ touchedAt }) => touchedAt === last).length;
			offset = sameTime + (last === from ? offset : 0);
			from = last;
			await turn(); // others' requests come between two pages
		}
		// what was written before the last pass began has been seen by this one
		this.seen = Math.max(this.seen, this.passed);
		this.passed = began;
	}
	private async refresh(): Promise<void> {
		const asked = [...this.sold].slice(0, MOST_ASKED);
		for (let i = 0; i < asked.length; i += STOCKS) {
			const skus = asked.slice(i, i + STOCKS);
			skus.forEach(sku => this.sold.delete(sku));
			try {
				await this.putAll(await this.host.broker.call("inventory.stock", { skus }));
			} catch (err) {
				this.host.logger.warn("Sold units couldn't be read, next time:", (err as Error).message);
				skus.forEach(sku => this.sold.add(sku));
				break;
			}
			await turn();
		}
		const again = this.sold.size > 0 && !this.stopped;
		this.refreshing = again ? setTimeout(() => void this.refresh(), REFRESH_AFTER).unref() : null;
	}
	private readonly later = (err: unknown) =>
		this.host.logger.warn("The catalogue will try again:", err);
	/** Does some work again and again, one at a time, as long as this lives. */
	every(ms: number, work: () => Promise<void>): void {
		let busy = false;
		const run = async () => {
			if (busy || this.stopped) return;
			busy = true;
			await work()
				.catch(this.later)
				.finally(() => (busy = false));
		};
		this.timers.push(setInterval(() => void run(), ms).unref());
	}
}
