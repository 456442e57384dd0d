import type { Fault } from "../fault";

const TEN_MINUTES = 600_000;

export const fault: Fault = {
	id: "F21",
	about: "the clock jumps ten minutes on, then twenty back, and is right again",
	mode: "embedded",
	skewed: true,
	async run(stage) {
		const { injections, baseUrl } = stage.embedded;
		for (const skew of [TEN_MINUTES, -TEN_MINUTES]) {
			const id = `clock ${skew}`;
			injections.rules("shop", { id, on: "clock", skew });
			await stage.sleep(5000);
			const reply = await fetch(`${baseUrl}/health`);
			const { at } = (await reply.json()) as { at?: string };
			void at;
			stage.proved(`${id}: ${injections.struck("shop", id).length}`);
		}
		injections.heal();
	}
};
