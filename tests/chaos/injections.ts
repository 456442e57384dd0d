import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What inject.mjs does to a node. */
export interface Rule {
	/** By which its strikes are found again. */
	id: string;
	/**
	 * `action`: what it does itself; `call`: what it asks of others; `event`: what it emits or broadcasts; `hear`: an event
	 * that it gets; `write`: a table's creates and changes; `provider`: captures. Of the whole process: `now` stalls its
	 * loop once, `clock` is wrong and `heap` grows as long as the rule stands, `journal` is compacted all the time.
	 */
	on:
		| "action"
		| "call"
		| "event"
		| "hear"
		| "write"
		| "provider"
		| "now"
		| "clock"
		| "heap"
		| "journal";
	/** An action, event or table, or "inventory.*", or "*". */
	name?: string;
	/**
	 * `crash`: kill -9 of itself; `cut`: the same, `ms` after it has begun; `delay` by `ms`; `twice`, again after `ms`;
	 * `drop`: whoever asked hears nothing.
	 */
	do?: "crash" | "cut" | "delay" | "twice" | "drop" | "fail";
	/** Before the work, or when it is done; a crash after it lets nothing like it happen any more. */
	when?: "before" | "after";
	ms?: number;
	/** Up to so many milliseconds more, by chance. */
	spread?: number;
	/** Only where all of these stand in what is asked, as JSON. */
	holds?: string[];
	/** 0 to 1, by default 1. */
	chance?: number;
	/** How often at most, in one life of the process. */
	times?: number;
	/** Once and for all, whichever process it strikes. */
	once?: boolean;
	/** Healing doesn't end it: a clock that has gone on stays there, and with it what it has made wait. */
	lasting?: boolean;
	seed?: number;
	/** Milliseconds. */
	stall?: number;
	skew?: number;
}
interface Told {
	env?: Record<string, string>;
	nats?: string;
	rules?: Rule[];
}
export interface Struck {
	at: number;
	id: string;
	name: string;
}

/** Tells nodes what to do wrong, and reads what they did. */
export class Injections {
	readonly dir = mkdtempSync(join(tmpdir(), "shop-chaos-"));
	private readonly told = new Map<string, Told>();

	/** What a process needs to load the hook. */
	get env(): Record<string, string> {
		return this.envWith([]);
	}
	/** The same, with flags for node itself. */
	envWith(flags: string[]): Record<string, string> {
		const hook = pathToFileURL(join(__dirname, "inject.mjs")).href;
		return { CHAOS_DIR: this.dir, NODE_OPTIONS: [`--import=${hook}`, ...flags].join(" ") };
	}
	/** Adds to what a node is told; rules are replaced. A node without a name is "shop". */
	tell(node: string, what: Told): void {
		const whole = { ...this.told.get(node), ...what };
		this.told.set(node, whole);
		const file = join(this.dir, `${node}.json`);
		writeFileSync(`${file}.new`, JSON.stringify(whole));
		renameSync(`${file}.new`, file);
	}
	rules(node: string, ...rules: Rule[]): void {
		this.tell(node, { rules });
	}
	/** No rules any more, but for those that last; what was set for a start stays. */
	heal(): void {
		for (const [node, { rules = [] }] of this.told)
			this.rules(node, ...rules.filter(({ lasting }) => lasting));
	}
	/** How often the rules of a node struck. */
	struck(node: string, id?: string): Struck[] {
		const file = join(this.dir, `${node}.log`);
		if (!existsSync(file)) return [];
		return readFileSync(file, "utf8")
			.split("\n")
			.filter(Boolean)
			.map(text => JSON.parse(text) as Struck)
			.filter(strike => id === undefined || strike.id === id);
	}
	discard(): void {
		rmSync(this.dir, { recursive: true, force: true });
	}
}
