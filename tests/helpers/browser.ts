import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
	chromium,
	type BrowserContext,
	type BrowserContextOptions,
	type Page
} from "playwright-core";
import { PASSWORD } from "./client";

const FLAGS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync"
];
const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
export const chromiumPath = process.env.CHROMIUM ?? PATHS.find(existsSync);

/** A browser of its own for somebody: nothing is shared with another one but the shop. */
export class Window {
	private constructor(
		readonly context: BrowserContext,
		readonly page: Page,
		private readonly dir: string,
		/** What the page complained of, and whom it asked but the shop. */
		readonly complaints: string[]
	) {}

	static async open(baseURL: string, options: BrowserContextOptions = {}): Promise<Window> {
		const dir = mkdtempSync(join(tmpdir(), "commercify-browser-"));
		const context = await chromium.launchPersistentContext(dir, {
			...(chromiumPath && { executablePath: chromiumPath }),
			args: FLAGS,
			headless: true,
			baseURL,
			viewport: { width: 1280, height: 900 },
			reducedMotion: "reduce",
			...options
		});
		context.setDefaultTimeout(30_000);
		const page = context.pages()[0] ?? (await context.newPage());
		const complaints: string[] = [];
		const { hostname } = new URL(baseURL);
		page.on("pageerror", err => complaints.push(`${err.name}: ${err.message}`));
		page.on("console", message => {
			if (message.type() !== "error") return;
			// a refusal that the page shows is logged by the browser too
			if (!/Failed to load resource/.test(message.text())) complaints.push(message.text());
		});
		page.on("request", request => {
			const url = new URL(request.url());
			if (/^(https?|wss?):$/.test(url.protocol) && url.hostname !== hostname)
				complaints.push(`asks ${url.hostname}`);
		});
		return new Window(context, page, dir, complaints);
	}

	/** The element that a `data-testid` names. */
	at(id: string) {
		return this.page.getByTestId(id);
	}
	async go(path: string) {
		await this.page.goto(path);
	}
	/** Signs in at a page that asks who is there, as somebody whom `Client.signUp` has made. */
	async signIn(email: string, path: string) {
		await this.go(path);
		const field = (name: string) =>
			this.page
				.locator(`[name=${name}], input[data-testid=${name}], [data-testid=${name}] input`)
				.first();
		await field("email").fill(email);
		await field("password").fill(PASSWORD);
		await this.page.locator("form button[type=submit]").click();
	}
	async close() {
		await this.context.close();
		rmSync(this.dir, { recursive: true, force: true });
	}
}

/** Waits until the element's text is so; answers how many milliseconds that took. */
export async function textBecomes(
	locator: ReturnType<Window["at"]>,
	pattern: RegExp,
	ms = 10_000
): Promise<number> {
	const start = performance.now();
	let text = "";
	while (performance.now() - start < ms) {
		text = (await locator.allInnerTexts()).join(" | ");
		if (pattern.test(text)) return performance.now() - start;
		await new Promise(resolve => setTimeout(resolve, 20));
	}
	const page = locator.page();
	const shown = await page.locator("body").innerText();
	throw new Error(
		`Still "${text}", not ${pattern}, after ${ms} ms; ${page.url()} shows:\n${shown.slice(0, 2000)}`
	);
}

/** Which element has the focus: its `data-testid`, or what it is. */
export const focused = ({ page }: Window) =>
	page.evaluate(() => {
		const now = document.activeElement as HTMLElement | null;
		return now?.dataset.testid ?? now?.closest<HTMLElement>("[data-testid]")?.dataset.testid ?? "";
	});
/** Goes on by Tab until the element that `data-testid` names has the focus. */
export async function tabTo(window: Window, id: string): Promise<void> {
	for (let step = 0; step < 60; step++) {
		await window.page.keyboard.press("Tab");
		if ((await focused(window)) === id) return;
	}
	throw new Error(`Tab doesn't lead to ${id}`);
}
/** Tab leads round through the open dialog and nowhere else; Escape leaves it. */
export async function goRound({ page }: Window): Promise<void> {
	const at = () =>
		page.evaluate(() => {
			const dialog = document.querySelector("[role=dialog]:not([data-state=closed])");
			const now = document.activeElement;
			return dialog?.contains(now) ? [...dialog.querySelectorAll("*")].indexOf(now!) : undefined;
		});
	const first = await at();
	for (let step = 0; ; step++) {
		await page.keyboard.press("Tab");
		const now = await at();
		if (now === undefined || step > 60) throw new Error(`Tab ${step + 1} leads to ${now}`);
		if (now === first) break;
	}
	await page.keyboard.press("Escape");
	await page.getByRole("dialog").waitFor({ state: "detached" });
}

export const isLive = (window: Window) => textBecomes(window.at("live-badge").first(), /live/i);
