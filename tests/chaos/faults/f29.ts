import { randomUUID } from "node:crypto";
import { chance } from "../../helpers/kills";
import { times, type Order } from "../../helpers/client";
import type { Fault } from "../fault";

const UNITS = 50;
const BUYERS = 500;
/** Three times as many requests are under way: what one machine that also plays the buyers can carry. */
const AT_ONCE = 100;

export const fault: Fault = {
	id: "F29",
	about: `a flash sale: ${BUYERS} buyers for ${UNITS} units, each clicking three times, a fifth of them never paying`,
	mode: "cluster",
	ownLoad: true,
	size: { buyers: BUYERS, limited: UNITS, products: 1 },
	async run(stage) {
		const { crowd } = stage;
		const items = [{ sku: crowd.limitedSku, quantity: 1 }];
		let won = 0;
		let left = 0;
		await times(
			BUYERS,
			async n => {
				const buyer = crowd.buyers[n]!;
				const random = chance(stage.seed * 1000 + n);
				const key = randomUUID();
				const [reply] = await Promise.all([1, 2, 3].map(() => crowd.place(buyer, key, items)));
				if (reply!.status !== 201) return;
				won++;
				if (random.isSo(0.2)) return void left++;
				await crowd.pay(buyer, reply!.body as Order, random, true);
			},
			AT_ONCE
		);
		stage.proved(`${won} held a unit, ${left} left without paying`, won >= UNITS && left > 0);
		stage.heals();
	}
};
