import { isAlive } from "../helpers/local-cluster";
import { until } from "../helpers/shop";
import type { Rule } from "./injections";
import type { ClusterShop } from "./shops";
import type { Stage } from "./stage";

/** Begins; answers with what asks, after a while, whether it happened. The cluster is healed afterwards. */
type Harm = (stage: Stage) => Promise<() => Promise<boolean>>;
/** Milliseconds that a trap waits for somebody to step into it; another harm may keep everybody away. */
const PATIENCE = 10_000;

const oneOf = <T>({ random }: Stage, all: readonly T[]): T => all[random.whole(0, all.length - 1)]!;
const happens = (what: () => boolean) => async () =>
	until(what, Boolean, PATIENCE).catch(() => false);
const isRunning = ({ cluster }: Stage, name: string) => {
	const pid = cluster.pidOf(name);
	return pid !== null && isAlive(pid);
};
/** Another harm may have been quicker. */
const kill = async (stage: Stage, names: string[]) => {
	const running = names.filter(name => isRunning(stage, name));
	const pids = await Promise.all(running.map(name => stage.cluster.kill(name)));
	return async () => pids.length > 0 && !pids.some(isAlive);
};
const freeze = async (stage: Stage, name: string) => {
	if (!isRunning(stage, name)) return async () => false;
	await stage.cluster.stop(name);
	return async () => {
		if (!isRunning(stage, name)) return false;
		stage.cluster.resume(name);
		return true;
	};
};
/** Rules for all nodes of some services; struck at least once. */
const inject = async (stage: Stage, services: string[], rule: Omit<Rule, "id">) => {
	const { cluster } = stage;
	const id = `mix${stage.random.whole(0, 1e9)}`;
	const nodes = services.flatMap(service => cluster.nodesOf(service));
	for (const node of nodes)
		cluster.injections.rules(node, { id, seed: stage.random.whole(1, 1e9), ...rule });
	return happens(() => nodes.some(node => cluster.injections.struck(node, id).length > 0));
};
const WORK = [
	"inventory.reserve",
	"inventory.commit",
	"payment.capture",
	"order.place",
	"order.pay"
];
const serviceOf = (action: string) => action.slice(0, action.indexOf("."));
const services = ({ cluster }: { cluster: ClusterShop }) => [
	...new Set(cluster.cluster.state.nodes.flatMap(({ services }) => services))
];

/** What F32 chooses from. */
export const HARMS: Record<string, Harm> = {
	"kill a node": stage => kill(stage, [oneOf(stage, stage.cluster.nodes)]),
	"kill a service": stage => kill(stage, stage.cluster.nodesOf(oneOf(stage, services(stage)))),
	"stop a node": stage => freeze(stage, oneOf(stage, stage.cluster.nodes)),
	"kill NATS": stage => kill(stage, ["nats"]),
	"stop NATS": stage => freeze(stage, "nats"),
	"kill Redis": stage => kill(stage, ["redis"]),
	"stop Redis": stage => freeze(stage, "redis"),
	"crash at a step": stage => {
		const name = oneOf(stage, WORK);
		const when = oneOf(stage, ["before", "after"] as const);
		return inject(stage, [serviceOf(name)], { on: "action", name, do: "crash", when, times: 1 });
	},
	"calls arrive twice": stage =>
		inject(stage, ["inventory", "payment"], { on: "action", name: "*", do: "twice", chance: 0.1 }),
	"events arrive twice": stage =>
		inject(stage, ["inventory", "order", "catalog"], { on: "event", name: "*", do: "twice" }),
	"events are lost": stage =>
		inject(stage, ["inventory", "order"], { on: "event", name: "*", do: "drop", chance: 0.2 }),
	"answers are lost": stage =>
		inject(stage, ["inventory", "payment", "order"], {
			on: "action",
			name: "*",
			do: "drop",
			when: "after",
			chance: 0.05
		}),
	"calls come late": stage =>
		inject(stage, ["inventory"], {
			on: "action",
			name: "inventory.reserve",
			do: "delay",
			ms: 3000,
			chance: 0.1
		}),
	"a node stalls": stage =>
		inject(stage, [oneOf(stage, services(stage))], {
			on: "now",
			stall: stage.random.whole(500, 4000)
		}),
	"the database is slow": async stage => {
		const { mongo } = stage.cluster;
		const before = mongo.did.delayed;
		const delay = stage.random.whole(50, 1000);
		mongo.set({ delay });
		return happens(() => mongo.did.delayed > before);
	},
	"a write loses its answer": async stage => {
		const { mongo } = stage.cluster;
		const before = mongo.did.resets;
		mongo.resetNext(chunk => chunk.includes("findAndModify"));
		return happens(() => mongo.did.resets > before);
	},
	"kill the database": async stage => {
		const { rig } = stage.cluster;
		const pids = await rig?.kill();
		return async () => pids !== undefined && !pids.some(isAlive);
	},
	"cut a node off": async stage => {
		const [, proxy] = oneOf(stage, [...stage.cluster.nats]);
		const before = proxy.did.dropped;
		const both = { dropOut: true, dropBack: true };
		proxy.set(oneOf(stage, [both, { dropOut: true }, { dropBack: true }]));
		return happens(() => proxy.did.dropped > before);
	}
};
