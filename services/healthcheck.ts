import { isIPv6 } from "node:net";
import { host, metricsPort, port, relayPort } from "./settings";

/** `node dist/services/healthcheck.js` beside a node, as a container's check: exits with 1, and says why, unless it is well. */
const here = !host || ["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host;
const at = `http://${isIPv6(here) ? `[${here}]` : here}`;
const doors: Record<string, string> = {
	gateway: `${at}:${port}/health/live`,
	relay: `${at}:${relayPort}/health`
};
const services = process.env.SERVICES?.split(",").map(name => name.trim()) ?? Object.keys(doors);
const asked = [`${at}:${metricsPort}/health/ready`, ...services.flatMap(name => doors[name] ?? [])];

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
