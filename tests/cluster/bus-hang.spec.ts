import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type NatsConnection } from "nats";
import { endWhatIsGivenUp } from "../../services/nats-dial";
import { natsOptions } from "../../services/transport";
import { freePorts } from "../helpers/process";
import { until } from "../helpers/shop";

let server: ChildProcess;
let url: string;
const clients: NatsConnection[] = [];

beforeAll(async () => {
	const [port] = await freePorts(1);
	const settings = ["-a", "127.0.0.1", "-p", `${port}`, "--user", "bus", "--pass", "bus-only"];
	server = spawn("nats-server", settings, { stdio: "ignore" });
	url = `nats://bus:bus-only@127.0.0.1:${port}`;
});
afterAll(async () => {
	await Promise.all(clients.map(client => client.close()));
	server.kill();
});
async function client(name: string) {
	const made = await until(
		() => connect(natsOptions(url, name)).catch(() => null),
		made => made !== null,
		10_000
	);
	clients.push(made!);
	endWhatIsGivenUp(made!);
	return made!;
}

it("hears everything once after NATS has hung for longer than a connection waits", async () => {
	const [hears, says] = [await client("hears"), await client("says")];
	let heard = 0;
	hears.subscribe("word", { callback: () => heard++ });
	await hears.flush();
	server.kill("SIGSTOP");
	// stale after 6 s, and one connection more is given up after 3
	await sleep(11_000);
	server.kill("SIGCONT");
	// NATS ends those who don't say who they are after 2 s
	await sleep(5000);
	await Promise.all([hears.flush(), says.flush()]);
	const before = heard;
	for (let n = 0; n < 10; n++) says.publish("word");
	await says.flush();
	await until(
		() => Promise.resolve(heard - before),
		count => count >= 10,
		10_000
	);
	await hears.flush();
	await sleep(300);
	expect(heard - before).toBe(10);
});
