import { injected, proved } from "../under-load";
import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F16",
	about: "a fifth of the stock's and the payments' calls is done twice, and every event",
	mode: "embedded",
	async run(stage) {
		const { seed } = stage;
		const again = { do: "twice", chance: 0.2, spread: 400, seed } as const;
		const strikes = await injected(
			stage,
			10_000,
			{ id: "stock-twice", on: "action", name: "inventory.*", ...again },
			{ id: "payment-twice", on: "action", name: "payment.*", ...again },
			{ id: "provider-twice", on: "provider", name: "capture", ...again },
			{ id: "event-twice", on: "hear", name: "*", do: "twice", spread: 100, seed }
		);
		proved(stage, strikes);
	}
};
