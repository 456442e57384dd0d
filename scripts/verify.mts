import { ask, attempt } from "./ask.mts";

/** `npm run verify`: do stock, orders and payments agree? Exit code 1 if not. `-- --settled` when nothing is going on. */
await attempt(() =>
	ask(async call => {
		const { shop } = (await import(new URL("../dist/services/repl.js", import.meta.url).href)) as {
			shop: (words: string[], ask: typeof call, say: (line: string) => void) => Promise<number>;
		};
		return shop(["verify", ...process.argv.slice(2)], call, console.log);
	})
);
