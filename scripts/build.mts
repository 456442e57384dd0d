import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const STAMP = join(root, "dist", "built");
const PARTS = {
	services: {
		from: ["services", "mixins", "seed", "moleculer.config.ts", "tsconfig.json", "package.json"],
		run: ["node_modules/typescript/bin/tsc"]
	},
	apps: {
		from: ["frontend", "services/shared", "package.json"],
		run: ["node_modules/vite/bin/vite.js", "build", "--config", "frontend/vite.config.ts"]
	}
};
type Part = keyof typeof PARTS;
const ALL = Object.keys(PARTS) as Part[];

/** What the apps' build writes beside its sources, at each run. */
const WRITTEN = "components.d.ts";

/** Names, sizes and times of all sources of a part: another value means that it must be built again. */
function stateOf(part: Part): string {
	const hash = createHash("sha256");
	const add = (path: string) => {
		const stat = statSync(path, { throwIfNoEntry: false });
		if (!stat) return;
		if (!stat.isDirectory()) return void hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
		for (const name of readdirSync(path).sort())
			if (name !== "node_modules" && name !== WRITTEN && !name.endsWith(".d.ts.map"))
				add(join(path, name));
	};
	PARTS[part].from.forEach(path => add(join(root, path)));
	return hash.digest("hex");
}
function built(): Partial<Record<Part, string>> {
	try {
		return JSON.parse(readFileSync(STAMP, "utf8")) as Partial<Record<Part, string>>;
	} catch {
		return {};
	}
}
/** Notes what a part was built from; without a state, that it isn't built. */
function stamp(part: Part, state?: string): void {
	mkdirSync(join(root, "dist"), { recursive: true });
	writeFileSync(STAMP, JSON.stringify({ ...built(), [part]: state }));
}

const run = (args: string[]) =>
	new Promise<void>((resolve, reject) => {
		const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
		const said: Buffer[] = [];
		child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
		child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
		child.on("error", reject);
		child.on("exit", code =>
			code === 0 ? resolve() : reject(new Error(`${args.join(" ")}\n${Buffer.concat(said)}`))
		);
	});

interface Wish {
	/** All of them by default. */
	parts?: Part[];
	/** Also what is fresh. */
	force?: boolean;
}
/** Builds what is stale, the parts at once; says what it does. */
export async function build(say: (message: string) => void, wish: Wish = {}): Promise<void> {
	const { parts = ALL, force = false } = wish;
	const before = built();
	const now = Object.fromEntries(parts.map(part => [part, stateOf(part)]));
	const stale = parts.filter(part => force || before[part] !== now[part]);
	if (!stale.length) return;
	say(`building ${stale.join(" and ")} …`);
	const start = performance.now();
	for (const part of stale) stamp(part);
	await Promise.all(
		stale.map(async part => {
			await run(PARTS[part].run);
			stamp(part, now[part]);
			say(`${part} built after ${((performance.now() - start) / 1000).toFixed(1)} s`);
		})
	);
}

/** By hand: everything anew. `-- services`, `-- apps`: only these, and only if stale. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const parts = ALL.filter(part => process.argv.includes(part));
	await build(console.log, parts.length ? { parts } : { force: true }).catch((err: Error) => {
		console.error(err.message);
		process.exit(1);
	});
}
