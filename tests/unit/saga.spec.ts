import "../helpers/saga-settings";
import * as fc from "fast-check";
import { happens, histories } from "../helpers/saga-history";

describe("the saga", () => {
	it("keeps every invariant through a thousand histories", async () => {
		await fc.assert(
			fc.asyncProperty(histories(), async history => {
				await happens(history);
			}),
			{ numRuns: Number(process.env.SAGA_RUNS ?? 1000) }
		);
	}, 120_000);
});
