import { INTERNAL_MIDDLEWARES, type BrokerOptions } from "moleculer";
import { busMark } from "./services/bus.middleware";
import { contract } from "./services/contract.middleware";
import { seedIfAsked } from "./services/startup";
import { metricsPort, natsUrl, production } from "./services/settings";

const { NODE_ID, LOG_LEVEL = "info" } = process.env;
const hot = process.argv.includes("--hot");

/** Moleculer's own chain, from the handler outwards, with the contract around the cacher: a cached answer is guarded too. */
export const middlewares = [
	...INTERNAL_MIDDLEWARES.flatMap(name =>
		name === "Validator" ? [] : name === "Cacher" ? [name, contract] : [name]
	),
	busMark(),
	...(hot ? ["HotReload"] : [])
];

/** An error of ours is an answer: only what is broken or away opens the breaker. */
const isBroken = (err: Error & { code?: number; type?: string }) =>
	(err.code ?? 500) >= 500 && err.type !== "STORAGE_UNAVAILABLE" && err.type !== "CHECKOUT_PENDING";

const config: BrokerOptions = {
	namespace: "commercify",
	...(NODE_ID ? { nodeID: NODE_ID } : {}),
	logger: {
		type: "Console",
		options: {
			level: LOG_LEVEL,
			formatter: production ? "json" : "short",
			autoPadding: !production,
			moduleColors: !production
		}
	},
	transporter: natsUrl ? ({ type: "NATS", options: { servers: natsUrl } } as never) : null,
	// gateway 8 s > order 5 s > inventory 2 s: the contract names those that differ from this
	requestTimeout: 5000,
	heartbeatInterval: 2,
	heartbeatTimeout: 6,
	maxCallLevel: 20,
	retryPolicy: { enabled: false },
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
		reporter: { type: "Prometheus", options: { port: metricsPort, path: "/metrics" } }
	},
	// the runner of `npm run dev`; otherwise main.ts sees to it
	...(hot && { started: async broker => void (await seedIfAsked(broker, console.log)) }),
	validator: false,
	internalMiddlewares: false,
	middlewares
};
export default config;
