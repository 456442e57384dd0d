import type { ActionHandler, Middleware, Service, ServiceBroker } from "moleculer";
import { Counter, expose, Gauge, Histogram } from "./instruments";
import { metrics, watchProcess } from "./metrics";

const MILLISECONDS = [1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000];
const CALL = ["service", "action", "type"] as const;
const EVENT = ["service", "event"] as const;

/** Moleculer's own names, so that its dashboards and its REPL know them. */
const own = {
	requests: new Counter("moleculer.request.total", "Number of requests", CALL),
	active: new Gauge("moleculer.request.active", "Number of active requests", CALL),
	errors: new Counter("moleculer.request.error.total", "Number of request errors", [
		...CALL,
		"errorType"
	]),
	time: new Histogram(
		"moleculer.request.time",
		"Request times in milliseconds",
		MILLISECONDS,
		CALL
	),
	emitted: new Counter("moleculer.event.emit.total", "Number of emitted events", ["event"]),
	broadcast: new Counter("moleculer.event.broadcast.total", "Number of broadcast events", [
		"event"
	]),
	received: new Counter("moleculer.event.received.total", "Number of received events", EVENT),
	eventErrors: new Counter(
		"moleculer.event.received.error.total",
		"Number of event execution errors",
		EVENT
	),
	eventTime: new Histogram(
		"moleculer.event.received.time",
		"Execution time of events in milliseconds",
		MILLISECONDS,
		EVENT
	),
	pending: new Gauge("moleculer.transit.requests.active", "Requests that wait for another node"),
	sent: new Counter("moleculer.transporter.packets.sent.total", "Number of sent packets"),
	sentBytes: new Counter("moleculer.transporter.packets.sent.bytes", "Number of sent bytes"),
	taken: new Counter("moleculer.transporter.packets.received.total", "Number of received packets"),
	takenBytes: new Counter(
		"moleculer.transporter.packets.received.bytes",
		"Number of received bytes"
	)
};

const typeOf = (err: unknown): string => {
	const { type, name } = (err ?? {}) as { type?: unknown; name?: unknown };
	return String(type || name || "unknown");
};

/** Counts and times what goes through a handler, with cells that are looked up once. */
function timedAction(
	next: ActionHandler<Service>,
	{ name = "", service }: { name?: string; service?: { fullName?: string } },
	type: "local" | "remote"
): ActionHandler<Service> {
	const labels = [service?.fullName ?? name.split(".")[0]!, name, type] as const;
	const open = () => ({
		requests: own.requests.of(...labels),
		active: own.active.of(...labels),
		time: own.time.of(...labels)
	});
	// at the first call: of the hundred that a node knows it calls a few
	let cells: ReturnType<typeof open> | undefined;
	return function (this: Service, ctx) {
		const { requests, active, time } = (cells ??= open());
		requests.value++;
		active.value++;
		const start = performance.now();
		const end = () => {
			active.value--;
			time.observe(performance.now() - start);
		};
		return (next.call(this, ctx) as Promise<unknown>).then(
			result => {
				end();
				return result;
			},
			(err: unknown) => {
				end();
				own.errors.add(...labels, typeOf(err));
				throw err;
			}
		);
	};
}

const lengthOf = (data: unknown) => (data as { length?: number } | null)?.length ?? 0;
type Send = (topic: unknown, data: unknown, ...rest: unknown[]) => unknown;
type Emit = (event: string, ...rest: unknown[]) => Promise<void>;

/**
 * In the place of Moleculer's own middleware of this name: the same metrics but for the caller, which would make a series of each
 * pair, and for quantiles, which keep every value of the last minute and sort them at each scrape. A tenth of its price.
 */
export function measured(broker: ServiceBroker): Middleware {
	// asked by the registry's options: middlewares are made before the broker is whole
	const on = () => broker.isMetricsEnabled();
	const counted = (counter: Counter<readonly ["event"]>) => (next: Emit) =>
		on()
			? (event: string, ...rest: unknown[]) => {
					counter.add(event);
					return next(event, ...rest);
				}
			: next;
	const weighed = (packets: Counter, bytes: Counter) => (next: Send) =>
		on()
			? function (this: unknown, topic: unknown, data: unknown, ...rest: unknown[]) {
					packets.of().add();
					bytes.of().add(lengthOf(data));
					return next.call(this, topic, data, ...rest);
				}
			: next;
	return {
		name: "Metrics",

		created() {
			if (!on()) return;
			watchProcess();
			expose(broker.metrics, [...Object.values(own), ...Object.values(metrics)]);
			own.pending.of().watch(() => broker.transit?.pendingRequests.size ?? 0);
		},

		localAction: (next, action) => (on() ? timedAction(next, action as never, "local") : next),
		remoteAction: (next, action) => (on() ? timedAction(next, action as never, "remote") : next),

		localEvent(next, event) {
			if (!on()) return next;
			const { name: service = "" } = (event as { service?: { name?: string } }).service ?? {};
			const labels = [service, event.name ?? ""] as const;
			const open = () => ({
				received: own.received.of(...labels),
				time: own.eventTime.of(...labels)
			});
			let cells: ReturnType<typeof open> | undefined;
			return function (this: unknown, ...args) {
				const { received, time } = (cells ??= open());
				received.value++;
				const start = performance.now();
				return (next.apply(this as never, args) as Promise<void>).then(
					() => time.observe(performance.now() - start),
					(err: unknown) => {
						time.observe(performance.now() - start);
						own.eventErrors.add(...labels);
						throw err;
					}
				);
			};
		},

		// moleculer's types take the result of `next` in these four, its code a function
		emit: counted(own.emitted) as never,
		broadcast: counted(own.broadcast) as never,
		transporterSend: weighed(own.sent, own.sentBytes) as never,
		transporterReceive: weighed(own.taken, own.takenBytes) as never
	};
}
