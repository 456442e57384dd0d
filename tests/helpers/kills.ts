import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { End, ShopProcess } from "./process";

/** Numbers of chance that come again with the same seed (mulberry32). */
export function chance(seed: number) {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
	return {
		/** A whole number from `least` to `most`. */
		whole: (least: number, most: number) => least + Math.floor(next() * (most - least + 1)),
		isSo: (share: number) => next() < share
	};
}

/** Milliseconds that a kill waits for a request to be under way. */
const MOST_IDLE = 1500;

/** Kills a shop again and again. A round is a life of the process; clients may wait for a later one. */
export class Kills {
	readonly ends: End[] = [];
	readonly pids = new Set<number>();
	round = 0;
	private readonly rounds = new EventEmitter().setMaxListeners(0);

	constructor(
		private readonly shop: ShopProcess,
		private readonly random: ReturnType<typeof chance>
	) {}

	/** `count` times: lets it live for 200 to 700 ms, kills it with somebody waiting for it, starts it again. */
	async run(count: number, isBusy: () => boolean): Promise<void> {
		for (let n = 0; n < count; n++) {
			await sleep(this.random.whole(200, 700));
			for (const end = Date.now() + MOST_IDLE; !isBusy() && Date.now() < end;) await sleep(1);
			this.pids.add(this.shop.process.pid!);
			this.ends.push(await this.shop.kill());
			await this.shop.start();
			this.round++;
			this.rounds.emit("next");
		}
	}
	/** Until the process has been started again so often. */
	async until(round: number): Promise<void> {
		while (this.round < round) await once(this.rounds, "next");
	}
}
