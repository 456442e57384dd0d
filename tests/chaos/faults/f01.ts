import { CRASH_POINTS } from "../crash-points";
import { Crashes, type Fate } from "../crashes";
import type { Fault } from "../fault";

/** Milliseconds: lease, worker, and a machine that does other things too. */
const MOST = 30_000;

export const fault: Fault = {
	id: "F1",
	about: "kill -9 at each of the crash points C0 to C14",
	mode: "embedded",
	env: { RESERVATION_TTL: "60" },
	async run(stage) {
		const shop = stage.embedded;
		const crashes = new Crashes(
			{
				shop,
				tell: (...rules) => shop.injections.rules("shop", ...rules),
				async outlive(rule) {
					const end = await shop.died();
					const [strike] = shop.injections.struck("shop", rule);
					if (end !== "SIGKILL" || !strike) throw new Error(`It didn't die of ${rule}: ${end}`);
					stage.proved(`${rule}: the process killed itself at ${strike.name}`);
					await shop.process.start();
				}
			},
			stage.crowd,
			stage.recorder
		);
		await crashes.stock(100);
		const fates: Promise<Fate>[] = [];
		for (const [n, point] of CRASH_POINTS.entries()) {
			// the clock will go on: nothing may be waiting to be paid then
			if (point.course === "expired") await Promise.all(fates);
			const buyer = stage.crowd.buyers[n % stage.crowd.buyers.length]!;
			fates.push((await crashes.crash(point, buyer)).fate);
		}
		const slow = (await Promise.all(fates)).filter(({ recovered }) => recovered > MOST);
		if (slow.length) throw new Error(`Too slow: ${JSON.stringify(slow)}`);
	}
};
