import type { Result } from "../../../services/shared/contract";
import type { Fault } from "../fault";

const TEN_MINUTES = 600_000;

export const fault: Fault = {
	id: "F21",
	about: "the clock jumps ten minutes back, then twenty on, and stays there",
	mode: "embedded",
	async run(stage) {
		const { embedded: shop } = stage;
		stage.skewed = true;
		for (const skew of [-TEN_MINUTES, TEN_MINUTES]) {
			shop.injections.rules("shop", { id: `clock ${skew}`, on: "clock", skew, lasting: true });
			await stage.traffic(30);
			const { at } = await shop.call<Result<"ops.verify">>("ops.verify");
			const off = Date.parse(at) - Date.now();
			stage.proved(`its clock is ${off} ms off`, Math.abs(off - skew) < 60_000);
			await stage.sleep(4000);
		}
	}
};
