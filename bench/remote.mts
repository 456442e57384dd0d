// What a call costs when the service is in another process behind NATS, against the same call in this one: with the
// mark on each message and the middleware of every node of the shop. `tsx bench/remote.mts [seconds]`
import { spawn } from "node:child_process";
import { once } from "node:events";
import { freePorts, listening } from "../scripts/cluster/ports.mts";
import { child } from "./child.mts";

const SECONDS = process.argv[2] ?? "4";
const [port] = (await freePorts(1)) as [number];
const settings = ["-a", "127.0.0.1", "-p", `${port}`, "--user", "bench", "--pass", "bench-only"];
const nats = spawn("nats-server", settings, { stdio: "ignore" });
await Promise.race([
	listening(port),
	once(nats, "exit").then(() => Promise.reject(new Error("nats-server doesn't start")))
]);
process.env.NATS_URL = `nats://bench:bench-only@127.0.0.1:${port}`;

type Figures = Record<"alone" | "atOnce", number>;
const serve = await child("remote-child.ts", ["serve", SECONDS]);
const call = await child("remote-child.ts", ["call", SECONDS]);
const local = JSON.parse(serve.said) as Figures;
const remote = JSON.parse(call.said) as Figures;
await call.stop();
await serve.stop();
nats.removeAllListeners("exit").kill();
for (const [what, kind] of [
	["one after the other", "alone"],
	["64 at once", "atOnce"]
] as const)
	console.log(
		`calls ${what}: ${remote[kind].toFixed(0)} µs each over NATS, ${local[kind].toFixed(1)} µs in the process`
	);
