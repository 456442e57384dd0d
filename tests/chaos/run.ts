import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fault } from "./fault";
import { ClusterShop, EmbeddedShop, type Shop } from "./shops";
import { Stage, type Report } from "./stage";

export interface Options {
	seed: number;
	minutes: number;
	/** Where the histories go. */
	dir?: string;
	say?(line: string): void;
}

/** Plays faults one after the other; those that can share a cluster do. */
export class Company {
	private shop: Shop | null = null;
	private kind = "";
	readonly dir: string;

	constructor(private readonly options: Options) {
		this.dir = options.dir ?? join(tmpdir(), `chaos-${process.pid}`);
		mkdirSync(this.dir, { recursive: true });
	}
	private say(line: string) {
		this.options.say?.(line);
	}
	private async shopFor(fault: Fault): Promise<Shop> {
		const { mode, env, flags } = fault;
		const kind = mode === "cluster" ? `cluster ${JSON.stringify({ env, flags })}` : "";
		if (this.shop && kind && kind === this.kind && !(await this.shop.lacks()).length)
			return this.shop;
		await this.end();
		this.say(`starting ${mode === "cluster" ? "a cluster" : "a shop"}`);
		this.shop =
			mode === "cluster" ? await ClusterShop.start(fault) : await EmbeddedShop.start(fault);
		this.kind = kind;
		return this.shop;
	}
	async play(fault: Fault): Promise<Report> {
		const { seed, minutes } = this.options;
		const shop = await this.shopFor(fault);
		this.say(`${fault.id}: ${fault.about}`);
		const history = join(this.dir, `${fault.id}.jsonl`);
		const stage = new Stage(shop, fault, seed, history, minutes);
		const report = await stage.play();
		if (report.violations.length) writeFileSync(join(this.dir, `${fault.id}.log`), shop.said);
		// what went wrong once may go on being wrong; so does what a wrong clock has made wait
		if (report.violations.length || stage.skewed) await this.end();
		return report;
	}
	async end(): Promise<void> {
		const { shop } = this;
		this.shop = null;
		await shop?.discard();
	}
}
