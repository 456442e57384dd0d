import { randomUUID } from "node:crypto";
import { link, open, readFile, rename, stat, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

interface Owner {
	pid: number;
	/** When the process started: a pid alone comes round again, after a reboot or in a container. */
	start: string;
	host: string;
}

const BEAT = 1000;

/**
 * Makes this process the only user of `dir`; refuses when a living one is. A lock whose process is
 * dead is taken over, so `kill -9` leaves nothing to clean up. `onLost` is told when somebody else
 * took the lock all the same (this process was frozen on another host, the file was deleted).
 */
export async function lockDir(dir: string, onLost: () => void): Promise<() => Promise<void>> {
	const path = join(dir, "lock");
	const mine = join(dir, `lock.${process.pid}.${randomUUID()}`);
	const owner: Owner = { pid: process.pid, start: await startOf(process.pid), host: hostname() };
	await writeFile(mine, JSON.stringify(owner));
	try {
		// link() creates the lock whole or not at all: nobody ever reads a half-written one.
		while (!(await link(mine, path).then(() => true, unlessCode("EEXIST")))) {
			const holder = await readOwner(path);
			if (holder && (await isAlive(holder, path))) {
				throw new Error(
					`Another process (pid ${holder.pid}) is using DATA_DIR ${dir}. ` +
						"One process owns the files: stop it, or give this one a DATA_DIR of its own."
				);
			}
			if (holder !== undefined) await removeStale(path, mine, holder);
		}
	} finally {
		await unlink(mine);
	}
	const file = await open(path);
	const beat = setInterval(async () => {
		// No name left: removed or taken over.
		if ((await file.stat()).nlink === 0) return onLost();
		await file.utimes(new Date(), new Date()).catch(() => {});
	}, BEAT).unref();

	return async () => {
		clearInterval(beat);
		const held = (await file.stat()).nlink > 0;
		await file.close();
		if (held) await unlink(path).catch(() => {});
	};
}

/** `undefined`: gone meanwhile. `null`: unreadable, which no process of ours leaves behind. */
async function readOwner(path: string): Promise<Owner | null | undefined> {
	const text = await readFile(path, "utf8").catch(() => undefined);
	if (text === undefined) return undefined;
	try {
		return JSON.parse(text) as Owner;
	} catch {
		return null;
	}
}

async function isAlive(owner: Owner, path: string): Promise<boolean> {
	if (owner.host === hostname()) {
		try {
			process.kill(owner.pid, 0);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
		}
		return owner.start === (await startOf(owner.pid));
	}
	// Another container on the same volume: its pids say nothing here, but a living one touches
	// the file every second.
	const seen = await mtime(path);
	for (let i = 0; i < 6; i++) {
		await sleep(BEAT / 2);
		if ((await mtime(path)) !== seen) return true;
	}
	return false;
}

/** Of several processes that find the same stale lock, rename() lets one remove it. */
async function removeStale(path: string, mine: string, stale: Owner | null): Promise<void> {
	const aside = `${mine}.stale`;
	if (!(await rename(path, aside).then(() => true, unlessCode("ENOENT")))) return;
	const moved = await readOwner(aside);
	// Somebody was faster and this is their living lock: give it back.
	if (moved && JSON.stringify(moved) !== JSON.stringify(stale)) {
		await link(aside, path).catch(() => {});
	}
	await unlink(aside);
}

async function startOf(pid: number): Promise<string> {
	const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
	// Field 22; the second one, the name, may hold spaces and brackets.
	return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

const mtime = (path: string) =>
	stat(path).then(
		s => s.mtimeMs,
		() => -1
	);

const unlessCode = (code: string) => (error: NodeJS.ErrnoException) => {
	if (error.code !== code) throw error;
	return false;
};
