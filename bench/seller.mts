// What each read of the seller's pages takes at the server, for a seller with 10,000 products and 50,000 orders of the
// past year. Embedded, or with MongoDB where MONGO_URI is given. `tsx bench/seller.mts [products orders]`
import { child } from "./child.mts";

const { MONGO_URI } = process.env;
const [products = "10000", orders = "50000"] = process.argv.slice(2);

interface Run {
	filled: number;
	figures: Record<string, { first: number; p50: number; most: number }>;
	ok: boolean;
	checked: object;
}
const uri = MONGO_URI && new URL(MONGO_URI);
if (uri) {
	uri.pathname = `/seller_${process.pid}`;
	process.env.MONGO_URI = uri.href;
}
const shop = await child("seller-shop.ts", [products, orders]);
await shop.stop();
if (uri) {
	const { MongoClient } = await import("mongodb");
	const client = new MongoClient(uri.href);
	await client.db().dropDatabase();
	await client.close();
}

const { filled, figures, ok, checked } = JSON.parse(shop.said) as Run;
const ms = (time: number) => (time < 10 ? time.toFixed(1) : time.toFixed(0)).padStart(8);
console.log(
	`${uri ? "MongoDB" : "Embedded"}, ${products} products and ${orders} orders, filled in ${(filled / 1000).toFixed(0)} s; ops.verify ${ok ? "green" : "RED"} ${JSON.stringify(checked)}`
);
console.log(`${"ms at the server".padEnd(28)}   first     p50    most`);
for (const [name, { first, p50, most }] of Object.entries(figures))
	console.log(`${name.padEnd(28)}${ms(first)}${ms(p50)}${ms(most)}`);
const most = (of: "first" | "p50") => Math.max(...Object.values(figures).map(figure => figure[of]));
console.log(
	`the slowest: ${ms(most("p50")).trim()} ms, at first ${ms(most("first")).trim()}, aim 200`
);
process.exitCode = ok && most("p50") < 200 && most("first") < 200 ? 0 : 1;
