import { SERVICES } from "./shared/gateway.contract";
import { startNode } from "./node";
import { seedIfAsked } from "./startup";

/** `node dist/services/seed.js`: joins a running cluster, makes the demo store in it if it is empty, and leaves. */
async function seed(): Promise<void> {
	const node = await startNode([]);
	try {
		await node.broker.waitForServices([...SERVICES], 60_000, 200);
		const told = await seedIfAsked(node.broker, message => console.log(`  ${message}`));
		if (told) console.log(told);
	} finally {
		await node.stop();
	}
}
seed().then(
	() => process.exit(0),
	(err: Error) => {
		console.error(`  The demo store can't be made: ${err.message}`);
		process.exit(1);
	}
);
