import { fail } from "../../services/errors";
import { ACTIONS } from "../../services/shared/contract";
import type { Ctx } from "../../services/typed";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a stand-in answers whatever its test needs
type Handler = (ctx: Ctx<any>) => unknown;

/** A service of the contract that knows nothing, but for what its test gives it. */
export function standIn(name: string, handlers: Record<string, Handler> = {}) {
	const names = Object.keys(ACTIONS)
		.filter(action => action.startsWith(`${name}.`))
		.map(action => action.slice(name.length + 1));
	return {
		name,
		actions: {
			...Object.fromEntries(names.map(action => [action, () => fail("NOT_FOUND")])),
			...handlers
		}
	};
}

export const SERVICE_NAMES = [
	...new Set(Object.keys(ACTIONS).map(name => name.split(".")[0]!))
].filter(name => name !== "gateway");
