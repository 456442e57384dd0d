import "../helpers/saga-settings";
import { BUGS } from "../helpers/saga-bugs";
import { happens, hunt } from "../helpers/saga-history";

describe("a mistake in the checkout is found:", () => {
	it.each(Object.entries(BUGS))(
		"%s",
		async (_name, bug) => {
			const { failed, counterexample } = await hunt(bug);
			expect(failed).toBe(true);
			// and it is the mistake: the same history is well without it
			await happens(counterexample![0]);
		},
		120_000
	);
});
