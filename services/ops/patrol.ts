import type { Service } from "moleculer";
import { metrics } from "../metrics";
import { verifyEvery } from "../settings";
import type { Verdict } from "../shared/ops.contract";

/** The share of its time that a node may spend on checking: a large store is checked less often. */
const SHARE = 0.02;
/** Shown as fine until found otherwise. */
const INVARIANTS = ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I11", "I12", "I13", "ledger"];

/** Puts what a check found where Prometheus sees it. */
export function record({ findings, at }: Verdict, seconds: number): void {
	metrics.findings.clear();
	for (const invariant of INVARIANTS) metrics.findings.of(invariant).set(0);
	for (const { invariant } of findings) metrics.findings.of(invariant).add();
	metrics.verifiedAt.of().set(Date.parse(at) / 1000);
	metrics.verifyTime.of().set(seconds);
}

interface Listed {
	name: string;
	endpoints?: { nodeID: string }[];
}
/** One of the replicas does it: the first by name of those that are there. */
function isFirst({ broker }: Service): boolean {
	const listed = broker.registry.getActionList({
		onlyAvailable: true,
		withEndpoints: true
	}) as Listed[];
	const nodes = listed.find(({ name }) => name === "ops.verify")?.endpoints ?? [];
	return nodes.every(({ nodeID }) => broker.nodeID <= nodeID);
}

/** Checks the store now and then. Answers with what ends it. */
export function patrol(ops: Service, verify: () => Promise<unknown>): () => void {
	if (!verifyEvery) return () => {};
	let timer: NodeJS.Timeout;
	const next = (ms: number) => {
		timer = setTimeout(() => void round(), ms).unref();
	};
	const round = async () => {
		const start = performance.now();
		if (isFirst(ops))
			await verify().catch((err: unknown) => ops.logger.warn("The store was not checked:", err));
		next(Math.max(verifyEvery, (performance.now() - start) / SHARE));
	};
	next(verifyEvery / 10);
	return () => clearTimeout(timer);
}
