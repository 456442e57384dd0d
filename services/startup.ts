import type { ServiceBroker } from "moleculer";
import { production } from "./settings";

const SEED = process.env.SEED || (production ? "none" : "demo");

/** Is the demo store wanted? Throws where it can't be had. */
export function wantsDemo(): boolean {
	if (!["demo", "none"].includes(SEED)) throw new Error(`SEED is demo or none, not "${SEED}"`);
	if (SEED === "demo" && production)
		throw new Error("SEED=demo is for trying out, never for production");
	return SEED === "demo";
}

/** Is this process still at what it does before the shop is ready? */
let starting = false;
export const isStarting = () => starting;
/** Does the work; until it is done or has failed, this process's gateway says that it isn't ready. */
export async function whileStarting<T>(work: () => Promise<T>): Promise<T> {
	starting = true;
	try {
		return await work();
	} finally {
		starting = false;
	}
}

/** Fills an empty shop with the demo store where that is wanted; answers with a text that tells who may sign in. */
export async function seedIfAsked(
	broker: ServiceBroker,
	say: (message: string) => void
): Promise<string> {
	if (!wantsDemo()) return "";
	const { seedDemo, accounts } = await import("../seed/demo.js");
	await seedDemo(broker, say);
	return accounts();
}
