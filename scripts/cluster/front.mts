import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Child } from "./child.mts";
import { listening } from "./ports.mts";
import { failed } from "./servers.mts";

export interface Front {
	port: number;
	relayPort: number;
	gateways: number[];
	relays: number[];
	/** Where nginx keeps what it needs while it runs. */
	run: string;
	logs: string;
}

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const serversOf = (ports: number[], faults: string) =>
	ports.map(port => `server 127.0.0.1:${port} ${faults};`).join(" ");

/** deploy/nginx.conf with this machine's values in it; a variable that isn't given is an error. */
export function render(values: Record<string, string>): string {
	return readFileSync(path("deploy/nginx.conf"), "utf8").replace(
		/\$\{(FRONT_[A-Z_]+)\}/g,
		(_all, name: string) => {
			if (values[name] === undefined) throw new Error(`deploy/nginx.conf asks for ${name}`);
			return values[name];
		}
	);
}

/** nginx before the gateways and relays, configured as in production. */
export async function startFront(front: Front): Promise<Child> {
	const { port, relayPort, gateways, relays, run, logs } = front;
	mkdirSync(run, { recursive: true });
	mkdirSync(logs, { recursive: true });
	const { RATE_LIMIT } = process.env;
	const rate = Number(RATE_LIMIT) || 300;
	const conf = join(run, "nginx.conf");
	writeFileSync(
		conf,
		render({
			FRONT_PORT: `${port}`,
			FRONT_RELAY_PORT: `${relayPort}`,
			FRONT_GATEWAYS: serversOf(gateways, "max_fails=2 fail_timeout=2s"),
			FRONT_RELAYS: serversOf(relays, "max_fails=0"),
			FRONT_RESOLVER: "",
			FRONT_RUN: run,
			FRONT_LOG: join(logs, "front.access.log"),
			FRONT_WEB: path("dist/web"),
			FRONT_RATE: `${rate}`,
			FRONT_BURST: `${2 * rate}`,
			// our own benches and tests come from this machine, unless a limit is asked for
			FRONT_UNLIMITED: Number(RATE_LIMIT) ? "" : "127.0.0.0/8 0; ::1 0;"
		})
	);
	// started by root, its workers must still read a folder of root's
	const user = process.getuid?.() === 0 ? " user root;" : "";
	const child = new Child(
		{ name: "nginx", run: "nginx", args: ["-e", "stderr", "-c", conf, "-g", `daemon off;${user}`] },
		logs
	);
	await Promise.race([Promise.all([listening(port), listening(relayPort)]), failed(child)]);
	return child;
}
