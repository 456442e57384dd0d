import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { isAlive } from "../helpers/local-cluster";
import { until } from "../helpers/shop";

const run = promisify(execFile);
const HOME = join(__dirname, "../../../shared/mongo");
const PORTS = [27117, 27118, 27119, 27120];

const isFree = (port: number) =>
	new Promise<boolean>(resolve => {
		const socket = connect(port, "127.0.0.1")
			.on("connect", () => {
				socket.destroy();
				resolve(false);
			})
			.on("error", () => resolve(true));
	});

/** A database of our own, which may be killed: on a port and a data folder that nobody else uses. */
export class Rig {
	uri = "";
	private constructor(readonly port: number) {}

	static readonly exists = existsSync(join(HOME, "start"));
	static async start(): Promise<Rig> {
		for (const port of PORTS)
			if (await isFree(port)) {
				const rig = new Rig(port);
				await rig.up("--fresh");
				return rig;
			}
		throw new Error(`Somebody uses all of the ports ${PORTS.join()}`);
	}
	private get dir() {
		return join(process.env.MONGO_RIG_DIR ?? "/var/cache/mongo-rig", `${this.port}`);
	}
	private env() {
		return { ...process.env, MONGO_RIG_PORT: `${this.port}` };
	}
	async up(...args: string[]): Promise<void> {
		const { stdout } = await run(join(HOME, "start"), args, { env: this.env() });
		this.uri = stdout.trim();
	}
	get pids(): number[] {
		return ["gateway", "postgres"].map(name =>
			Number(readFileSync(join(this.dir, `${name}.pid`), "utf8"))
		);
	}
	/** kill -9 of the server's main processes; answers with their ids once they are gone. */
	async kill(): Promise<number[]> {
		const { pids } = this;
		for (const pid of pids) process.kill(pid, "SIGKILL");
		await until(
			() => pids.some(isAlive),
			alive => !alive,
			20_000
		);
		return pids;
	}
	async discard(): Promise<void> {
		await run(join(HOME, "stop"), { env: this.env() });
		rmSync(this.dir, { recursive: true, force: true });
	}
}
