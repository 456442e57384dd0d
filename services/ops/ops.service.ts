import type { Schema } from "../typed";
import { Audit } from "./audit";
import { patrol, record } from "./patrol";

/** So much is read at a time; others' requests come between. */
const PAGE = 100;

interface Methods {
	endPatrol(): void;
}

const OpsService: Schema<"ops", Methods> = {
	name: "ops",
	actions: {
		async verify(ctx) {
			const start = performance.now();
			const audit = new Audit(ctx.params.settled);
			const { checked: skus, findings } = await ctx.call("inventory.verify");
			audit.found(findings);

			for (let after = "", page; ; after = page.at(-1)!.id) {
				page = await ctx.call("order.facts", { after, limit: PAGE });
				if (!page.length) break;
				const ledger = await ctx.call("payment.ledger", { orderIds: page.map(({ id }) => id) });
				page.forEach((order, i) => audit.order(order, ledger[i]!));
			}
			for (let after = "", page; ; after = page.at(-1)!.sku) {
				page = await ctx.call("inventory.holds", { after, limit: PAGE });
				if (!page.length) break;
				page.forEach(stock => audit.stock(stock));
			}
			for (let after = "", page; ; after = page.at(-1)!) {
				page = await ctx.call("payment.strays", { after });
				if (!page.length) break;
				page.forEach(orderId => audit.charge(orderId));
			}
			const verdict = audit.verdict(skus);
			record(verdict, (performance.now() - start) / 1000);
			return verdict;
		}
	},

	started() {
		this.endPatrol = patrol(this as never, () => this.broker.call("ops.verify", {}));
	},

	stopped() {
		this.endPatrol();
	}
};
export default OpsService;
