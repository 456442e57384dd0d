import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
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

/** Names, sizes and times of all sources of a part: another value means that it must be built again. */
function stateOf(part: Part): string {
	const hash = createHash("sha256");
	const add = (path: string) => {
		const stat = statSync(path, { throwIfNoEntry: false });
		if (!stat) return;
		if (!stat.isDirectory()) return void hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
		for (const name of readdirSync(path).sort())
			if (name !== "node_modules" && !name.endsWith(".d.ts.map")) add(join(path, name));
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

/** Builds what is stale, both parts at once; says what it does. */
export async function build(say: (message: string) => void, force = false): Promise<void> {
	const before = built();
	const now = { services: stateOf("services"), apps: stateOf("apps") };
	const stale = (Object.keys(PARTS) as Part[]).filter(part => force || before[part] !== now[part]);
	if (!stale.length) return;
	say(`building ${stale.join(" and ")} …`);
	const start = performance.now();
	rmSync(STAMP, { force: true });
	await Promise.all(
		stale.map(async part => {
			await run(PARTS[part].run);
			say(`${part} built after ${((performance.now() - start) / 1000).toFixed(1)} s`);
		})
	);
	writeFileSync(STAMP, JSON.stringify(now));
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	await build(console.log, true).catch((err: Error) => {
		console.error(err.message);
		process.exit(1);
	});
