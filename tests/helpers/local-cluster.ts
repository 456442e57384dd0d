import { execFile, execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { MongoClient } from "mongodb";
import { newId } from "../../services/id";
import { freePorts } from "./process";
import { until } from "./shop";

const root = join(__dirname, "../..");
const SCRIPT = join(root, "scripts/cluster.mts");
const RIG = join(root, "../shared/mongo/start");
/** Milliseconds that a cluster may take on a busy machine. */
const PATIENCE = 120_000;

/** What cluster.json says. */
export interface State {
	api: string;
	relay: string;
	nodes: { id: string; services: string[]; pid: number | null; metrics: string; http?: string }[];
	servers: { name: string; pid: number | null; url: string }[];
}
export interface Wish {
	/** With the pages: they are built if they are stale. */
	apps?: boolean;
	args?: string[];
	env?: Record<string, string>;
	/** Gets to know it before its nodes start. */
	starting?(cluster: LocalCluster): void;
}
/** All services in one node: where a test is about what stands before or between them. */
export const TOGETHER = [
	"--group",
	"auth,catalog,inventory,bulk,cart,order,payment,sales,notification,import,ops"
];

/** A MongoDB for tests: the one that MONGO_URI names, or the rig beside this repository; with a database of its own. */
export function mongoUri(database = `test_${newId()}`): string {
	const given =
		process.env.MONGO_URI ??
		(existsSync(RIG) ? execFileSync(RIG, { encoding: "utf8" }).trim() : undefined);
	if (!given) throw new Error("MONGO_URI must name a MongoDB replica set for tests");
	const url = new URL(given);
	url.pathname = `/${database}`;
	return url.href;
}
export async function dropDatabase(uri: string): Promise<void> {
	const client = new MongoClient(uri);
	await client.db().dropDatabase();
	await client.close();
}

export const isAlive = (pid: number): boolean => {
	try {
		// a zombie waits only for whoever started it
		return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
	} catch {
		return false;
	}
};

/** `npm run cluster` as a test's own: on a data folder and a database that go with it. */
export class LocalCluster {
	readonly dir = mkdtempSync(join(tmpdir(), "shop-cluster-"));
	readonly mongo = mongoUri();
	private child!: ChildProcess;
	private exit!: Promise<number | null>;
	/** Everything it has printed. */
	said = "";
	/** Milliseconds from the start until it was ready. */
	readyAfter = 0;

	static async start({ apps = false, args = [], env = {}, starting }: Wish = {}) {
		const cluster = new LocalCluster();
		starting?.(cluster);
		const ports = await freePorts(2);
		const start = performance.now();
		const child = spawn(process.execPath, [SCRIPT, ...(apps ? [] : ["--no-apps"]), ...args], {
			cwd: root,
			env: {
				PATH: process.env.PATH,
				SEED: "none",
				BCRYPT_COST: "4",
				PORT: `${ports[0]}`,
				RELAY_PORT: `${ports[1]}`,
				MONGO_URI: cluster.mongo,
				...env,
				DATA_DIR: cluster.dir
			},
			stdio: ["ignore", "pipe", "pipe"]
		});
		cluster.child = child;
		for (const stream of [child.stdout, child.stderr])
			stream.on("data", (chunk: Buffer) => (cluster.said += String(chunk)));
		cluster.exit = new Promise(resolve => child.on("close", resolve));
		const isDecided = () => /^ready$/m.test(cluster.said) || child.exitCode !== null;
		await until(isDecided, Boolean, PATIENCE).catch(() => void child.kill());
		if (child.exitCode !== null || child.killed) {
			await cluster.discard();
			throw new Error(`The cluster didn't become ready:\n${cluster.said}`);
		}
		cluster.readyAfter = performance.now() - start;
		return cluster;
	}

	get pid(): number {
		return this.child.pid!;
	}
	get state(): State {
		return JSON.parse(readFileSync(join(this.dir, "cluster.json"), "utf8")) as State;
	}
	node(id: string) {
		const found = this.state.nodes.find(node => node.id === id);
		if (!found) throw new Error(`There is no node ${id}`);
		return found;
	}
	server(name: string) {
		return this.state.servers.find(server => server.name === name)!;
	}
	/** All processes that it has started. */
	get pids(): number[] {
		const { nodes, servers } = this.state;
		return [...nodes, ...servers].flatMap(({ pid }) => pid ?? []);
	}

	/** Signals a node or a server; a kill is over when it is gone. */
	async signal(id: string, signal: NodeJS.Signals): Promise<void> {
		const { pid } = [
			...this.state.nodes.map(node => ({ ...node, name: node.id })),
			...this.state.servers
		].find(({ name }) => name === id)!;
		process.kill(pid!, signal);
		if (signal === "SIGKILL" || signal === "SIGTERM")
			await until(() => !isAlive(pid!), Boolean, 20_000);
	}
	/** `npm run cluster -- VERB TARGET` */
	command(verb: string, target: string): string {
		return execFileSync(process.execPath, [SCRIPT, verb, target], {
			env: { PATH: process.env.PATH, DATA_DIR: this.dir },
			encoding: "utf8"
		});
	}

	/** The same, while this process goes on. */
	async commandLater(verb: string, target: string): Promise<string> {
		const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, verb, target], {
			env: { PATH: process.env.PATH, DATA_DIR: this.dir }
		});
		return stdout;
	}

	async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
		this.child.kill(signal);
		return this.exit;
	}
	/** Ends it whatever its state, and removes what it has kept. */
	async discard(): Promise<void> {
		if (this.child.exitCode === null && this.child.signalCode === null) await this.stop();
		rmSync(this.dir, { recursive: true, force: true });
		await dropDatabase(this.mongo);
	}
}
