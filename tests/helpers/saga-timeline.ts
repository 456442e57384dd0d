import { nextTick } from "node:process";
import timers from "node:timers/promises";

/** A process of the simulated cluster. Its memory is gone with each life; what it has sent is on its way. */
export class Machine {
	life = 0;
	up = true;
	/** A long pause, as of a garbage collector: it takes up later what it was about to do. */
	pausedUntil = 0;
	constructor(
		readonly name: string,
		readonly skew = 0
	) {}
}

interface Step {
	at: number;
	machine: Machine;
	life: number;
	run(): Promise<unknown> | void;
	/** What still happens when the machine is dead by then: a write that was on its way to the store. */
	ghost?: (() => Promise<unknown>) | undefined;
	off: boolean;
}

/** The same numbers for the same seed (mulberry32). */
export function randomOf(seed: number) {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

const START = Date.UTC(2030, 0, 1);

/** Time, and all that is going to happen, in an order that the seed alone decides. */
export class Timeline {
	private readonly steps: Step[] = [];
	private current: Machine | null = null;
	readonly random: () => number;
	/** Milliseconds since the start. */
	clock = 0;

	constructor(seed: number) {
		this.random = randomOf(seed);
	}

	below = (n: number) => Math.floor(this.random() * n);
	chance = (perMille: number) => perMille > 0 && this.random() * 1000 < perMille;
	now = () => START + Math.floor(this.clock) + (this.current?.skew ?? 0);

	/** Plans a step of a machine's present life; answers how to call it off. */
	plan(machine: Machine, delay: number, run: Step["run"], ghost?: Step["ghost"]): () => void {
		const { life } = machine;
		const step: Step = { at: this.clock + delay, machine, life, run, ghost, off: false };
		let [low, high] = [0, this.steps.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.steps[middle]!.at > step.at) low = middle + 1;
			else high = middle;
		}
		this.steps.splice(low, 0, step);
		return () => void (step.off = true);
	}

	sleep(machine: Machine, ms: number): Promise<void> {
		return new Promise(resolve => this.plan(machine, ms, resolve));
	}

	/** Does the next step, with all that follows from it at once; whose it was, or null when nothing is left before `until`. */
	async next(until: number): Promise<Machine | null> {
		for (;;) {
			const step = this.steps.at(-1);
			if (!step || step.at > until) {
				this.clock = Math.max(this.clock, until);
				return null;
			}
			this.steps.pop();
			const { machine, life, off } = step;
			if (off) continue;
			this.clock = Math.max(this.clock, step.at);
			if (life !== machine.life) {
				if (step.ghost && this.chance(500)) await step.ghost();
				continue;
			}
			if (machine.pausedUntil > this.clock) {
				this.plan(machine, machine.pausedUntil - this.clock, step.run, step.ghost);
				continue;
			}
			this.current = machine;
			await step.run();
			await new Promise<void>(resolve => nextTick(resolve));
			this.current = null;
			return machine;
		}
	}

	/** Runs `work` with this time as the time and this chance as the chance. */
	async lend<T>(
		every: (machine: Machine, work: () => void, ms: number) => void,
		work: () => Promise<T>
	): Promise<T> {
		const { now } = Date;
		const { random } = Math;
		const { setInterval } = globalThis;
		const { setTimeout } = timers;
		const { stackTraceLimit } = Error;
		Error.stackTraceLimit = 0;
		Date.now = this.now;
		Math.random = this.random;
		globalThis.setInterval = ((run: () => void, ms: number) =>
			every(this.current!, run, ms)) as unknown as typeof setInterval;
		timers.setTimeout = (ms => this.sleep(this.current!, ms ?? 0)) as typeof setTimeout;
		try {
			return await work();
		} finally {
			Date.now = now;
			Math.random = random;
			globalThis.setInterval = setInterval;
			timers.setTimeout = setTimeout;
			Error.stackTraceLimit = stackTraceLimit;
		}
	}

	/** Does something at once as a machine. */
	as<T>(machine: Machine, work: () => T): T {
		const before = this.current;
		this.current = machine;
		try {
			return work();
		} finally {
			this.current = before;
		}
	}
}
