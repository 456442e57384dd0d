import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk of a few megabytes that can be filled up: a file system in memory, or a limit on file sizes where we may not mount one. */
export interface SmallDisk {
	dir: string;
	/** From now on next to nothing more goes on it. */
	fill(pid: number): void;
	free(pid: number): void;
	discard(): void;
}

const run = (...[command, ...args]: [string, ...string[]]) =>
	execFileSync(command, args, { stdio: ["ignore", "pipe", "pipe"] });

export function smallDisk(size = "4m"): SmallDisk {
	const dir = mkdtempSync(join(tmpdir(), "commercify-disk-"));
	const remove = () => rmSync(dir, { recursive: true, force: true });
	const filler = join(dir, "filler");
	try {
		run("mount", "-t", "tmpfs", "-o", `size=${size}`, "tmpfs", dir);
	} catch {
		const limit = (bytes: string) => (pid: number) =>
			void run("prlimit", "--pid", String(pid), `--fsize=${bytes}:unlimited`);
		return { dir, fill: limit("16384"), free: limit("unlimited"), discard: remove };
	}
	return {
		dir,
		fill() {
			const { bavail, bsize } = statfsSync(dir);
			try {
				writeFileSync(filler, Buffer.alloc(Math.max(0, bavail - 6) * bsize));
			} catch (err) {
				// whoever writes at the same time has filled it up first
				if ((err as NodeJS.ErrnoException).code !== "ENOSPC") throw err;
			}
		},
		free: () => rmSync(filler, { force: true }),
		discard() {
			run("umount", "-l", dir);
			remove();
		}
	};
}
