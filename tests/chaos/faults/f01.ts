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
					const strikes = shop.injections.struck("shop", rule);
					if (end !== "SIGKILL" || strikes.length !== 1) console.log(end, strikes, shop.process.said.slice(-1500));
					stage.proved(rule, end === "SIGKILL" && strikes.length === 1);
					await shop.process.start();
				}
			},
			stage.crowd,
			stage.recorder
		);
		await crashes.stock(100);
		const fates: Promise<Fate>[] = [];
		for (const [n, point] of CRASH_POINTS.slice(Number(process.env.FROM ?? 0)).entries()) {
			// the clock will go on: nothing may be waiting to be paid then
			if (point.course === "expired") await Promise.all(fates);
			const buyer = stage.crowd.buyers[n % stage.crowd.buyers.length]!;
			fates.push((await crashes.crash(point, buyer)).fate);
		}
		for (const fate of await Promise.all(fates))
			stage.expect(`${fate.point} recovers in time`, fate.recovered < MOST, fate);
	}
};
