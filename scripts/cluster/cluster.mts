import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Child, onPath } from "./child.mts";
import { startFront } from "./front.mts";
import { isFree, listening } from "./ports.mts";
import { allReady, nodeLacks } from "./ready.mts";
import { failed, mongo, startNats, startRedis, type Nats, type Server } from "./servers.mts";
import { isDoor, plan, portsOf, type Plan } from "./topology.mts";

export interface Options {
	dataDir: string;
	replicas: number;
	groups: string[][];
	port: number;
	relayPort: number;
	/** Starts what was killed again, a second later. */
	restart: boolean;
}
/** cluster.json */
export interface State {
	/** Of the program that runs all this. */
	pid: number;
	api: string;
	relay: string;
	nodes: { id: string; services: string[]; pid: number | null; metrics: string; http?: string }[];
	servers: { name: string; pid: number | null; url: string }[];
}

const RUN = fileURLToPath(new URL("../../dist/services/run.js", import.meta.url));
const SEED = fileURLToPath(new URL("../../dist/services/seed.js", import.meta.url));
/** Nodes that start at the same time: each needs half a second of a core. */
const AT_ONCE = 4;
/** Milliseconds until what doesn't stop is killed: longer than a node takes for what is under way. */
const PATIENCE = { front: 3000, node: 15_000, server: 5000 };
const READY_WITHIN = 60_000;
/** Milliseconds until nginx asks a door again that didn't answer: its `fail_timeout`, and the request that tries it. */
const FORGIVEN_AFTER = 3000;

/** Writes a file so that whoever reads it sees the old or the new one, whole. */
function writeWhole(file: string, text: string): void {
	writeFileSync(`${file}.new`, text, { mode: 0o600 });
	renameSync(`${file}.new`, file);
}

const isAlone = ({ services }: Plan) => services.length === 1;

/** The topology of docker-compose.yml as processes of this machine: servers, nodes, and nginx in front of them. */
export class Cluster {
	private plans: Plan[] = [];
	private nats!: Nats;
	private redis!: Server;
	private mongo!: Server;
	private front: Server | null = null;
	private readonly nodes = new Map<string, Child>();
	private stopped: Promise<void> | null = null;
	private readonly secret: string;
	private readonly logs: string;
	private readonly options: Options;

	constructor(options: Options) {
		this.options = options;
		const { dataDir } = options;
		mkdirSync(dataDir, { recursive: true });
		this.logs = join(dataDir, "logs");
		this.refuseSecond();
		const kept = join(dataDir, "secret.key");
		if (!process.env.SECRET_KEY && !existsSync(kept))
			writeFileSync(kept, randomBytes(48).toString("base64url"), { mode: 0o600 });
		this.secret = process.env.SECRET_KEY ?? readFileSync(kept, "utf8");
	}

	get api() {
		return `http://127.0.0.1:${this.options.port}`;
	}
	get relay() {
		return `http://127.0.0.1:${this.options.relayPort}`;
	}
	private get file() {
		return join(this.options.dataDir, "cluster.json");
	}

	private refuseSecond(): void {
		if (!existsSync(this.file)) return;
		const { pid } = JSON.parse(readFileSync(this.file, "utf8")) as State;
		try {
			process.kill(pid, 0);
		} catch {
			return;
		}
		throw new Error(`Process ${pid} runs a cluster on ${this.options.dataDir} already`);
	}

	async start(): Promise<void> {
		const { replicas, groups, port, relayPort, dataDir } = this.options;
		for (const front of [port, relayPort])
			if (!(await isFree(front))) throw new Error(`Somebody listens on port ${front} already`);
		const behindNginx = onPath("nginx");
		const fronts = behindNginx ? undefined : { gateway: port, relay: relayPort };
		this.plans = await plan({ replicas, groups, ...(fronts && { fronts }) });
		this.mongo = mongo();
		[this.nats, this.redis] = await Promise.all([startNats(this.logs), startRedis(this.logs)]);
		this.write();

		const waiting = [...this.plans];
		const starter = async () => {
			for (let next; (next = waiting.shift()) && !this.stopped;) await this.startNode(next.id);
		};
		await Promise.all(Array.from({ length: AT_ONCE }, starter));
		if (behindNginx)
			this.front = {
				name: "nginx",
				url: this.api,
				child: await startFront({
					port,
					relayPort,
					gateways: portsOf(this.plans, "gateway"),
					relays: portsOf(this.plans, "relay"),
					run: join(dataDir, "nginx"),
					logs: this.logs
				})
			};
		else
			console.log("nginx isn't on the PATH: the first gateway and the first relay are the front");
		this.write();
		await allReady(this.plans, this, READY_WITHIN);
		await this.seed();
	}

	/** Starts one node, and answers when it says that it is ready. */
	async startNode(id: string): Promise<void> {
		const found = this.plans.find(node => node.id === id);
		if (!found) throw new Error(`There is no node ${id}`);
		if (this.nodes.get(id)?.running) throw new Error(`${id} is running`);
		const child = new Child(
			{ name: id, run: process.execPath, args: [RUN], env: this.envOf(found), node: true },
			this.logs
		);
		this.nodes.set(id, child);
		void child.ended.then(({ code, signal }) => this.nodeEnded(id, child, signal ?? code));
		this.write();
		await child.ready;
	}
	async stopNode(id: string): Promise<void> {
		await this.nodes.get(id)?.stop(PATIENCE.node);
	}
	/** Waits until all nodes that run know each other, and nginx, where that door was closed for a while, asks it again. */
	private async known(id: string): Promise<void> {
		for (const end = Date.now() + READY_WITHIN; ; await sleep(100)) {
			const running = this.plans.filter(plan => this.nodes.get(plan.id)?.running);
			const lacks = await Promise.all(running.map(plan => nodeLacks(plan, running)));
			const [lack] = lacks.flat();
			if (!lack) break;
			if (Date.now() > end) throw new Error(lack);
		}
		const isFronted = this.front && isDoor(this.plans.find(plan => plan.id === id)!);
		if (isFronted) await sleep(FORGIVEN_AFTER);
	}
	/** The nodes that are meant by a node's name, a service's or `all`; or a server of ours. */
	idsOf(target: string): string[] {
		const ids = this.plans
			.filter(({ id, services }) => target === "all" || id === target || services.includes(target))
			.map(({ id }) => id);
		if (!ids.length && !this.serverOf(target))
			throw new Error(`There is no node, service or server ${target}`);
		return ids.length ? ids : [target];
	}
	private serverOf(name: string): Server | undefined {
		return [this.nats, this.redis, this.front].find(
			server => server?.child && server.name === name
		) as Server | undefined;
	}
	/** A node or a server of ours that isn't running. */
	async startOne(id: string): Promise<void> {
		const server = this.serverOf(id);
		if (!server) return this.startNode(id);
		if (server.child!.running) throw new Error(`${id} is running`);
		server.child = new Child(server.child!.command, this.logs);
		this.write();
		await Promise.race([listening(Number(new URL(server.url).port)), failed(server.child)]);
	}
	async stopOne(id: string): Promise<void> {
		const server = this.serverOf(id);
		if (!server) return this.stopNode(id);
		await server.child!.stop(PATIENCE.server);
		this.write();
	}
	/** One after the other, each back and known before the next one goes. */
	async restart(ids: string[]): Promise<void> {
		for (const id of ids) {
			await this.stopOne(id);
			await this.startOne(id);
			if (!this.serverOf(id)) await this.known(id);
		}
	}

	private nodeEnded(id: string, child: Child, how: unknown): void {
		this.write();
		if (child.stopping || this.stopped) return;
		console.log(`${id} ended (${String(how)})`);
		if (this.options.restart)
			setTimeout(() => {
				if (!this.stopped && !this.nodes.get(id)?.running)
					this.startNode(id).catch((err: Error) => console.error(err.message));
			}, 1000);
	}

	private envOf({ id, services, metricsPort, port: own }: Plan): NodeJS.ProcessEnv {
		const { dataDir, port, relayPort } = this.options;
		const { env } = process;
		const is = (name: string) => services.includes(name);
		const behindNginx = onPath("nginx");
		return {
			LOG_LEVEL: "warn",
			PUBLIC_URL: `http://localhost:${port}`,
			...(behindNginx && { TRUST_PROXY: "1", SOCKETS_PER_ADDRESS: "50000" }),
			...env,
			// nginx limits by address
			...(behindNginx && { RATE_LIMIT: "0" }),
			NODE_ID: id,
			SERVICES: services.join(","),
			DATA_DIR: dataDir,
			SECRET_KEY: this.secret,
			// a user of its own may ask nodes of one service only
			NATS_URL: this.nats.urlFor(this.plans.every(isAlone) ? services : []),
			REDIS_URI: this.redis.url,
			MONGO_URI: this.mongo.url,
			METRICS_PORT: `${metricsPort}`,
			PORT: `${is("gateway") ? own : port}`,
			RELAY_PORT: `${is("relay") ? own : relayPort}`,
			...(behindNginx && { IP: "127.0.0.1" })
		};
	}

	/** The demo store, in an empty shop that wants one: made by one process, for all. */
	private async seed(): Promise<void> {
		const { SEED: wish = process.env.NODE_ENV === "production" ? "none" : "demo" } = process.env;
		if (wish === "none" || this.stopped) return;
		const env = {
			...this.envOf({ id: `seed-${process.pid}`, services: [], metricsPort: 0 }),
			SEED: wish
		};
		const run = { name: "seed", run: process.execPath, args: [SEED], env, node: true };
		const { code, signal } = await new Child(run, this.logs).ended;
		if (code !== 0) throw new Error(`The demo store couldn't be made (${signal ?? code})`);
	}

	/** cluster.json: what tests, chaos and benches need to know. Only for us: the servers' passwords are in it. */
	private write(): void {
		const state: State = {
			pid: process.pid,
			api: this.api,
			relay: this.relay,
			nodes: this.plans.map(({ id, services, metricsPort, port }) => ({
				id,
				services,
				pid: this.nodes.get(id)?.pid ?? null,
				metrics: `http://127.0.0.1:${metricsPort}/metrics`,
				...(port && { http: `http://127.0.0.1:${port}` })
			})),
			servers: [this.nats, this.redis, this.mongo, this.front]
				.filter(server => server !== null)
				.map(({ name, url, child }) => ({ name, pid: child?.pid ?? null, url }))
		};
		writeWhole(this.file, `${JSON.stringify(state, null, "\t")}\n`);
	}

	/** The front, the doors, the services, the servers: each only when what needs it is gone. */
	stop(): Promise<void> {
		return (this.stopped ??= this.stopAll());
	}
	private async stopAll(): Promise<void> {
		await this.front?.child?.stop(PATIENCE.front, "SIGQUIT");
		const stop = (plans: Plan[]) => Promise.all(plans.map(({ id }) => this.stopNode(id)));
		await stop(this.plans.filter(isDoor));
		await stop(this.plans.filter(plan => !isDoor(plan)));
		await Promise.all([this.nats, this.redis].map(server => server?.child?.stop(PATIENCE.server)));
		rmSync(this.file, { force: true });
	}
	/** At once, whatever is under way. */
	kill(): void {
		const servers = [this.front, this.nats, this.redis].map(server => server?.child);
		for (const child of [...this.nodes.values(), ...servers]) child?.signal("SIGKILL");
	}
}
