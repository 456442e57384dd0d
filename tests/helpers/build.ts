import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Tests of the whole process run what is shipped: the services in dist, built anew if stale; not the apps. */
export default function (): void {
	const script = join(__dirname, "../../scripts/build.mts");
	execFileSync(process.execPath, [script, "services"], { stdio: "inherit" });
}
