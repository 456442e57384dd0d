import { monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, Gauge, Histogram } from "./instruments";

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What the shop counts of itself, beside Moleculer's own metrics. No label ever holds what a client sent. */
export const metrics = {
	orders: new Counter("commercify.orders.total", "Orders that came into a state of their saga", [
		"state"
	]),
	sagaSteps: new Histogram(
		"commercify.saga.step.duration.seconds",
		"Steps of orders' sagas, also those that failed",
		SECONDS,
		["step"]
	),
	workerTakes: new Counter(
		"commercify.worker.takes.total",
		"Orders that the recovery worker took over"
	),
	workerLag: new Gauge(
		"commercify.worker.lag.seconds",
		"For how long the order that waits longest for the worker has been due"
	),
	outboxLag: new Gauge(
		"commercify.outbox.lag.seconds",
		"Age of the oldest step of an order that could not be told to all who keep it"
	),
	holdsExpired: new Counter(
		"commercify.holds.expired.total",
		"Holds given back because nobody paid in time"
	),
	holdsOrphaned: new Counter(
		"commercify.holds.orphaned.total",
		"Holds that the sweeper ended, since their order was over or never was"
	),
	stockOperations: new Counter(
		"commercify.stock.operations.total",
		"Conditional updates of stock: done, or not as nothing matched",
		["operation", "outcome"]
	),
	payments: new Counter("commercify.payments.total", "What the payment provider answered", [
		"outcome"
	]),

	http: new Histogram(
		"commercify.http.request.duration.seconds",
		"Requests that the gateway answered, by their route and class of status",
		SECONDS,
		["route", "status"]
	),
	refusals: new Counter("commercify.refusals.total", "Problems that the gateway answered with", [
		"code"
	]),
	bcryptWaiting: new Gauge("commercify.bcrypt.waiting", "Passwords that wait for a thread"),

	sockets: new Gauge("commercify.sockets", "Sockets that are connected to this relay"),
	pushes: new Counter("commercify.pushes.total", "Messages pushed to rooms", ["event"]),
	pushesCoalesced: new Counter(
		"commercify.pushes.coalesced.total",
		"Messages that a newer one of the same SKU made needless"
	),
	commitToPush: new Histogram(
		"commercify.commit.to.push.seconds",
		"From a change of stock to the push that tells of it, by the two nodes' clocks",
		SECONDS
	),

	journalBytes: new Counter("commercify.journal.bytes.total", "Bytes written to the journal"),
	journalSyncs: new Histogram(
		"commercify.journal.sync.duration.seconds",
		"Writes of the journal with their fdatasync",
		SECONDS
	),
	journalBatch: new Histogram(
		"commercify.journal.batch.entries",
		"Changes that one sync made durable",
		[1, 2, 4, 8, 16, 32, 64, 128, 256]
	),
	readOnly: new Gauge("commercify.journal.readonly", "1 while the disk refuses writes"),

	findings: new Gauge(
		"commercify.invariant.findings",
		"What the last check of the store found to be untrue",
		["invariant"]
	),
	verifiedAt: new Gauge(
		"commercify.verify.timestamp.seconds",
		"When the store was last checked, in seconds since 1970"
	),
	verifyTime: new Gauge("commercify.verify.duration.seconds", "How long the last check took"),

	eventLoop: new Gauge(
		"commercify.eventloop.delay.seconds",
		"How late timers are, over the last seconds",
		["percentile"]
	),
	cpu: new Counter("process.cpu.seconds.total", "Processor time of the process", ["mode"])
};

const RESOLUTION = 20;
const WINDOW = 10_000;
let watched = false;

/** Begins to watch the process itself. */
export function watchProcess(): void {
	if (watched) return;
	watched = true;
	metrics.cpu.of("user").watch(() => process.cpuUsage().user / 1e6);
	metrics.cpu.of("system").watch(() => process.cpuUsage().system / 1e6);
	const delays = monitorEventLoopDelay({ resolution: RESOLUTION });
	delays.enable();
	const late = (ns: number) => Math.max(0, ns / 1e9 - RESOLUTION / 1000);
	let window = { 50: 0, 99: 0, 100: 0 };
	let since = Date.now();
	/** Two who read within the same seconds see the same delays. */
	const latest = () => {
		if (Date.now() - since < WINDOW) return window;
		const { max } = delays;
		const [half, most] = [50, 99].map(share => late(delays.percentile(share)));
		window = { 50: half!, 99: most!, 100: late(max) };
		since = Date.now();
		delays.reset();
		return window;
	};
	for (const percentile of [50, 99, 100] as const)
		metrics.eventLoop.of(String(percentile)).watch(() => latest()[percentile]);
}
