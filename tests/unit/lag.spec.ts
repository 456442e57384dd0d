import { Lag } from "../../services/order/lag";

describe("how far behind something is", () => {
	let now = 0;
	const lag = new Lag(() => now);
	beforeEach(() => {
		now += 1_000_000;
	});

	test("nothing waits: not at all", () => expect(lag.seconds).toBe(0));

	test("the oldest that waits counts, until it isn't seen any more", () => {
		lag.note(now - 5000);
		lag.note(now - 20_000);
		lag.note(now - 1000);
		now += 10_000;
		expect(lag.seconds).toBe(30);
		now += 25_000;
		expect(lag.seconds).toBe(0);
		lag.note(now - 1000);
		expect(lag.seconds).toBe(1);
	});
});
