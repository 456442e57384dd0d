import { join } from "node:path";
import { ServiceBroker } from "moleculer";
import config from "../moleculer.config";
import { CORE } from "../services/node";

/** All services but the doors in one node, asked through its broker. */
export async function startCore(): Promise<ServiceBroker> {
	const broker = new ServiceBroker({
		...config,
		logger: { type: "Console", options: { level: "error" } },
		metrics: { enabled: false },
		skipProcessEventRegistration: true
	});
	for (const name of CORE)
		broker.loadService(join(__dirname, "..", "services", name, `${name}.service`));
	await broker.start();
	return broker;
}

/** Milliseconds of so many runs, or of as many as `patience` milliseconds have room for; the first apart. */
export async function measure(work: () => Promise<unknown>, runs: number, patience = Infinity) {
	const times: number[] = [];
	const start = performance.now();
	while (times.length < runs && performance.now() - start < patience) {
		const begun = performance.now();
		await work();
		times.push(performance.now() - begun);
	}
	const [first = 0, ...rest] = times;
	const sorted = rest.sort((a, b) => a - b);
	return { first, p50: sorted[sorted.length >> 1] ?? first, most: sorted.at(-1) ?? first };
}
