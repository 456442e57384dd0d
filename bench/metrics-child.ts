// One run of bench/metrics.mts: the kind of metrics on the command line, figures as JSON.
import { join } from "node:path";
import { ServiceBroker } from "moleculer";
import config from "../moleculer.config";
import { newId } from "../services/id";
import { measured } from "../services/metrics.middleware";
import { CORE } from "../services/node";
import { PrometheusReporter } from "../services/prometheus";
import type { Broker } from "../services/typed";

const [kind] = process.argv.slice(2);
const ORDERS = 3000;
const CALLS = 200_000;
const SIZES = Array.from({ length: 20 }, (_, i) => String(i));
const seller = { id: newId(), role: "seller" as const, sid: newId() };
const shippingAddress = {
	name: "Ada Example",
	line1: "1 Harbour Row",
	city: "Bremen",
	postalCode: "28195",
	country: "DE"
};

/** Microseconds of processor time for each: neighbours on the machine don't count. */
async function price(count: number, atOnce: number, work: (n: number) => Promise<unknown>) {
	const start = process.cpuUsage();
	let next = 0;
	const worker = async () => {
		while (next < count) await work(next++);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	const { user, system } = process.cpuUsage(start);
	return (user + system) / count;
}

async function run(): Promise<void> {
	const broker = new ServiceBroker({
		...config,
		nodeID: "bench",
		metrics: { enabled: kind !== "none", collectProcessMetrics: kind !== "none" },
		middlewares: config.middlewares!.map(used =>
			(used as unknown) === measured && kind === "moleculer" ? "Metrics" : used
		)
	});
	for (const name of CORE)
		broker.loadService(join(__dirname, "../services", name, `${name}.service.ts`));
	broker.createService({ name: "bare", actions: { one: () => 1 } });
	await broker.start();
	const shop = broker as unknown as Broker;
	const { variants } = await shop.call(
		"catalog.create",
		{
			title: "Thing",
			description: "A thing",
			category: "things",
			options: [{ name: "Size", values: SIZES }],
			variants: SIZES.map(Size => ({
				sku: `sku-${Size}`,
				options: { Size },
				price: 100,
				stock: 1_000_000
			}))
		},
		{ meta: { user: seller } }
	);
	const place = (n: number) =>
		shop.call(
			"order.place",
			{
				idempotencyKey: `k${n}`,
				items: [{ sku: variants[n % variants.length]!.sku, quantity: 1 }],
				shippingAddress
			},
			{ meta: { user: { id: newId(), role: "buyer" as const, sid: newId() } } }
		);
	await price(1000, 16, n => place(-1 - n + 1_000_000));
	const order = await price(ORDERS, 16, place);
	await price(20_000, 1, () => broker.call("bare.one"));
	const call = await price(CALLS, 1, () => broker.call("bare.one"));
	const start = performance.now();
	if (kind !== "none") {
		const reporter = new PrometheusReporter({ port: 0 } as never);
		reporter.init(broker.metrics);
		if (!reporter.generatePrometheusResponse().includes("moleculer_request_total"))
			throw new Error("No metrics");
		reporter.server.close();
	}
	console.log(JSON.stringify({ order, call, scrapeMs: performance.now() - start }));
	process.exit(0);
}
void run();
