import { INTERNAL_MIDDLEWARES, type BrokerOptions, type Middleware } from "moleculer";
import { busMark } from "./services/bus.middleware";
import { FallThroughCacher } from "./services/cacher";
import { contract } from "./services/contract.middleware";
import { forget } from "./services/forget.middleware";
import { jsonLine } from "./services/logger";
import { measured } from "./services/metrics.middleware";
import { prometheus } from "./services/prometheus";
import { replOptions } from "./services/repl";
import { requestIds } from "./services/request-id";
import { seedIfAsked } from "./services/startup";
import { metricsPort, production, redisUri } from "./services/settings";
import { isUnheard, nodeId, transporter } from "./services/transport";

const { LOG_LEVEL = "info" } = process.env;
const id = nodeId();
const hot = process.argv.includes("--hot");

/** Ours in the place of Moleculer's, or around it: the contract is outside the cacher, so a cached answer is guarded too. */
const REPLACED: Record<string, unknown[]> = {
	Validator: [],
	Cacher: ["Cacher", contract],
	ContextTracker: [forget, "ContextTracker"],
	Metrics: [measured]
};
/** Moleculer's own chain, from the handler outwards. */
export const middlewares = [
	...(INTERNAL_MIDDLEWARES.flatMap(name => REPLACED[name] ?? [name]) as Middleware[]),
	busMark(),
	requestIds,
	...(hot ? ["HotReload"] : [])
];

/**
 * What opens the breaker of an endpoint: that it breaks or hangs. An error of ours is an answer, and a 503 speaks of somebody
 * else: a service behind it, the database, a node that has left and is off the list already.
 */
const isBroken = ({ code = 500 }: Error & { code?: number }) => code >= 500 && code !== 503;

const config: BrokerOptions = {
	namespace: "commercify",
	...(id && { nodeID: id }),
	logger: {
		type: "Console",
		options: {
			level: LOG_LEVEL,
			formatter: production ? jsonLine : "short",
			colors: !production,
			autoPadding: !production,
			moduleColors: !production
		}
	},
	transporter: transporter() as never, // moleculer's types know no transporter of one's own
	cacher: redisUri
		? new FallThroughCacher({ redis: redisUri, prefix: "commercify:cache:", ttl: 10 } as never)
		: null,
	// gateway 8 s > order 5 s > inventory 2 s: the contract names those that differ from this
	requestTimeout: 5000,
	// one that hangs is left after 4 to 8 s. Measured at 20 processes a core: nobody was later than 0.9 s
	heartbeatInterval: 1,
	heartbeatTimeout: 4,
	maxCallLevel: 20,
	// only what no node has heard: anything else may have been done
	retryPolicy: { enabled: true, retries: 2, delay: 1, factor: 1, maxDelay: 1, check: isUnheard },
	tracking: { enabled: true, shutdownTimeout: 8000 },
	circuitBreaker: {
		enabled: true,
		threshold: 0.5,
		windowTime: 10,
		minRequestCount: 20,
		halfOpenTime: 2000,
		check: isBroken
	},
	metrics: {
		enabled: metricsPort > 0,
		collectProcessMetrics: true,
		reporter: prometheus(metricsPort) as never
	},
	replOptions: replOptions as never, // moleculer's types take an action's arguments for a list
	// the runner of `npm run dev`; otherwise main.ts sees to it
	...(hot && { started: async broker => void (await seedIfAsked(broker, console.log)) }),
	validator: false,
	internalMiddlewares: false,
	middlewares
};
export default config;
