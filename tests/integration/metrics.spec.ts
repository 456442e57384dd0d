import { ServiceBroker } from "moleculer";
import config from "../../moleculer.config";
import { Counter, expose, Gauge, Histogram } from "../../services/instruments";
import { metrics } from "../../services/metrics";
import { PrometheusReporter } from "../../services/prometheus";

/** A broker with the shop's middlewares and one service, and what Prometheus would get of it. */
function node() {
	const broker = new ServiceBroker({
		...config,
		nodeID: "node-1",
		logger: false,
		transporter: null,
		metrics: { enabled: true, collectProcessMetrics: true }
	});
	broker.createService({
		name: "mug",
		actions: {
			fill: () => "full",
			wash: () => "clean",
			drop() {
				throw Object.assign(new Error("Broken"), { type: "BROKEN" });
			}
		},
		events: { "mug.filled"() {} }
	});
	const reporter = new PrometheusReporter({
		port: 0,
		includes: ["commercify.**", "moleculer.**", "process.cpu.**", "test.**"],
		defaultLabels: () => ({ node: broker.nodeID })
	});
	return { broker, reporter, text: () => reporter.generatePrometheusResponse() };
}
const valueOf = (text: string, series: string) =>
	Number(
		text
			.split("\n")
			.find(line => line.startsWith(`${series} `))
			?.slice(series.length)
	);

describe("metrics of a node", () => {
	const { broker, reporter, text } = node();
	beforeAll(async () => {
		reporter.init(broker.metrics);
		await broker.start();
		for (let i = 0; i < 3; i++) await broker.call("mug.fill");
		await broker.call("mug.drop").catch(() => {});
		await broker.emit("mug.filled", {});
	});
	afterAll(async () => {
		await reporter.stop();
		await broker.stop();
	});

	test("calls are counted and timed by action, errors by type", () => {
		const labels = `node="node-1",service="mug",action="mug.fill",type="local"`;
		expect(valueOf(text(), `moleculer_request_total{${labels}}`)).toBe(3);
		expect(valueOf(text(), `moleculer_request_active{${labels}}`)).toBe(0);
		expect(valueOf(text(), `moleculer_request_time_bucket{${labels},le="+Inf"}`)).toBe(3);
		expect(valueOf(text(), `moleculer_request_time_count{${labels}}`)).toBe(3);
		expect(valueOf(text(), `moleculer_request_time_sum{${labels}}`)).toBeGreaterThan(0);
		const broken = labels.replace("fill", "drop");
		expect(valueOf(text(), `moleculer_request_error_total{${broken},errorType="BROKEN"}`)).toBe(1);
	});

	test("events too", () => {
		expect(valueOf(text(), `moleculer_event_emit_total{node="node-1",event="mug.filled"}`)).toBe(1);
		expect(
			valueOf(
				text(),
				`moleculer_event_received_total{node="node-1",service="mug",event="mug.filled"}`
			)
		).toBe(1);
	});

	test("an action that nobody calls makes no series", () => {
		const series = text()
			.split("\n")
			.filter(line => line.includes("mug.wash"));
		expect(series.filter(line => line.startsWith("moleculer_request"))).toEqual([]);
	});

	test("counters are there before they count; what this node doesn't have is not measured", () => {
		expect(valueOf(text(), `commercify_holds_expired_total{node="node-1"}`)).toBe(0);
		expect(text()).not.toContain("commercify_worker_lag_seconds{");
	});

	test("the REPL's list knows them as well", () => {
		metrics.orders.add("RESERVED");
		const [listed] = broker.metrics.list({ includes: "commercify.orders.total" });
		expect(listed?.values).toMatchObject([{ labels: { state: "RESERVED" }, value: 1 }]);
	});

	test("a histogram's buckets add up, and each has its own count within", () => {
		const seconds = new Histogram("test.seconds", "A test", [0.1, 1], ["what"]);
		expose(broker.metrics, [seconds]);
		for (const value of [0.05, 0.1, 0.5, 7]) seconds.of("a").observe(value);
		const series = (suffix: string, more = "") =>
			valueOf(text(), `test_seconds${suffix}{node="node-1",what="a"${more}}`);
		expect(series("_bucket", `,le="0.1"`)).toBe(2);
		expect(series("_bucket", `,le="1"`)).toBe(3);
		expect(series("_bucket", `,le="+Inf"`)).toBe(4);
		expect(series("_count")).toBe(4);
		expect(series("_sum")).toBeCloseTo(7.65);
	});

	test("labels can't grow without end: past a thousand they are one", () => {
		const many = new Counter("test.many", "A test", ["name"]);
		expose(broker.metrics, [many]);
		for (let i = 0; i < 5000; i++) many.add(`n${i}`);
		expect(many.read()).toHaveLength(1001);
		expect(valueOf(text(), `test_many{node="node-1",name="other"}`)).toBe(4000);
	});

	test("a gauge can ask whoever knows, and labels are escaped", () => {
		const level = new Gauge("test.level", "A test", ["of"]);
		expose(broker.metrics, [level]);
		level.of('a "b"\n\\').watch(() => 3);
		expect(text()).toContain(`test_level{node="node-1",of="a \\"b\\"\\n\\\\"} 3`);
	});
});

describe("what metrics cost", () => {
	test("without a port for them nothing is wrapped", async () => {
		const broker = new ServiceBroker({ ...config, logger: false, metrics: false });
		await broker.start();
		expect(broker.metrics.list()).toEqual([]);
		await broker.stop();
	});
});
