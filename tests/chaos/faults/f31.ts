import { randomUUID } from "node:crypto";
import type { Result } from "../../../services/shared/contract";
import type { Order } from "../../helpers/client";
import { until } from "../../helpers/shop";
import type { Fault } from "../fault";
import type { Rule } from "../injections";

type Inside = NonNullable<Result<"order.inspect">>;
/** So often the worker tries by itself. */
const TRIES = 10;

export const fault: Fault = {
	id: "F31",
	about: "an order that always breaks: parked after ten tries, and nobody else's trouble",
	mode: "embedded",
	async run(stage) {
		const { embedded: shop, crowd } = stage;
		// the worker waits longer from try to try: the clock goes on to the next one
		stage.skewed = true;
		const [buyer] = crowd.buyers;
		const sku = await crowd.offer(5);
		const placed = await crowd.place(buyer!, randomUUID(), [{ sku, quantity: 1 }]);
		const { id } = placed.body as Order;
		const poison: Rule = {
			id: "poison",
			on: "action",
			name: "inventory.commit",
			do: "fail",
			holds: [id]
		};
		shop.injections.rules("shop", poison);
		const paid = await crowd.pays(buyer!, id);
		stage.expect("its buyer has paid, and is told so", paid.status === 200, paid.text);

		const inside = () => shop.call<Inside>("order.inspect", { name: id });
		let skew = 0;
		for (let tries = 0; tries < TRIES; tries = (await inside()).tries) {
			const { dueAt } = await inside();
			skew = Math.max(skew, Date.parse(dueAt!) - Date.now() + 500);
			const clock: Rule = { id: `clock ${skew}`, on: "clock", skew, lasting: true };
			shop.injections.rules("shop", poison, clock);
			await until(inside, order => order.tries > tries, 30_000);
		}
		const order = await inside();
		const struck = shop.injections.struck("shop", "poison").length;
		stage.proved(`it broke ${struck} times, and was parked`, struck > TRIES && !order.dueAt);
		const alarm = shop.process.said.includes(`Order ${id} is parked: it needs a person`);
		stage.expect("a person is told", alarm);
		await stage.traffic(30, "acked");

		shop.injections.heal();
		stage.heals();
		const settled = await shop.call<Order>("order.settle", { id });
		stage.expect("once it is mended, a person lets it go on", settled.status === "paid", settled);
		const after = await inside();
		stage.expect("it is completed", after.state === "COMPLETED", after);
	}
};
