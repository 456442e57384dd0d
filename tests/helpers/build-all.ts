import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Tests in a browser need the apps as well: both are built, if stale. */
export default function (): void {
	const script = join(__dirname, "../../scripts/build.mts");
	execFileSync(process.execPath, [script, "services", "apps"], { stdio: "inherit" });
}
