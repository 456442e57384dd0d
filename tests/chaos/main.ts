import { parseArgs } from "node:util";
import build from "../helpers/build";
import { allFaults, faultsOf } from "./fault";
import { details, table } from "./report";
import { Company } from "./run";
import type { Report } from "./stage";

const HELP = `npm run chaos -- F1 F8 [--seed 7] [--minutes 10] [--list]

  Does harm to a shop under load, and checks afterwards that nothing it ever said was untrue.
  F1 …       the faults of the matrix, in this order; without any, all that can be done here
  --seed     of every choice that is left to chance
  --minutes  how long F32, the mix of all, goes on
  --list     which faults there are, and which can't be done here`;

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			seed: { type: "string", default: "7" },
			minutes: { type: "string", default: "2" },
			list: { type: "boolean", default: false },
			help: { type: "boolean", default: false }
		}
	});
	if (values.help) {
		console.log(HELP);
		return 0;
	}
	const all = await allFaults();
	if (values.list) {
		for (const { id, about, mode, cannot } of all)
			console.log(
				`${id.padEnd(4)} ${mode.padEnd(9)} ${about}${cannot?.() ? ` — not here: ${cannot()}` : ""}`
			);
		return 0;
	}
	const chosen = positionals.length ? await faultsOf(positionals) : all;
	build();
	const company = new Company({
		seed: Number(values.seed),
		minutes: Number(values.minutes),
		say: line => console.log(line)
	});
	for (const signal of ["SIGINT", "SIGTERM"] as const)
		process.once(signal, () => void company.end().finally(() => process.exit(1)));
	const reports: Report[] = [];
	try {
		for (const fault of chosen) {
			const why = fault.cannot?.();
			if (why) {
				console.log(`${fault.id} can't be done here: ${why}`);
				continue;
			}
			const report = await company.play(fault);
			reports.push(report);
			console.log(details(report) || `${fault.id}: well`);
		}
	} finally {
		await company.end();
	}
	console.log(`\n${table(reports)}`);
	return reports.length && reports.every(({ violations }) => !violations.length) ? 0 : 1;
}

main().then(
	code => process.exit(code),
	(err: Error) => {
		console.error(err);
		process.exit(1);
	}
);
