const two = (n: number) => String(n).padStart(2, "0");

/** An ISO time as a date-and-time field has it, in the time of whoever looks at it; empty where there is none. */
export function localOf(iso: string): string {
	const at = new Date(iso);
	if (!iso || Number.isNaN(at.getTime())) return "";
	const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
	return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
/** And back. */
export function isoOf(local: string): string {
	const at = new Date(local);
	return !local || Number.isNaN(at.getTime()) ? "" : at.toISOString();
}
