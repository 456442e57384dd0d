import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { isAlive } from "../helpers/local-cluster";
import { until } from "../helpers/shop";

const run = promisify(execFile);
const HOME = join(__dirname, "../../../shared/mongo");
const PORTS = Array.from({ length: 12 }, (_, n) => 27117 + n);
/** Milliseconds that it may take to come up. */
const PATIENCE = 60_000;

const lockOf = (port: number) => join(tmpdir(), `chaos-rig-${port}.lock`);
/** Takes a port for this process: others may run chaos at the same time. A lock of somebody dead is taken over. */
function claim(port: number): boolean {
	try {
		writeFileSync(lockOf(port), `${process.pid}`, { flag: "wx" });
		return true;
	} catch {
		const holder = Number(readFileSync(lockOf(port), "utf8"));
		if (isAlive(holder)) return false;
		rmSync(lockOf(port), { force: true });
		return claim(port);
	}
}

/** A database of our own, which may be killed: on a port and a data folder that nobody else uses. */
export class Rig {
	uri = "";
	private constructor(readonly port: number) {}

	static readonly exists = existsSync(join(HOME, "start"));
	static async start(): Promise<Rig> {
		const port = PORTS.find(claim);
		if (!port) throw new Error(`Others use all of the ports ${PORTS.join()}`);
		const rig = new Rig(port);
		await rig.up("--fresh");
		return rig;
	}
	private get dir() {
		return join(process.env.MONGO_RIG_DIR ?? "/var/cache/mongo-rig", `${this.port}`);
	}
	private env() {
		return { ...process.env, MONGO_RIG_PORT: `${this.port}` };
	}
	/** Children of a killed PostgreSQL keep their memory for a moment: until they have gone it refuses to start. */
	async up(...args: string[]): Promise<void> {
		const start = () => run(join(HOME, "start"), args, { env: this.env() });
		const started = () =>
			start().then(
				({ stdout }) => (this.uri = stdout.trim()),
				() => null
			);
		await until(started, Boolean, PATIENCE);
	}
	get pids(): number[] {
		return ["gateway", "postgres"].map(name =>
			Number(readFileSync(join(this.dir, `${name}.pid`), "utf8"))
		);
	}
	/**
	 * kill -9 of the server that the shop speaks to. The storage behind it is told to end at once: killed as well, its
	 * indexes are at times in a state after recovery in which every search runs for ever (DocumentDB 1.0).
	 * Answers with their ids once they are gone.
	 */
	async kill(): Promise<number[]> {
		const [gateway, postgres] = this.pids;
		if (isAlive(gateway!)) process.kill(gateway!, "SIGKILL");
		if (isAlive(postgres!)) process.kill(postgres!, "SIGINT");
		await until(
			() => this.pids.some(isAlive),
			alive => !alive,
			PATIENCE
		);
		return [gateway!, postgres!];
	}
	async discard(): Promise<void> {
		await run(join(HOME, "stop"), { env: this.env() });
		rmSync(this.dir, { recursive: true, force: true });
		rmSync(lockOf(this.port), { force: true });
	}
}
