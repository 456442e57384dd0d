import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What inject.mjs does to calls, events, the loop or the clock of a node; the file says what each word means. */
export interface Rule {
	id: string;
	on: "action" | "call" | "event" | "now" | "clock";
	name?: string;
	do?: "crash" | "delay" | "twice" | "drop" | "fail";
	when?: "before" | "after";
	ms?: number;
	chance?: number;
	times?: number;
	seed?: number;
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
		const hook = pathToFileURL(join(__dirname, "inject.mjs")).href;
		return { CHAOS_DIR: this.dir, NODE_OPTIONS: `--import=${hook}` };
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
	/** No rules any more; what was set for a start stays. */
	heal(): void {
		for (const node of this.told.keys()) this.rules(node);
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
