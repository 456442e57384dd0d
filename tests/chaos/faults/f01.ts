import { CRASH_POINTS } from "../crash-points";
import { crashAll, ENV } from "../crashes";
import type { Fault } from "../fault";

export const fault: Fault = {
	id: "F1",
	about: "kill -9 at each of the crash points C0 to C14",
	mode: "embedded",
	env: ENV,
	size: { buyers: 4 },
	async run(stage) {
		const { embedded: shop } = stage;
		await crashAll(
			stage,
			{
				tell: (...rules) => shop.injections.rules("shop", ...rules),
				async outlive(rule) {
					const end = await shop.died();
					const strikes = shop.injections.struck("shop", rule).length;
					stage.proved(`${rule}: ${end}`, end === "SIGKILL" && strikes === 1);
					await shop.process.start();
				}
			},
			CRASH_POINTS
		);
	}
};
