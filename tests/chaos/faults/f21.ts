import { ask } from "../../helpers/http";
import type { Fault } from "../fault";

const TEN_MINUTES = 600_000;

export const fault: Fault = {
	id: "F21",
	about: "the clock jumps ten minutes back, then twenty on, and stays there",
	mode: "embedded",
	async run(stage) {
		const { injections, baseUrl } = stage.embedded;
		stage.skewed = true;
		for (const skew of [-TEN_MINUTES, TEN_MINUTES]) {
			injections.rules("shop", { id: `clock ${skew}`, on: "clock", skew, lasting: true });
			await stage.traffic(30);
			const { headers } = await ask(baseUrl, "GET /health/live");
			const off = Date.parse(String(headers.date)) - Date.now();
			stage.proved(`its clock is ${off} ms off`, Math.abs(off - skew) < 60_000);
			await stage.sleep(4000);
		}
	}
};
