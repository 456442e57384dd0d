import { setTimeout as sleep } from "node:timers/promises";
import { isDoor, type Plan } from "./topology.mts";

interface Whole {
	services?: Record<string, { nodes: { id: string }[] }>;
}
/** What an address says, or why it doesn't. */
async function ask(url: string): Promise<{ ok: boolean; text: string }> {
	try {
		const answer = await fetch(url, { signal: AbortSignal.timeout(3000) });
		return { ok: answer.ok, text: await answer.text() };
	} catch (err) {
		return { ok: false, text: (err as Error).message };
	}
}

/** Is this node well by itself, and does it know all of these? */
export async function nodeLacks({ id, metricsPort }: Plan, all: Plan[]): Promise<string[]> {
	const { ok, text } = await ask(`http://127.0.0.1:${metricsPort}/health/ready`);
	if (!ok) return [`${id}: ${text}`];
	const { knows } = JSON.parse(text) as { knows: string[] };
	return all.filter(other => !knows.includes(other.id)).map(other => `${id} knows no ${other.id}`);
}

/** Does a gateway, or the front of them, hear all nodes say that they are well? */
async function healthLacks(base: string, plans: Plan[]): Promise<string[]> {
	const { ok, text } = await ask(`${base}/health`);
	if (!ok || !text.startsWith("{")) return [`${base}/health: ${text}`];
	const { services = {} } = JSON.parse(text) as Whole;
	return plans.flatMap(({ id, services: has }) =>
		has
			.filter(name => services[name] && !services[name].nodes.some(node => node.id === id))
			.map(name => `${base}/health lacks ${name} on ${id}`)
	);
}

interface Fronts {
	api: string;
	relay: string;
}
/** Waits until every node is well and knows the others, and the front shows it; says what lacks when time is up. */
export async function allReady(plans: Plan[], { api, relay }: Fronts, ms: number): Promise<void> {
	const gateways = plans.filter(plan => isDoor(plan) && plan.services.includes("gateway"));
	for (const end = Date.now() + ms; ; await sleep(200)) {
		const lacks = (
			await Promise.all([
				...plans.map(plan => nodeLacks(plan, plans)),
				...[api, ...gateways.map(({ port }) => `http://127.0.0.1:${port}`)].map(base =>
					healthLacks(base, plans)
				),
				ask(`${relay}/health`).then(({ ok, text }) => (ok ? [] : [`${relay}/health: ${text}`]))
			])
		).flat();
		if (!lacks.length) return;
		if (Date.now() > end) throw new Error(`Not ready after ${ms / 1000} s:\n${lacks.join("\n")}`);
	}
}
