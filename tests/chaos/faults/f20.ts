import { injected, proved } from "../under-load";
import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F20",
	about: "requests pass, half of the stock's and the payments' answers don't",
	mode: "embedded",
	async run(stage) {
		const { seed } = stage;
		const mute = { do: "drop", when: "after", chance: 0.5, seed } as const;
		const strikes = await injected(
			stage,
			10_000,
			{ id: "reserve-unheard", on: "action", name: "inventory.reserve", ...mute },
			{ id: "commit-unheard", on: "action", name: "inventory.commit", ...mute },
			{ id: "release-unheard", on: "action", name: "inventory.release", ...mute },
			{ id: "capture-unheard", on: "action", name: "payment.capture", ...mute }
		);
		proved(stage, strikes);
	}
};
