import type { Verdict } from "../../services/shared/ops.contract";
import { runScript, ShopProcess, type Env } from "./process";

/** Where a suite runs: a shop of its own, or the one that BASE_URL and RELAY_URL name. */
export interface Target {
	baseUrl: string;
	relayUrl: string;
	/** The process, where the shop is one of ours. */
	shop: ShopProcess | null;
	/** What the invariants find wrong, also those that hold at rest. */
	verify(): Promise<string[]>;
	discard(): Promise<void>;
}

/** A suite's shop: of a running one only what its environment says is known, and `verify` asks as an operator would. */
export async function target(env: Env = {}): Promise<Target> {
	const { BASE_URL, RELAY_URL } = process.env;
	if (!BASE_URL) {
		const shop = await ShopProcess.start({ env });
		return {
			baseUrl: shop.baseUrl,
			relayUrl: shop.relayUrl,
			shop,
			verify: () => findingsOf(shop),
			discard: () => shop.discard()
		};
	}
	if (!RELAY_URL) throw new Error("BASE_URL comes with RELAY_URL");
	return {
		baseUrl: BASE_URL,
		relayUrl: RELAY_URL,
		shop: null,
		verify: () => findingsBy(process.env as Env),
		discard: async () => {}
	};
}

/** What `npm run verify` finds wrong. */
export const verdictOf = ({ dir }: { dir: string }) => findingsBy({ DATA_DIR: dir });
async function findingsBy(env: Env): Promise<string[]> {
	const { code, said } = await runScript("verify.mts", ["--settled"], env);
	return code === 0 ? [] : [said];
}

/** What `ops.verify` finds in a shop of ours. */
export async function findingsOf(shop: ShopProcess): Promise<string[]> {
	const { findings } = await shop.call<Verdict>("ops.verify", { settled: true });
	return findings.map(({ invariant, what, refs }) => `${invariant} ${what} (${refs.join(", ")})`);
}
