import type { Report } from "./stage";

const seconds = (ms: number | null) => (ms === null ? "never" : `${(ms / 1000).toFixed(1)} s`);

/** A line a fault. */
export function table(reports: Report[]): string {
	const rows = [
		["fault", "requests", "5xx", "unanswered", "recovery", "took", "invariants", "proof"],
		...reports.map(report => [
			report.id,
			`${report.requests}`,
			`${report.failed}`,
			`${report.unanswered}`,
			seconds(report.recovery),
			seconds(report.seconds * 1000),
			report.violations.length ? `${report.violations.length} VIOLATED` : "hold",
			[...report.proofs, ...report.notes.map(note => `(${note})`)].join("; ")
		])
	];
	const widths = rows[0]!.map((_, i) => Math.max(...rows.map(row => row[i]!.length)));
	return rows
		.map(row =>
			row.map((cell, i) => (i < row.length - 1 ? cell.padEnd(widths[i]!) : cell)).join("  ")
		)
		.join("\n");
}

/** The first violation with its history, and what else there is. */
export function details({ id, violations, history }: Report): string {
	const [first, ...more] = violations;
	if (!first) return "";
	const about = JSON.stringify(first.about, null, 2) ?? "";
	const kinds = new Map<string, number>();
	for (const { invariant } of violations) kinds.set(invariant, (kinds.get(invariant) ?? 0) + 1);
	return [
		`${id}: ${[...kinds].map(([kind, count]) => `${kind} ×${count}`).join(", ")}`,
		`${id}: ${first.invariant}: ${first.what}`,
		about.slice(0, 6000),
		...more.slice(0, 10).map(({ invariant, what }) => `${id}: ${invariant}: ${what}`),
		`history: ${history}`
	].join("\n");
}
