import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { smallDisk, type SmallDisk } from "../helpers/full-disk";
import { ask } from "../helpers/http";
import { dropDatabase, isAlive, LocalCluster } from "../helpers/local-cluster";
import { ShopProcess } from "../helpers/process";
import { until } from "../helpers/shop";
import type { Fault } from "./fault";
import { Injections } from "./injections";
import { Proxy } from "./proxy";
import { Rig } from "./rig";
import { Visitor } from "./visitor";

const run = promisify(execFile);
const SCRIPT = join(__dirname, "../../scripts/cluster.mts");
/** Milliseconds that anything may take on a busy machine. */
const PATIENCE = 120_000;
/** Short enough that holds run out during a fault. */
const QUICK = { RESERVATION_TTL: "15", VERIFY_EVERY: "0", LOG_LEVEL: "warn" };
/** Nodes that reach NATS through a proxy of their own, so that they can be cut off. */
const CUTTABLE = ["order-1", "order-2", "inventory-1", "inventory-2"];

/** What a fault is done to. */
export interface Shop {
	readonly baseUrl: string;
	readonly relayUrl: string;
	readonly injections: Injections;
	/** Calls an action as an operator would. */
	call<T>(action: string, params?: object): Promise<T>;
	/** Undoes all that faults do: afterwards everything runs. */
	heal(): Promise<void>;
	/** What keeps it from being whole. */
	lacks(): Promise<string[]>;
	/** Everything that its processes have printed. */
	readonly said: string;
	discard(): Promise<void>;
}

const stateOf = (pid: number) =>
	/^\d+ \(.*\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];

/** Two of everything behind nginx; the database behind a proxy, some nodes' NATS behind one each. */
export class ClusterShop implements Shop {
	readonly injections = new Injections();
	readonly nats = new Map<string, Proxy>();
	mongo!: Proxy;
	/** A database of our own, where there can be one. */
	rig: Rig | null = null;
	cluster!: LocalCluster;
	private visitor!: Visitor;
	private uri = "";

	static async start({ env, flags }: Pick<Fault, "env" | "flags"> = {}): Promise<ClusterShop> {
		const shop = new ClusterShop();
		try {
			await shop.start(env, flags);
		} catch (err) {
			await shop.discard();
			throw err;
		}
		return shop;
	}
	private async start(env: Record<string, string> = {}, flags: string[] = []): Promise<void> {
		if (Rig.exists) {
			this.rig = await Rig.start();
			process.env.MONGO_URI = this.rig.uri;
		}
		const given = process.env.MONGO_URI;
		if (!given) throw new Error("MONGO_URI must name a MongoDB replica set");
		const { hostname, port } = new URL(given);
		this.mongo = await Proxy.start(() => ({ host: hostname, port: Number(port) || 27017 }));
		for (const id of CUTTABLE) {
			const proxy = await Proxy.start(() => {
				const { hostname, port } = new URL(this.cluster.server("nats").url);
				return { host: hostname, port: Number(port) };
			});
			this.nats.set(id, proxy);
			this.injections.tell(id, { nats: proxy.address });
		}
		// directly: else the driver would go on to the address that the database gives for itself
		this.uri = `mongodb://${this.mongo.address}/chaos_${process.pid}?directConnection=true`;
		this.cluster = await LocalCluster.start({
			args: ["--replicas", "2"],
			env: { ...QUICK, ...this.injections.envWith(flags), MONGO_URI: this.uri, ...env },
			starting: cluster => (this.cluster = cluster)
		});
		this.visitor = await Visitor.join(this.cluster.dir);
	}

	get baseUrl() {
		return this.cluster.state.api;
	}
	get relayUrl() {
		return this.cluster.state.relay;
	}
	call<T>(action: string, params?: object): Promise<T> {
		return this.visitor.call<T>(action, params);
	}
	get said() {
		return this.cluster.said;
	}
	get nodes(): string[] {
		return this.cluster.state.nodes.map(({ id }) => id);
	}
	nodesOf(service: string): string[] {
		return this.cluster.state.nodes
			.filter(({ services }) => services.includes(service))
			.map(({ id }) => id);
	}
	/** Of a node or a server that is one of ours. */
	pidOf(name: string): number | null {
		const { nodes, servers } = this.cluster.state;
		return (nodes.find(({ id }) => id === name) ?? servers.find(server => server.name === name))!
			.pid;
	}

	/** kill -9; answers with the pid that is gone. */
	async kill(name: string): Promise<number> {
		const pid = this.pidOf(name)!;
		process.kill(pid, "SIGKILL");
		await until(
			() => isAlive(pid),
			alive => !alive,
			20_000
		);
		return pid;
	}
	/** SIGSTOP, until /proc says that it has stopped. */
	async stop(name: string): Promise<number> {
		const pid = this.pidOf(name)!;
		process.kill(pid, "SIGSTOP");
		await until(
			() => stateOf(pid),
			state => state === "T",
			10_000
		);
		return pid;
	}
	resume(name: string): void {
		process.kill(this.pidOf(name)!, "SIGCONT");
	}
	/** `npm run cluster -- VERB TARGET`, without holding up our own proxies and clients. */
	async command(verb: "start" | "stop" | "restart", target: string): Promise<void> {
		await run(process.execPath, [SCRIPT, verb, target], {
			env: { PATH: process.env.PATH, DATA_DIR: this.cluster.dir },
			timeout: 2 * PATIENCE
		});
	}
	/** Starts what is dead, and waits until it is known. */
	async revive(...names: string[]): Promise<void> {
		for (const name of names) if (await this.isGone(name)) await this.command("start", name);
	}
	private async isGone(name: string): Promise<boolean> {
		const pid = this.pidOf(name);
		if (pid !== null && isAlive(pid)) return false;
		// the runner hears of the end a moment after us
		await until(() => this.isKnownDead(name), Boolean, 10_000);
		return true;
	}
	private isKnownDead(name: string): boolean {
		const isServer = this.cluster.state.servers.some(server => server.name === name);
		return isServer || this.pidOf(name) === null;
	}

	async heal(): Promise<void> {
		this.injections.heal();
		this.mongo.heal();
		for (const proxy of this.nats.values()) proxy.heal();
		const ours = ["nats", "redis", "nginx"].filter(name => this.pidOf(name) !== null);
		for (const name of [...ours, ...this.nodes]) {
			const pid = this.pidOf(name);
			if (pid !== null && isAlive(pid) && stateOf(pid) === "T") this.resume(name);
		}
		if (this.rig && !this.rig.pids.every(isAlive)) await this.rig.up();
		await this.revive(...ours);
		await this.revive(...this.nodes);
	}
	async lacks(): Promise<string[]> {
		const dead = this.cluster.state.nodes.filter(({ pid }) => pid === null || !isAlive(pid));
		if (dead.length) return dead.map(({ id }) => `${id} doesn't run`);
		try {
			const { status, body, text } = await ask(this.baseUrl, "GET /health");
			if (status !== 200) return [`/health: ${status} ${text.slice(0, 300)}`];
			const services = body.services as Record<string, { nodes: unknown[] }>;
			const few = Object.entries(services).filter(([, { nodes }]) => nodes.length < 2);
			return few.map(([name, { nodes }]) => `${nodes.length} of ${name} known`);
		} catch (err) {
			return [`/health: ${String(err)}`];
		}
	}
	async discard(): Promise<void> {
		await this.visitor?.leave().catch(() => {});
		await this.cluster?.stop().catch(() => {});
		if (this.cluster) await this.cluster.discard().catch(() => {});
		if (!this.rig && this.uri) await dropDatabase(this.uri);
		await this.mongo?.close();
		for (const proxy of this.nats.values()) await proxy.close();
		await this.rig?.discard();
		this.injections.discard();
	}
}

/** The whole shop in one process, on NeDB. */
export class EmbeddedShop implements Shop {
	readonly injections = new Injections();
	process!: ShopProcess;
	disk: SmallDisk | null = null;

	static async start(fault: Pick<Fault, "env" | "flags" | "smallDisk"> = {}) {
		const shop = new EmbeddedShop();
		const { env, flags = [] } = fault;
		if (fault.smallDisk) shop.disk = smallDisk("24m");
		shop.process = await ShopProcess.start({
			env: { ...QUICK, ...shop.injections.env, CHAOS_SHOP: "1", ...env },
			flags,
			...(shop.disk && { dir: shop.disk.dir })
		});
		return shop;
	}
	get baseUrl() {
		return this.process.baseUrl;
	}
	get relayUrl() {
		return this.process.relayUrl;
	}
	get said() {
		return this.process.said;
	}
	call<T>(action: string, params: object = {}): Promise<T> {
		return this.process.call<T>(action, params);
	}
	/** kill -9 from outside; a process that kills itself is seen by `died`. */
	async kill(): Promise<number> {
		const { pid } = this.process.process;
		await this.process.kill();
		return pid!;
	}
	/** Waits until it has ended by itself. */
	async died(): Promise<NodeJS.Signals | number | null> {
		const end = await Promise.race([this.process.end(), sleep(PATIENCE, null, { ref: false })]);
		if (!end) throw new Error("The shop lives on");
		return end.signal ?? end.code;
	}
	async heal(): Promise<void> {
		this.injections.heal();
		const child = this.process.isRunning ? this.process.process : null;
		if (child?.pid) this.disk?.free(child.pid);
		if (child && child.exitCode === null && child.signalCode === null) return;
		if (child) await this.process.stop();
		await this.process.start();
	}
	async lacks(): Promise<string[]> {
		try {
			const { status, text } = await ask(this.baseUrl, "GET /health");
			return status === 200 ? [] : [`/health: ${status} ${text.slice(0, 300)}`];
		} catch (err) {
			return [`/health: ${String(err)}`];
		}
	}
	async discard(): Promise<void> {
		await this.process.discard();
		this.disk?.discard();
		if (existsSync(this.injections.dir)) this.injections.discard();
	}
}
