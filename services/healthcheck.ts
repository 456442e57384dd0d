import { metricsPort, port, relayPort } from "./settings";

/** `node dist/services/healthcheck.js` beside a node, as a container's check: exits with 1, and says why, unless it is well. */
const doors: Record<string, string> = {
	gateway: `http://127.0.0.1:${port}/health/live`,
	relay: `http://127.0.0.1:${relayPort}/health`
};
const services = process.env.SERVICES?.split(",").map(name => name.trim()) ?? Object.keys(doors);
const asked = [
	`http://127.0.0.1:${metricsPort}/health/ready`,
	...services.flatMap(name => doors[name] ?? [])
];

async function check(url: string): Promise<void> {
	const answer = await fetch(url, { signal: AbortSignal.timeout(3000) });
	if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
}
Promise.all(asked.map(check)).then(
	() => process.exit(0),
	(err: Error) => {
		console.error(err.message, err.cause ?? "");
		process.exit(1);
	}
);
