import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The apps on 5173 with hot reload; the services reload too, and Moleculer's REPL is in this terminal. */
const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (path: string) => `${root}/node_modules/${path}`;

const vite = spawn(
	process.execPath,
	[bin("vite/bin/vite.js"), "--config", "frontend/vite.config.ts"],
	{
		cwd: root,
		stdio: ["ignore", "inherit", "inherit"]
	}
);
const node = spawn(
	process.execPath,
	[
		bin("tsx/dist/cli.mjs"),
		bin("moleculer/bin/moleculer-runner.js"),
		"--config",
		"moleculer.config.ts",
		"--mask",
		"**/*.service.ts",
		"--hot",
		"--repl",
		"services"
	],
	{
		cwd: root,
		stdio: "inherit",
		env: { ...process.env, NODE_ENV: "development", CORS_ORIGINS: "http://localhost:5173" }
	}
);
node.on("exit", code => {
	vite.kill();
	process.exit(code ?? 0);
});
process.on("SIGINT", () => node.kill("SIGINT"));
process.on("SIGTERM", () => node.kill("SIGTERM"));
