import { ask, attempt } from "./ask.mts";

interface Verdict {
	ok: boolean;
	checked: Record<string, number>;
	findings: { invariant: string; what: string; refs: string[] }[];
}

/** `npm run verify`: do stock, orders and payments agree? Exit code 1 if not. `-- --settled` when nothing is going on. */
await attempt(async () => {
	const settled = process.argv.includes("--settled");
	const verdict = await ask(call => call<Verdict>("ops.verify", { settled }));
	const checked = Object.entries(verdict.checked).map(([what, count]) => `${count} ${what}`);
	console.log(`Checked ${checked.join(", ")}.`);
	for (const { invariant, what, refs } of verdict.findings)
		console.log(`  ${invariant}  ${what}  (${refs.join(", ")})`);
	console.log(verdict.ok ? "Every invariant holds." : `${verdict.findings.length} findings.`);
	return verdict.ok ? 0 : 1;
});
