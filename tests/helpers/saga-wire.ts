import { Errors } from "moleculer";
import type { Identity } from "../../services/shared/access";
import { actionOf } from "../../services/shared/contract";
import type { Handler } from "./saga-house";
import type { Machine, Timeline } from "./saga-timeline";

/** How often, in a thousand, each thing goes wrong. */
export interface Faults {
	/** A machine dies before a step of its. */
	crash: number;
	/** A machine stands still for up to 25 seconds. */
	pause: number;
	/** A message, or its answer, is lost. */
	lose: number;
	/** A message arrives up to 12 seconds late, an operation of the store up to 5. */
	late: number;
	/** A message arrives twice. */
	twice: number;
	/** Milliseconds that the machines' clocks are apart. */
	skew: number;
}
export const NO_FAULTS: Faults = { crash: 0, pause: 0, lose: 0, late: 0, twice: 0, skew: 0 };

interface Rules {
	/** Does it go wrong now? */
	goes(fault: Exclude<keyof Faults, "skew">): boolean;
	/** Who would answer now. */
	find(action: string): { machine: Machine; handler: Handler } | null;
	/** A browser's request doesn't arrive twice by itself: who clicks twice asks twice. */
	mayDouble(from: Machine): boolean;
}
/** Calls between machines: late, lost, twice, or answered when the caller has long given up. */
export class Wire {
	constructor(
		private readonly timeline: Timeline,
		private readonly rules: Rules
	) {}

	call(from: Machine, action: string, given: object, user: Identity | null): Promise<unknown> {
		const { timeline } = this;
		const { life } = from;
		return new Promise<unknown>((resolve, reject) => {
			const settle = (delay: number, answer: () => void) =>
				timeline.plan(from, delay, () => {
					callOff();
					if (from.life === life) answer();
				});
			const { timeout = 3000 } = actionOf(action)!;
			const callOff = timeline.plan(from, timeout, () =>
				reject(new Errors.RequestTimeoutError({ action, nodeID: from.name }))
			);
			const answerer = this.rules.find(action);
			if (!answerer) {
				settle(1, () => reject(new Errors.ServiceNotFoundError({ action })));
				return;
			}
			const { machine, handler } = answerer;
			const ctx = {
				meta: { user },
				call: (next: string, more?: object) => this.call(machine, next, more ?? {}, user)
			};
			for (
				let copies = this.rules.mayDouble(from) && this.rules.goes("twice") ? 2 : 1;
				copies;
				copies--
			) {
				if (this.rules.goes("lose")) continue;
				const delay = this.rules.goes("late") ? timeline.below(12_000) : timeline.random() * 5;
				const reply = (answer: () => void) =>
					this.rules.goes("lose") || settle(timeline.random() * 5, answer);
				timeline.plan(machine, delay, () => {
					void Promise.resolve(handler({ ...ctx, params: wired(given) as object })).then(
						result => reply(() => resolve(wired(result))),
						err => reply(() => reject(err))
					);
				});
			}
		});
	}
}

/** What arrives of what is sent. */
const wired = (value: unknown): unknown =>
	value === undefined ? undefined : JSON.parse(JSON.stringify(value));
