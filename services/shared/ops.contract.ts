import { z } from "zod";
import type { ActionTable } from "./define";
import { Finding } from "./inventory.contract";

export const Verdict = z.strictObject({
	ok: z.boolean(),
	at: z.string(),
	checked: z.strictObject({ skus: z.int(), orders: z.int(), charges: z.int() }),
	findings: z.array(Finding)
});

export const opsActions = {
	"ops.verify": {
		about:
			"Checks the store against the invariants of RELIABILITY.md; `settled` also those that hold at rest",
		access: "internal",
		params: z.strictObject({ settled: z.boolean().default(false) }),
		result: Verdict,
		timeout: 120_000
	}
} satisfies ActionTable;

export type Verdict = z.infer<typeof Verdict>;
