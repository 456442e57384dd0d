// How long the catalogue's index takes for an answer, without broker and HTTP. `tsx bench/search.mts [products]`
import type { StoredProduct } from "../services/catalog/product";
import { SearchIndex } from "../services/catalog/search";

const COUNT = Number(process.argv[2] ?? 10_000);
const MS = 1000;
const WORDS =
	"stone wool linen oak brass glass clay moss ember harbour willow copper silk ash fern".split(" ");
const KINDS = ["mug", "rug", "lamp", "tray", "bowl", "apron", "chair", "clock", "vase", "basket"];
const pick = <T,>(list: T[], i: number) => list[i % list.length]!;

function product(i: number, revision = 1): StoredProduct {
	const id = `p${String(i).padStart(9, "0")}`;
	const kind = pick(KINDS, i * 7);
	const at = new Date(1.7e12 + i * 1000).toISOString();
	return {
		id,
		slug: id,
		title: `${pick(WORDS, i)} ${pick(WORDS, i * 31 + 7)} ${kind} no ${i}`,
		description: `A ${kind} of ${pick(WORDS, i * 3)} and ${pick(WORDS, i * 5)}, made by hand, each a little different.`,
		category: `home-${i % 6}/${kind}s`,
		tags: [pick(WORDS, i * 11), pick(WORDS, i * 13)],
		images: [
			{ id: "image000", url: `/media/seed/${kind}.svg`, alt: "", width: 1200, height: 1200 }
		],
		options: [],
		variants: [{ sku: `${id}-a`, options: {}, price: 500 + ((i * 7919) % 20_000) }],
		skus: [`${id}-a`],
		sellerId: `seller${String(i % 40).padStart(4, "0")}`,
		shopName: `Shop ${i % 40}`,
		status: "published",
		ratingSum: (i % 5) * 4,
		ratingCount: i % 5,
		ratingVersion: 0,
		createdAt: at,
		updatedAt: at,
		version: revision,
		revision,
		touchedAt: i
	};
}

function measure(what: string, work: (n: number) => unknown): void {
	for (let n = 0; n < 5; n++) work(n);
	// processor time: others may be at work on this machine
	const spent = () => process.cpuUsage().user / 1000;
	const start = spent();
	let done = 0;
	while (spent() - start < MS) work(done++);
	const each = (spent() - start) / done;
	console.log(
		`${what.padEnd(58)} ${(each * 1000).toFixed(1).padStart(9)} µs ${Math.round(1000 / each)
			.toLocaleString("en")
			.padStart(10)}/s`
	);
}

const index = new SearchIndex();
const began = performance.now();
index.load(Array.from({ length: COUNT }, (_, i) => product(i)));
for (let i = 0; i < COUNT; i++)
	index.putStock(`${product(i).id}-a`, { available: i % 9, sold: i % 101, version: 1 });
const first = index.search({ page: 1, pageSize: 24 });
console.log(
	`${COUNT.toLocaleString("en")} products taken in in ${Math.round(performance.now() - began)} ms, ${first.facets.categories.length} categories`
);
console.log(`${Math.round(process.memoryUsage().heapUsed / 2 ** 20)} MB of heap\n`);

let revision = 1;
let version = 1;
const changed = () => product((++revision * 7919) % COUNT, revision);
const reprice = () => {
	const next = changed();
	return index.put({
		...next,
		variants: [{ ...next.variants[0]!, price: 500 + (revision % 20_000) }]
	});
};
const retitle = () => {
	const next = changed();
	return index.put({ ...next, title: `${next.title} ${revision}` });
};
const sell = (n: number) =>
	index.putStock(`${product((n * 7919) % COUNT).id}-a`, {
		available: n % 9,
		sold: n,
		version: ++version
	});
const page = (asked: object) => index.search({ page: 1, pageSize: 24, ...asked });

measure("a page", () => page({}));
measure("a page, by price, the 40th", () => page({ sort: "-price", page: 40 }));
measure("a page after a change of a product", () => (reprice(), page({})));
measure("a page after a sale", n => (sell(n), page({ sort: "popular" })));
measure("a category, asked before", () => page({ category: "home-1" }));
measure("a category after a change of a product", () => (reprice(), page({ category: "home-1" })));
measure("price and stock, never asked before", n => page({ minPrice: 600 + n, inStock: true }));
measure("a word, asked before", () => page({ q: "copper" }));
measure("a word, never asked before", n => page({ q: `copper no ${n}` }));
measure("a word after a change of price", () => (reprice(), page({ q: "copper" })));
measure("a word with a typo after a change", () => (retitle(), page({ q: "harbuor" })));
measure("a beginning after a change", () => (retitle(), page({ q: "wi" })));
measure("a change of price", reprice);
measure("a change of title", retitle);
measure("a change of stock", sell);
