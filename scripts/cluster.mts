import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mts";
import { Cluster } from "./cluster/cluster.mts";
import { COMMANDS, listen, tell, type Verb } from "./cluster/control.mts";
import { mongo } from "./cluster/servers.mts";
import { groupsOf } from "./cluster/topology.mts";

const HELP = `npm run cluster -- [--replicas 2] [--group "catalog,inventory;order,cart"] [--restart] [--no-apps]
npm run cluster -- stop|start|restart NODE|SERVICE|all|nats|redis|nginx

  Runs the shop as a cluster of processes on this machine: PORT is the API, RELAY_PORT the sockets, MONGO_URI the database.
  --replicas  of each service, of gateways and of relays
  --group     services that share a node
  --restart   starts a node that was killed again
  --no-apps   doesn't build the pages`;

const MOST_REPLICAS = 16;

const dataDir = resolve(process.env.DATA_DIR || "data");
function read() {
	return parseArgs({
		allowPositionals: true,
		options: {
			replicas: { type: "string", default: "1" },
			group: { type: "string" },
			restart: { type: "boolean", default: false },
			"no-apps": { type: "boolean", default: false },
			help: { type: "boolean", default: false }
		}
	});
}

async function main(): Promise<void> {
	const { values, positionals } = read();
	if (values.help) return console.log(HELP);
	const [verb, target] = positionals;
	if (verb !== undefined) {
		if (!COMMANDS.includes(verb as Verb) || !target) throw new Error(HELP);
		return console.log(`${verb}: ${await tell(dataDir, { verb: verb as Verb, target })}`);
	}
	const replicas = Number(values.replicas);
	if (!Number.isInteger(replicas) || replicas < 1 || replicas > MOST_REPLICAS)
		throw new Error(`--replicas is 1 to ${MOST_REPLICAS}`);
	const groups = groupsOf(values.group);
	mongo(); // before anything takes time
	await build(message => console.log(message), values["no-apps"] ? { parts: ["services"] } : {});

	const cluster = new Cluster({
		dataDir,
		replicas,
		groups,
		port: Number(process.env.PORT || 8080),
		relayPort: Number(process.env.RELAY_PORT || 8081),
		restart: values.restart
	});
	let asked = 0;
	for (const signal of ["SIGINT", "SIGTERM"] as const)
		process.on(signal, () => {
			if (asked++) cluster.kill();
			else void cluster.stop().then(() => process.exit(0));
		});
	// whoever read our output may be gone: the cluster lives on
	process.stdout.on("error", () => {});
	try {
		await cluster.start();
	} catch (err) {
		if (asked) return;
		console.error((err as Error).message);
		await cluster.stop();
		process.exit(1);
	}
	if (asked) return;
	listen(cluster, dataDir);
	console.log(`API ${cluster.api}, sockets ${cluster.relay}, more in ${dataDir}/cluster.json`);
	console.log("ready");
}

await main().catch((err: Error) => {
	console.error(err.message);
	process.exit(1);
});
