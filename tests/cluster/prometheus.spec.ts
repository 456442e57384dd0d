import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { io } from "socket.io-client";
import { Client } from "../helpers/client";
import { freePorts } from "../helpers/process";
import { until } from "../helpers/shop";
import { target, type Target } from "../helpers/target";

const deploy = join(__dirname, "../../deploy");
interface Panel {
	title: string;
	targets: { expr: string }[];
}
const dashboards = readdirSync(join(deploy, "grafana/dashboards")).map(file => ({
	file,
	...(JSON.parse(readFileSync(join(deploy, "grafana/dashboards", file), "utf8")) as {
		panels: Panel[];
	})
}));
const panels = dashboards.flatMap(({ file, panels: all }) =>
	all.flatMap(({ title, targets }) =>
		targets.map(({ expr }) => [`${file}: ${title}`, expr] as const)
	)
);
interface Rule {
	name: string;
	query: string;
	health: string;
	lastError?: string;
}
interface Sample {
	metric: Record<string, string>;
	value: [number, string];
}

/** Sells, is refused, lets sockets hear of it: what every panel is about. */
async function trade(shop: Target, until: AbortSignal): Promise<void> {
	const seller = await new Client(shop.baseUrl).signUp("seller");
	const buyer = await new Client(shop.baseUrl).signUp();
	const { variants } = await seller.product(5000);
	const { sku } = variants[0]!;
	const socket = io(shop.relayUrl, { transports: ["websocket"] });
	await new Promise<void>(resolve => socket.on("connect", resolve));
	await socket.emitWithAck("subscribe", { topics: [`stock:${sku}`] });
	for (let n = 0; !until.aborted; n++) {
		const { status, body } = await buyer.place([{ sku, quantity: 1 }]);
		expect(status).toBe(201);
		if (n % 3 === 2) await buyer.ask(`POST /api/orders/${body.id}/cancel`, { body: {} });
		else {
			await buyer.pay(body.id, n % 3 ? "tok_declined" : "tok_ok");
			if (n % 3) await buyer.ask(`POST /api/orders/${body.id}/cancel`, { body: {} });
		}
		await buyer.place([
			{ sku, quantity: 999 },
			{ sku: "no-such-sku", quantity: 1 }
		]);
		const short = await seller.product(1);
		await buyer.place([{ sku: short.variants[0]!.sku, quantity: 2 }]);
		await buyer.ask("GET /api/catalog/products");
		await buyer.ask("GET /api/nowhere");
		await new Promise(resolve => setTimeout(resolve, 100));
	}
	socket.close();
}

/** With METRICS_TARGETS, BASE_URL and RELAY_URL it watches those nodes, else a shop of its own. */
describe("Prometheus on a running shop", () => {
	const dir = mkdtempSync(join(tmpdir(), "prometheus-"));
	let shop: Target;
	let prometheus: ChildProcess;
	let api = "";
	const over = new AbortController();
	let trading: Promise<void>;

	const ask = async <T>(path: string): Promise<T> => {
		const answer = await fetch(`${api}/api/v1/${path}`);
		const { status, data, error } = (await answer.json()) as {
			status: string;
			data: T;
			error?: string;
		};
		if (status !== "success") throw new Error(`${path}: ${error}`);
		return data;
	};
	const query = async (expr: string) =>
		(await ask<{ result: Sample[] }>(`query?query=${encodeURIComponent(expr)}`)).result;

	beforeAll(async () => {
		const [metricsPort, port] = await freePorts(2);
		shop = await target({ METRICS_PORT: `${metricsPort}` });
		const hosts = process.env.METRICS_TARGETS?.split(",") ?? [`127.0.0.1:${metricsPort}`];
		api = `http://127.0.0.1:${port}`;
		const { prepare, tellTargets } = (await import("../../scripts/observe.mts" as string)) as {
			prepare(dir: string, interval: string, address: string): string[];
			tellTargets(dir: string, hosts: string[]): void;
		};
		tellTargets(dir, hosts);
		const args = prepare(dir, "1s", `127.0.0.1:${port}`);
		execFileSync("promtool", ["check", "config", join(dir, "prometheus.yml")]);
		prometheus = spawn("prometheus", args, { stdio: ["ignore", "ignore", "inherit"] });
		const isUp = () =>
			query("sum(up)").then(
				([up]) => Number(up?.value[1]) === hosts.length,
				() => false
			);
		await until(isUp, Boolean, 30_000);
		trading = trade(shop, over.signal);
		await shop.verify();
		const figures = () => query("count_over_time(commercify_commit_to_push_seconds_count[1m])");
		await Promise.race([
			until(figures, ([seen]) => Number(seen?.value[1]) >= 8, 60_000),
			trading // fails if it does
		]);
	}, 120_000);

	afterAll(async () => {
		over.abort();
		await trading?.catch(() => {});
		const gone = new Promise(resolve => prometheus.once("exit", resolve));
		prometheus.kill();
		await gone;
		await shop.discard();
		rmSync(dir, { recursive: true, force: true });
	});

	test("the compose file's configuration and the rules are valid", () => {
		const check = (...args: string[]) =>
			execFileSync("promtool", ["check", ...args], { encoding: "utf8" });
		const config = join(deploy, "prometheus/prometheus.yml");
		expect(check("config", "--syntax-only", config)).toContain("SUCCESS");
		expect(check("rules", join(deploy, "prometheus/rules.yml"))).toMatch(/SUCCESS: \d+ rules/);
	});

	test.each(panels)("%s shows data", async (_title, expr) => {
		const result = await until(
			() => query(expr),
			samples => isTold(expr, samples),
			20_000
		);
		expect(result).not.toEqual([]);
	});

	test("every alert is evaluated, asks for what is there, and none fires", async () => {
		const { groups } = await ask<{ groups: { rules: (Rule & { state: string })[] }[] }>("rules");
		const rules = groups.flatMap(group => group.rules);
		expect(rules.length).toBeGreaterThan(10);
		for (const { name, health, query: expr, state } of rules) {
			expect([name, health]).toEqual([name, "ok"]);
			expect([name, state]).toEqual([name, "inactive"]);
			// the left side: of a comparison that doesn't hold nothing is left
			const left = expr.replace(/^absent\((.*)\)$/s, "$1").replace(/\s(?:>|==|<)\s[\d.]+$/, "");
			const samples = await query(left);
			expect([name, isTold(left, samples)]).toEqual([name, true]);
		}
	});

	test("labels are few and say nothing about anybody", async () => {
		const series = await ask<Record<string, string>[]>(
			`series?match[]=${encodeURIComponent('{job="commercify"}')}`
		);
		const nodes = new Set(series.map(({ instance }) => instance)).size;
		expect(series.length / nodes).toBeLessThan(3000);
		const values = series.flatMap(labels => Object.values(labels));
		expect(values.filter(value => /@|test\.example|nowhere|[0-9a-z]{24}/.test(value))).toEqual([]);
	});
});

/** Something, and a number; a store other than NeDB has no journal to measure. */
function isTold(expr: string, samples: Sample[]): boolean {
	if (expr.includes("journal") && process.env.METRICS_TARGETS) return true;
	return samples.some(({ value }) => !Number.isNaN(Number(value[1])));
}
