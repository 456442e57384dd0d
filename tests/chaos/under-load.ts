import type { Rule } from "./injections";
import type { Stage } from "./stage";

/** Lets rules stand for a while under load, heals, and answers how often each has struck. */
export async function injected(
	stage: Stage,
	ms: number,
	...rules: Rule[]
): Promise<Map<string, number>> {
	const { injections } = stage.embedded;
	const before = new Map(rules.map(({ id }) => [id, injections.struck("shop", id).length]));
	injections.rules("shop", ...rules);
	await stage.sleep(ms);
	injections.heal();
	stage.heals();
	return new Map(
		rules.map(({ id }) => [id, injections.struck("shop", id).length - before.get(id)!])
	);
}
/** Says how often each rule has struck; one that didn't is a fault that didn't happen. */
export function proved(stage: Stage, strikes: Map<string, number>): void {
	for (const [rule, count] of strikes) stage.proved(`${rule}: ${count} times`, count);
}
