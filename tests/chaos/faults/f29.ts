import { randomUUID } from "node:crypto";
import type { Result } from "../../../services/shared/contract";
import { times, type Order } from "../../helpers/client";
import type { Buyer } from "../crowd";
import type { Fault } from "../fault";
import type { Stage } from "../stage";

const BUYERS = 500;
const UNITS = 50;
/** Of a hundred who got one, so many leave without paying. */
const ABANDON = 20;
const PATIENCE = 120_000;

interface Sale {
	stage: Stage;
	sku: string;
	abandoned: number;
	clicks: number;
}
/** Clicks three times, and pays twice at once; false if there is nothing for him now. */
async function tries(sale: Sale, buyer: Buyer): Promise<boolean> {
	const { stage, sku } = sale;
	const key = randomUUID();
	const replies = await Promise.all(
		[1, 2, 3].map(() => stage.crowd.place(buyer, key, [{ sku, quantity: 1 }]))
	);
	sale.clicks += replies.length;
	const [first, ...others] = replies;
	const same = others.every(({ status }) => status === first!.status);
	stage.expect("three clicks have one answer", same, replies);
	if (first!.status !== 201) return false;
	if (stage.random.isSo(ABANDON / 100)) {
		sale.abandoned++;
		return true;
	}
	const { id } = first!.body as Order;
	const paid = await Promise.all([stage.crowd.pays(buyer, id), stage.crowd.pays(buyer, id)]);
	// whoever was too slow has lost his hold, and comes again
	return paid.every(({ status }) => status === 200);
}

export const fault: Fault = {
	id: "F29",
	about: `a flash sale: ${BUYERS} buyers click three times for ${UNITS} units, ${ABANDON} % don't pay`,
	mode: "embedded",
	ownLoad: true,
	env: { RESERVATION_TTL: "5" },
	async run(stage) {
		const { crowd, shop } = stage;
		const sku = await crowd.offer(UNITS);
		await crowd.recruit(BUYERS - crowd.buyers.length);
		const sale: Sale = { stage, sku, abandoned: 0, clicks: 0 };
		const without: Buyer[] = [];
		const come = async (buyer: Buyer) => {
			if (!(await tries(sale, buyer))) without.push(buyer);
		};
		await Promise.all(crowd.buyers.map(come));
		stage.proved(`${BUYERS} buyers clicked ${sale.clicks} times`, sale.clicks >= 3 * BUYERS);
		stage.proved(`${sale.abandoned} left without paying`, sale.abandoned);

		// what they left is for those who wait
		for (const end = Date.now() + PATIENCE; Date.now() < end; await stage.sleep(200)) {
			const { available, held } = await crowd.seller.stock(sku);
			if (!available && !held) break;
			const next = without.splice(0, 2 * available);
			await times(next.length, n => come(next[n]!));
		}
		const seen = (await shop.call<Result<"inventory.inspect">>("inventory.inspect", { sku }))!;
		stage.expect(`exactly ${UNITS} are sold`, seen.stock.sold === UNITS, seen);
	}
};
