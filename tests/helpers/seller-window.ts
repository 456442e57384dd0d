import { textBecomes, Window } from "./browser";
import { Client } from "./client";
import { until } from "./shop";

const PASSWORD = "correct horse battery";

/** A seller at their desk: a new account, signed in to the seller's app in a browser of their own. */
export async function sellerWindow(
	baseUrl: string,
	options: Parameters<typeof Window.open>[1] = {}
): Promise<{ window: Window; client: Client }> {
	const client = await new Client(baseUrl).signUp("seller");
	const window = await Window.open(baseUrl, options);
	await window.go("/seller");
	const field = (name: string) =>
		window.page
			.locator(`[name=${name}], input[data-testid=${name}], [data-testid=${name}] input`)
			.first();
	await field("email").fill(client.user!.email);
	await field("password").fill(PASSWORD);
	await window.page.locator("form button[type=submit]").click();
	await window.at("revenue").waitFor();
	return { window, client };
}
export const isLive = (window: Window) => textBecomes(window.at("live-badge").first(), /live/i);
/** What a page shows before long, on a slow machine too. */
export const soon = <T>(what: () => Promise<T> | T, holds?: (value: T) => boolean) =>
	until(what, holds, 30_000);
