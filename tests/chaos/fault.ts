import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Size } from "./crowd";
import type { Stage } from "./stage";

/**
 * A row of the fault matrix in RELIABILITY.md; a file of faults/ exports one as `fault`. The stage has gathered a crowd
 * that buys all the while. `run` does the harm (`stage.kill`, `stage.cluster`, `stage.embedded`,
 * `stage.shop.injections`), proves it by `stage.proved`, waits for `stage.traffic` to meet it, calls `stage.heals()`
 * at the moment from which recovery counts, and may heal by `stage.shop.heal()`, which the stage does afterwards anyway.
 * What its row promises beyond the invariants it says by `stage.expect`.
 */
export interface Fault {
	/** With a letter, the same as the row's number does elsewhere: `c` in a cluster, `e` in one process. */
	id: `F${number}${"" | "c" | "e"}`;
	about: string;
	mode: "cluster" | "embedded";
	/** For the shop's processes; cluster faults with the same settings share one cluster. */
	env?: Record<string, string>;
	/** For node itself. */
	flags?: string[];
	/** One process on a disk that can be filled up. */
	smallDisk?: boolean;
	/** The crowd is part of what the fault does: the stage doesn't send it in. */
	ownLoad?: boolean;
	/** Another crowd than usual. */
	size?: Partial<Size>;
	/** Why it can't be done here: listed, not run. */
	cannot?(): string | null;
	run(stage: Stage): Promise<void>;
}

const FOLDER = join(__dirname, "faults");

/** Every file of faults/ is one, in the matrix's order. */
export async function allFaults(): Promise<Fault[]> {
	const files = readdirSync(FOLDER).filter(name => /^f\d+[ce]?\.ts$/.test(name));
	const modules = await Promise.all(
		files.map(name => import(join(FOLDER, name)) as Promise<{ fault: Fault }>)
	);
	return modules
		.map(({ fault }) => fault)
		.sort((a, b) => Number.parseInt(a.id.slice(1)) - Number.parseInt(b.id.slice(1)));
}

export async function faultsOf(ids: string[]): Promise<Fault[]> {
	const all = await allFaults();
	return ids.map(id => {
		const found = all.find(fault => fault.id.toUpperCase() === id.toUpperCase());
		if (!found) throw new Error(`There is no fault ${id}; there are ${all.map(f => f.id).join()}`);
		return found;
	});
}
