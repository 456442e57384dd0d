// Set at build by vite.config.ts; elsewhere, as in tests, they may be missing.
declare const __API_URL__: string | undefined;
declare const __WS_URL__: string | undefined;

/** Where the API is: "" is where the page is from. */
export const apiUrl = () => (typeof __API_URL__ === "undefined" ? "" : __API_URL__);

/** The relay: what the build says, else the port that the gateway wrote into the page, else same origin. */
export function relayUrl(): string {
	if (typeof __WS_URL__ !== "undefined" && __WS_URL__) return __WS_URL__;
	if (typeof document === "undefined") return "";
	const port = document.querySelector<HTMLMetaElement>('meta[name="relay"]')?.content;
	return port ? `${location.protocol}//${location.hostname}:${port}` : location.origin;
}
