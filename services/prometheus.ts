import type { IncomingMessage, ServerResponse } from "node:http";
import { MetricReporters, type MetricRegistry } from "moleculer";
import { answerProbe } from "./node-port";
import { host } from "./settings";

interface Item {
	labels?: Record<string, unknown>;
	value?: unknown;
	count?: number;
	sum?: number;
	buckets?: Record<string, number>;
}

/**
 * Moleculer's Prometheus reporter, with the text made anew: its own leaves out a histogram's sum and count unless quantiles are
 * kept, and adds series that no Prometheus asked for.
 */
export class PrometheusReporter extends MetricReporters.Prometheus {
	override init(registry: MetricRegistry): void {
		super.init(registry);
		// a node without metrics is better than none
		this.server.on("error", err => this.logger.error(`No metrics: ${err.message}`));
	}

	/** Where another process had the port, there is nothing to close. */
	override stop(): Promise<void> {
		return this.server.listening ? super.stop() : Promise.resolve();
	}

	/** The same port tells how the node is. */
	override handler(req: IncomingMessage, res: ServerResponse): void {
		if (!answerProbe(req, res, this.registry.broker)) super.handler(req, res);
	}

	override generatePrometheusResponse(): string {
		const lines: string[] = [];
		for (const metric of this.registry.store.values()) {
			if (!this.matchMetricName(metric.name)) continue;
			const items = metric.snapshot() as Item[];
			if (!items.length) continue;
			const name = this.formatMetricName(metric.name).replace(/[.-]/g, "_");
			const type = metric.type === "info" ? "gauge" : metric.type;
			lines.push(`# HELP ${name} ${metric.description ?? metric.name}`, `# TYPE ${name} ${type}`);
			for (const item of items) this.write(lines, name, metric.type, item);
		}
		return `${lines.join("\n")}\n`;
	}

	private write(lines: string[], name: string, type: string, item: Item): void {
		const labels = item.labels ?? {};
		const line = (suffix: string, value: unknown, more: object = {}) =>
			lines.push(`${name}${suffix}${this.labelsToStr({ ...labels, ...more })} ${value ?? "NaN"}`);
		if (type === "info") line("", 1, { value: item.value });
		else if (type !== "histogram") line("", item.value);
		else {
			// the keys of an object that look like whole numbers come first
			const buckets = Object.entries(item.buckets ?? {}).toSorted(
				([a], [b]) => Number(a) - Number(b)
			);
			for (const [le, below] of buckets) line("_bucket", below, { le });
			line("_bucket", item.count, { le: "+Inf" });
			line("_sum", item.sum);
			line("_count", item.count);
		}
	}

	override escapeLabelValue(value: string): string {
		return String(value).replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n");
	}
}
MetricReporters.register("ShopPrometheus", PrometheusReporter as never);

/** What somebody reads: not the process's arguments, its user and its network, nor a dozen figures on each heap space. */
const INCLUDES = [
	"commercify.**",
	"moleculer.request.**",
	"moleculer.event.**",
	"moleculer.trans**",
	"moleculer.circuit-breaker.**",
	"moleculer.broker.**",
	"moleculer.registry.**",
	"moleculer.node.**",
	"process.cpu.**",
	"process.memory.heap.size.**",
	"process.memory.rss",
	"process.memory.external",
	"process.uptime",
	"process.internal.active.handles",
	"process.versions.node",
	"os.memory.**",
	"os.cpu.load.**",
	"os.cpu.utilization"
];

/** The reporter as the broker's options name it. */
export const prometheus = (port: number) => ({
	type: "ShopPrometheus",
	options: {
		port,
		...(host && { host }),
		path: "/metrics",
		includes: INCLUDES,
		defaultLabels: ({ broker }: MetricRegistry) => ({ node: broker.nodeID })
	}
});
