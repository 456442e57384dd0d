// Writes into DATA_DIR until it is killed, and prints a line for each write that was answered.
import { writeSync } from "node:fs";
import { Journal } from "../../mixins/journal";
import { JournaledAdapter } from "../../mixins/nedb-adapter";

const [dir = "", mode = "write", round = "0"] = process.argv.slice(2);
const ITEMS = 8;

// Synchronous, so that no answer is lost in a buffer of the dying process.
const say = (...words: unknown[]) => writeSync(1, words.join(" ") + "\n");

interface Item {
	_id: string;
	n: number;
}

async function main(): Promise<void> {
	const stock = new JournaledAdapter({ collection: "stock", dir });
	const orders = new JournaledAdapter({ collection: "orders", dir });
	await Promise.all([stock.connect(), orders.connect()]);
	for (let i = 0; i < ITEMS; i++) {
		if (!(await stock.findById(`item${i}`))) await stock.insert({ _id: `item${i}`, n: 0 });
	}
	say("ready");
	if (mode === "hold") return void setInterval(() => {}, 1000);
	if (mode === "compact") void compactForEver();
	await Promise.all([...Array(ITEMS).keys()].flatMap(i => [count(i), order(i), comeAndGo(i)]));

	async function count(i: number): Promise<void> {
		for (;;) {
			const item = await stock.changeOne<Item>({ _id: `item${i}` }, { $inc: { n: 1 } });
			say("item", i, item!.n);
		}
	}

	// What an order has read may not be on disk yet; the order must never outlive it.
	async function order(i: number): Promise<void> {
		for (let k = 0; ; k++) {
			const item = await stock.findById<Item>(`item${i}`);
			const _id = `order${round}-${i}-${k}`;
			await orders.insert({ _id, item: item._id, n: item.n, at: new Date(k) });
			say("order", _id);
		}
	}

	async function comeAndGo(i: number): Promise<void> {
		for (let k = 0; ; k++) {
			const _id = `gone${round}-${i}-${k}`;
			await orders.insert({ _id });
			await orders.removeById(_id);
			say("gone", _id);
		}
	}
}

async function compactForEver(): Promise<void> {
	const journal = await Journal.open(dir);
	for (;;) {
		await journal.compact();
		say("compacted");
	}
}

main().catch(error => {
	console.error(error.message);
	process.exit(1);
});
