// A shop, and what its other visitors notice while something large is done in it.
import { setTimeout as sleep } from "node:timers/promises";
import { child, processorTime, quantile } from "./child.mts";

/** Milliseconds between two requests of a kind. */
const PAUSE = 15;

/** What the shop says of itself: megabytes, and milliseconds that its event loop was late. */
interface Pulse {
	rss: number;
	heap: number;
	p99: number;
	worst: number;
}
export type Times = Record<string, number[]>;

export async function crowdedShop(products: number, dataDir?: string) {
	const args = [String(products), ...(dataDir ? ["reopen"] : [])];
	const shop = await child("crowd-shop.ts", args, undefined, dataDir);
	const { port, seller, buyer } = JSON.parse(shop.said) as Record<string, string>;
	let pulses: Pulse[] = [];
	shop.lines.on("line", line => pulses.push(JSON.parse(line) as Pulse));

	async function request(method: string, path: string, token?: string, init: RequestInit = {}) {
		const res = await fetch(`http://127.0.0.1:${port}/api${path}`, {
			method,
			...init,
			headers: { ...init.headers, ...(token && { Authorization: `Bearer ${token}` }) }
		});
		if (!res.ok) throw new Error(`${path}: ${res.status} ${await res.text()}`);
		return res;
	}
	async function ask<T>(method: string, path: string, token?: string, body?: object): Promise<T> {
		const headers = { "Content-Type": "application/json" };
		const init = body && { headers, body: JSON.stringify(body) };
		const text = await (await request(method, path, token, init)).text();
		return (text ? JSON.parse(text) : null) as T;
	}
	const some = () => Math.floor(Math.random() * products);
	const kinds: Record<string, () => Promise<unknown>> = {
		"product list": () => ask("GET", `/catalog/products?page=${1 + (some() % 40)}`),
		search: () => ask("GET", `/catalog/products?q=${some()}`),
		product: () => ask("GET", `/catalog/products/thing-${some()}`),
		"cart, a write": () =>
			ask("PUT", `/cart/items/thing-${1 + 10 * (some() % 50)}`, buyer, { quantity: 1 }),
		orders: () => ask("GET", "/orders", buyer),
		"seller's list": () => ask("GET", "/seller/products", seller)
	};

	/** Asks for everything again and again until told to stop. */
	function probe(): () => Promise<Times> {
		const times: Times = Object.fromEntries(Object.keys(kinds).map(name => [name, []]));
		let over = false;
		const loops = Object.entries(kinds).map(async ([name, work]) => {
			while (!over) {
				const began = performance.now();
				await work();
				times[name]!.push(performance.now() - began);
				await sleep(PAUSE);
			}
		});
		return async () => {
			over = true;
			await Promise.all(loops);
			return times;
		};
	}
	const during: [string, Times][] = [];
	return {
		seller: seller!,
		request,
		ask,
		stop: shop.stop,
		/** How it is, once it has said so. */
		async pulse(): Promise<Pulse> {
			pulses = [];
			while (!pulses.length) await sleep(100);
			return pulses[0]!;
		},
		/** Warms it up, then looks at how it is when nothing else is done. */
		async calm(ms: number): Promise<void> {
			const warm = probe();
			await sleep(2000);
			await warm();
			const stop = probe();
			await sleep(ms);
			during.push(["before", await stop()]);
		},
		/** Does something while the others go on: how long it took, also of the processor, and how the shop was. */
		async among<T>(name: string, work: () => Promise<T>) {
			pulses = [];
			const stop = probe();
			const began = performance.now();
			const busy = processorTime(shop.process.pid!);
			const result = await work();
			const cpu = processorTime(shop.process.pid!) - busy;
			const seconds = (performance.now() - began) / 1000;
			during.push([name, await stop()]);
			const most = (key: keyof Pulse) => Math.max(0, ...pulses.map(pulse => pulse[key]));
			return { result, seconds, cpu, rss: most("rss"), late: most("p99"), worst: most("worst") };
		},
		/** One table of all that the others noticed. */
		report(): void {
			const cell = (times: number[]) =>
				[0.5, 0.95, 0.99].map(q => quantile(times, q).toFixed(1)).join(" / ");
			const line = (name: string, cells: string[]) =>
				name.padEnd(16) + cells.map(text => text.padStart(24)).join("");
			console.log("milliseconds of other requests at p50 / p95 / p99");
			console.log(
				line(
					"",
					during.map(([name]) => name)
				)
			);
			for (const kind of Object.keys(kinds))
				console.log(
					line(
						kind,
						during.map(([, times]) => cell(times[kind]!))
					)
				);
		}
	};
}
