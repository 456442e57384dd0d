/// <reference lib="dom" />
// What a seller's browser has to do while a page of 100 rows is loaded, turned, sorted, selected and told of new stock:
// the longest task of each, and the frames of a scroll. Needs a Chromium. `tsx bench/rows.mts [rounds]`
import { build } from "../scripts/build.mts";
import { Window } from "../tests/helpers/browser.ts";
import { Client, times } from "../tests/helpers/client.ts";
import { ShopProcess } from "../tests/helpers/process.ts";
import { quantile } from "./child.mts";

const ROUNDS = Number(process.argv[2] ?? 3);
const [PRODUCTS, CHANGES, SETTLED, SCROLL] = [250, 60, 800, 2500];
const [AIM, FRAME] = [100, 34];

declare global {
	var longTasks: number[];
}
await build(console.error);
const shop = await ShopProcess.start({ env: { RATE_LIMIT: "0" } });
const seller = await new Client(shop.baseUrl).signUp("seller");
const skus = (await times(PRODUCTS, n => seller.product(n % 40, 1000 + n), 8)).map(
	({ variants }) => variants[0]!.sku
);
const window = await Window.open(shop.baseUrl, { viewport: { width: 1440, height: 900 } });
const { page } = window;
await page.addInitScript(() => {
	globalThis.longTasks = [];
	new PerformanceObserver(list =>
		globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration))
	).observe({ type: "longtask" });
});
await window.signIn(seller.user!.email, "/seller");
await window.at("revenue").waitFor();

const worst = new Map<string, number>();
async function step(name: string, work: () => Promise<unknown>): Promise<void> {
	await page.evaluate(() => void (globalThis.longTasks = []));
	await work();
	await page.waitForTimeout(SETTLED);
	const tasks = await page.evaluate(() => globalThis.longTasks);
	worst.set(name, Math.max(worst.get(name) ?? 0, ...tasks));
}
const change = (n: number) =>
	seller.must(`POST /api/seller/stock/${skus.at(-1 - (n % 100))}/adjust`, {
		body: { delta: 1, reason: "received" }
	});
const button = (name: string) => page.getByRole("button", { name }).click();
/** Down to the end and up again, as fast as a hand that looks for something. */
const scrolled = () =>
	page.evaluate(async ms => {
		const frames: number[] = [];
		const most = document.documentElement.scrollHeight - innerHeight;
		const start = performance.now();
		for (let before = start; before < start + ms;) {
			await new Promise(requestAnimationFrame);
			const now = performance.now();
			frames.push(now - before);
			before = now;
			scrollTo(0, most * (1 - Math.abs(1 - (2 * (now - start)) / ms)));
		}
		return frames;
	}, SCROLL);

const frames: number[] = [];
try {
	for (let round = 0; round < ROUNDS; round++)
		for (const list of ["products", "stock"]) {
			const row = page.locator("[data-row]").first();
			await window.go(`/seller/${list}?size=100`);
			await row.waitFor();
			await page.keyboard.press("g");
			await page.keyboard.press("a");
			await page.getByTestId("alert-row").first().waitFor();
			await page.waitForTimeout(SETTLED);
			await step(`${list}, loaded`, async () => {
				await page.goBack();
				await row.waitFor();
			});
			await step(`${list}, next page`, () => button("Next page"));
			await step(`${list}, page before`, () => button("Previous page"));
			await step(`${list}, sorted`, () => button("Available"));
			await step(`${list}, ${CHANGES} changes of stock`, () => times(CHANGES, change, 6));
			if (list === "products")
				await step("products, all chosen", () => window.at("select-page").click());
			frames.push(...(await scrolled()));
		}
} finally {
	await window.close();
	await shop.discard();
}
for (const [name, ms] of worst)
	console.log(`${name.padEnd(32)}${(ms ? ms.toFixed(0) : "< 50").padStart(6)} ms`);
const [p50, p95] = [quantile(frames, 0.5), quantile(frames, 0.95)];
console.log(
	`a frame of a scroll: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, aim ${FRAME - 1} ms`
);
const longest = Math.max(...worst.values());
console.log(`the longest task: ${longest.toFixed(0)} ms, aim ${AIM} ms`);
process.exitCode = longest <= AIM && p95 < FRAME ? 0 : 1;
