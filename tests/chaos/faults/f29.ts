import { randomUUID } from "node:crypto";
import { chance } from "../../helpers/kills";
import type { Order } from "../../helpers/client";
import type { Fault } from "../fault";

const UNITS = 50;
const BUYERS = 500;

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
		await Promise.all(
			crowd.buyers.map(async (buyer, n) => {
				const random = chance(stage.seed * 1000 + n);
				const key = randomUUID();
				const [reply] = await Promise.all([1, 2, 3].map(() => crowd.place(buyer, key, items)));
				if (reply!.status !== 201) return;
				won++;
				if (random.isSo(0.2)) return void left++;
				await crowd.pay(buyer, reply!.body as Order, random, true);
			})
		);
		stage.proved(`${won} held a unit, ${left} left without paying`, won >= UNITS && left > 0);
		stage.heals();
	}
};
