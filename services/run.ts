import { enableCompileCache } from "node:module";

/** What a container, or the runner of a local cluster, starts: `node dist/services/run.js`. */
enableCompileCache();
// whoever started this process with a channel is its life: no orphan is left when it dies
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));

import("./main.js")
	.then(({ main }) => main())
	.catch((err: Error) => {
		console.error(`\n  The shop can't start: ${err.message}\n`);
		process.exit(1);
	});
