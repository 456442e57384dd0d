import { Window } from "./browser";
import { Client } from "./client";
import { until } from "./shop";

/** A seller at their desk: a new account, signed in to the seller's app in a browser of their own. */
export async function sellerWindow(
	baseUrl: string,
	options: Parameters<typeof Window.open>[1] = {}
): Promise<{ window: Window; client: Client }> {
	const client = await new Client(baseUrl).signUp("seller");
	const window = await Window.open(baseUrl, options);
	await window.signIn(client.user!.email, "/seller");
	await window.at("revenue").waitFor();
	return { window, client };
}
/** What a page shows before long, on a slow machine too. */
export const soon = <T>(what: () => Promise<T> | T, holds?: (value: T) => boolean) =>
	until(what, holds, 30_000);
