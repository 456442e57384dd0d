import { enableCompileCache } from "node:module";
import { build } from "./build.mts";

enableCompileCache();
process.env.LOG_LEVEL ??= "warn";
console.log("\n  Commercify\n");
await build(message => console.log(`  ${message}`)).catch((err: Error) => {
	console.error(err.message);
	process.exit(1);
});
const { main } = (await import(new URL("../dist/services/main.js", import.meta.url).href)) as {
	main: () => Promise<void>;
};
await main();
