import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const deploy = fileURLToPath(new URL("../deploy/prometheus", import.meta.url));

/** Where the nodes' metrics are: of the cluster on this data folder, or of the one shop that METRICS_PORT names. */
function targets(dataDir: string): string[] {
	try {
		const { nodes } = JSON.parse(readFileSync(join(dataDir, "cluster.json"), "utf8")) as {
			nodes: { metrics: string }[];
		};
		return nodes.map(({ metrics }) => new URL(metrics).host);
	} catch {
		return [`127.0.0.1:${process.env.METRICS_PORT || 3030}`];
	}
}
/** Says where the nodes are; Prometheus notices by itself. */
export function tellTargets(dir: string, hosts: string[]): void {
	const file = join(dir, "targets.json");
	writeFileSync(`${file}.new`, JSON.stringify([{ targets: hosts, labels: {} }]));
	renameSync(`${file}.new`, file);
}
/** Writes what Prometheus needs to watch local nodes into a folder; answers with the arguments to start it with. */
export function prepare(dir: string, interval = "2s", address = "127.0.0.1:9090"): string[] {
	mkdirSync(dir, { recursive: true });
	const filled = readFileSync(join(deploy, "prometheus.local.yml"), "utf8")
		.replaceAll("${INTERVAL}", interval)
		.replaceAll("${TARGETS}", join(dir, "targets.json"))
		.replaceAll("${RULES}", join(deploy, "rules.yml"));
	writeFileSync(join(dir, "prometheus.yml"), filled);
	return [
		`--config.file=${join(dir, "prometheus.yml")}`,
		`--storage.tsdb.path=${join(dir, "data")}`,
		`--web.listen-address=${address}`,
		"--log.level=warn"
	];
}

/** `npm run observe`: Prometheus, from the PATH, on the nodes that run here, with the rules and queries of `deploy/`. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const dataDir = resolve(process.env.DATA_DIR || "data");
	const dir = join(dataDir, "prometheus");
	const args = prepare(dir);
	const tell = () => tellTargets(dir, targets(dataDir));
	tell();
	setInterval(tell, 5000);
	const child = spawn("prometheus", args, { stdio: "inherit" });
	child.on("error", err => {
		console.error(`Prometheus doesn't start: ${err.message}`);
		process.exit(1);
	});
	child.on("exit", code => process.exit(code ?? 0));
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
	console.log("  Prometheus  http://127.0.0.1:9090/alerts");
}
