import { db, type Collection } from "../../mixins/db.mixin";
import { health } from "../../mixins/health.mixin";
import { codeOf, fail } from "../errors";
import { metrics } from "../metrics";
import type { Schema } from "../typed";
import { chargeId, TestProvider, type Charge, type PaymentProvider } from "./provider";

interface Methods {
	charges: Collection<Charge>;
	provider: PaymentProvider;
}

const PaymentService: Schema<"payment", Methods> = {
	name: "payment",
	mixins: [db({ charges: { indexes: [{ fields: ["orderId"] }] } }), health],

	actions: {
		async capture(ctx) {
			const paymentId = chargeId(ctx.params.orderId, ctx.params.attempt);
			try {
				const { outcome } = await this.provider.capture(ctx.params);
				metrics.payments.add(outcome);
				return { paymentId, outcome };
			} catch (err) {
				if (codeOf(err)) throw err;
				metrics.payments.add("no answer");
				// no answer is no decision: whoever asks again gets what was decided
				this.logger.warn(`No answer for ${paymentId}`, err);
				return { paymentId, outcome: "pending" };
			}
		},

		async refund(ctx) {
			const { orderId, amount, key } = ctx.params;
			await this.provider.refund(orderId, amount, key);
			metrics.payments.add("refunded");
			return null;
		},

		async confirm(ctx) {
			const { id, approve } = ctx.params;
			const charge = await this.charges.get(id);
			if (charge?.buyerId !== ctx.meta.user.id) return fail("NOT_FOUND");
			const { outcome } = (await this.provider.resolve(id, approve))!;
			const order = await ctx.call("order.settle", { id: charge.orderId });
			if (outcome === "declined") fail("PAYMENT_DECLINED");
			if (outcome !== "captured") fail("INVALID_STATE");
			return order ?? fail("NOT_FOUND");
		},

		async ledger(ctx) {
			const { orderIds } = ctx.params;
			const charges = await this.charges.find(
				{ orderId: { $in: orderIds } },
				{ limit: 20 * orderIds.length }
			);
			return orderIds.map(orderId => {
				const own = charges.filter(
					charge => charge.orderId === orderId && charge.outcome === "captured"
				);
				return {
					orderId,
					captured: own.reduce((sum, { amount }) => sum + amount, 0),
					refunded: own.reduce((sum, { refunded }) => sum + refunded, 0),
					captures: own.length
				};
			});
		},

		async strays(ctx) {
			const { after, limit } = ctx.params;
			const charges = await this.charges.find(
				{ orderId: { $gt: after }, outcome: "captured" },
				{ sort: ["orderId"], limit }
			);
			return [...new Set(charges.map(({ orderId }) => orderId))];
		}
	},

	started() {
		this.provider = new TestProvider(this.charges);
	}
};
export default PaymentService;
