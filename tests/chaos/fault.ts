import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "./stage";

/** A row of the fault matrix in RELIABILITY.md. Its `run` does the harm, proves it by `stage.proved`, and heals. */
export interface Fault {
	id: `F${number}`;
	about: string;
	mode: "cluster" | "embedded";
	/** For the shop's processes; cluster faults with the same settings share one cluster. */
	env?: Record<string, string>;
	/** For node itself, where there is one process. */
	flags?: string[];
	/** One process on a disk that can be filled up. */
	smallDisk?: boolean;
	/** The crowd is part of what the fault does: none is started by the stage. */
	ownLoad?: boolean;
	/** Why it can't be done here: listed, not run. */
	cannot?(): string | null;
	run(stage: Stage): Promise<void>;
}

const FOLDER = join(__dirname, "faults");

/** Every file of faults/ is one, in the matrix's order. */
export async function allFaults(): Promise<Fault[]> {
	const files = readdirSync(FOLDER).filter(name => /^f\d+\.ts$/.test(name));
	const modules = await Promise.all(
		files.map(name => import(join(FOLDER, name)) as Promise<{ fault: Fault }>)
	);
	return modules
		.map(({ fault }) => fault)
		.sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
}

export async function faultsOf(ids: string[]): Promise<Fault[]> {
	const all = await allFaults();
	return ids.map(id => {
		const found = all.find(fault => fault.id === id.toUpperCase());
		if (!found) throw new Error(`There is no fault ${id}; there are ${all.map(f => f.id).join()}`);
		return found;
	});
}
