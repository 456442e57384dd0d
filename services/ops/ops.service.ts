import type { Schema } from "../typed";
import { Audit } from "./audit";

const OpsService: Schema<"ops"> = {
	name: "ops",
	actions: {
		async verify(ctx) {
			const audit = new Audit(ctx.params.settled);
			const { checked: skus, findings } = await ctx.call("inventory.verify");
			audit.found(findings);

			for (let after = "", page; ; after = page.at(-1)!.id) {
				page = await ctx.call("order.facts", { after, limit: 500 });
				if (!page.length) break;
				const ledger = await ctx.call("payment.ledger", { orderIds: page.map(({ id }) => id) });
				page.forEach((order, i) => audit.order(order, ledger[i]!));
			}
			for (let after = "", page; ; after = page.at(-1)!.sku) {
				page = await ctx.call("inventory.holds", { after, limit: 1000 });
				if (!page.length) break;
				page.forEach(stock => audit.stock(stock));
			}
			for (let after = "", page; ; after = page.at(-1)!) {
				page = await ctx.call("payment.strays", { after });
				if (!page.length) break;
				page.forEach(orderId => audit.charge(orderId));
			}
			return audit.verdict(skus);
		}
	}
};
export default OpsService;
